"""Stamps: the same for the same cells, another with anything that decides what a row says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from graph.ids import Ids
from loaders.check import Checker
from loaders.mapping.spec import FileMapping
from loaders.reader import deliveries
from loaders.reader_format import tables
from tests.conftest import KEY
from tests.loaders.conftest import PEOPLE, TODAY, Desk

OTHER_KEY = b"another key for tests, as long and as public as that one"


def _day(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def _entry(desk: Desk, mapping: str = PEOPLE) -> FileMapping:
    (entry,) = desk.mapping(mapping.format(path="people.csv", options="")).files
    return entry


def _stamps(
    desk: Desk,
    content: str,
    entry: FileMapping | None = None,
    *,
    as_of: str = "2025-06-15",
    today: int = TODAY,
    key: bytes = KEY,
) -> list[str]:
    """The stamp of each row of a file; nothing for none."""
    desk.file("people.csv", content)
    chosen = entry or _entry(desk)
    checker = Checker(chosen, as_of=_day(as_of), today=today, ids=Ids(key))
    (delivery,) = deliveries(chosen, desk.folder)
    (table,) = tables(delivery, chosen, 100)
    return [row.stamp for row in checker.check(table).rows]


def test_order_and_other_columns_do_not_matter(desk: Desk) -> None:
    plain = _stamps(desk, "id,name,dob\n1,Ann Lee,1980-02-03\n2,Bo Day,1981-02-03\n")
    turned = _stamps(desk, "aside,dob,name,id\nx,1981-02-03,Bo Day,2\ny,1980-02-03,Ann Lee,1\n")
    assert plain == turned[::-1]
    assert len(set(plain)) == 2
    assert all(len(stamp) == 24 for stamp in plain)


@pytest.mark.parametrize(
    ("left", "right"),
    [('1,"a"",""b",', '1,"a",b'), ("1,ab,", "1,a,b"), ('1,"x""],[""y",', '1,"x","y"'), ("1,a\\,", "1,a,\\")],
)
def test_cells_are_not_taken_for_each_other(desk: Desk, left: str, right: str) -> None:
    (one,) = _stamps(desk, f"id,name,dob\n{left}\n")
    (other,) = _stamps(desk, f"id,name,dob\n{right}\n")
    assert one != other


def test_mapping_key_and_year_matter(desk: Desk) -> None:
    content = "id,name,dob\n1,Ann Lee,1980-02-03\n"
    (first,) = _stamps(desk, content)
    assert _stamps(desk, content, key=OTHER_KEY) != [first]
    assert _stamps(desk, content, _entry(desk, PEOPLE.replace("name: name", "surname: name"))) != [first]
    moved = _entry(desk, "\n\n" + PEOPLE)
    assert _stamps(desk, content, moved) == [first], "where it stands in the mapping's text is no part of it"
    assert _stamps(desk, content, replace(_entry(desk), at_least="SECRET")) != [first], "the delivery's marking"
    assert _stamps(desk, content, today=_day("2025-12-30")) == [first]
    assert _stamps(desk, content, today=_day("2026-01-02")) != [first]
    assert _stamps(desk, content, as_of="2024-12-30") != [first], "a two-figure year might be another"


def test_a_birth_that_is_good_for_a_part_of_the_year_has_none(desk: Desk) -> None:
    content = "id,name,dob\n1,Ann,2025-03-01\n2,Bo,1904-08-01\n3,Cy,1904\n4,Di,2026-05-01\n5,Ed,1890-01-01\n"
    assert [bool(stamp) for stamp in _stamps(desk, content)] == [False, False, False, True, True]


def test_a_row_that_says_nothing_has_none(desk: Desk) -> None:
    mapping = PEOPLE.replace('key: "{{id}}"', 'key: "{{id}}"\n        when: "{{name}}"')
    assert [bool(stamp) for stamp in _stamps(desk, "id,name,dob\n1,,\n2,Bo,\n", _entry(desk, mapping))] == [False, True]
