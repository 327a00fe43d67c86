"""Thousands of malformed rows among good ones: each is rejected with its code or counted, and no good row is lost."""

from __future__ import annotations

from collections import Counter

import pytest

from loaders.row import Code
from tests.loaders.conftest import Desk, read_all
from tests.loaders.malformed import HEADER, KINDS, MAPPING, Wrong, good, mixed

MARKINGS = ("OFFICIAL-SENSITIVE",)


@pytest.fixture
def marked(desk: Desk) -> Desk:
    desk.markings = MARKINGS
    return desk


@pytest.mark.parametrize("wrong", KINDS, ids=lambda wrong: wrong.name)
def test_one_wrong_row_costs_only_itself(marked: Desk, wrong: Wrong) -> None:
    rows = [good("G1"), wrong.line("W1"), good("G2", name='"Smith, John"'), *(good(f"G{at}") for at in range(3, 9))]
    marked.file("rows.csv", b"\n".join([HEADER.encode(), *rows]))

    said = marked.said(MAPPING)

    assert said.codes == ([] if wrong.code is None else [(3, wrong.code)])
    assert [row.line for row in said.rows] == [2, *([3] if wrong.code is None else []), *range(4, 11)]
    assert (wrong.finding is None) or said.findings[wrong.finding] == 1


@pytest.mark.parametrize("chunk_rows", [700, 20_000])
def test_ten_thousand_wrong_rows_among_good_ones(marked: Desk, chunk_rows: int) -> None:
    content, kinds = mixed(seed=chunk_rows, rows=20_000, wrong=10_000)
    marked.file("rows.csv", content)

    said = read_all(marked.mapping(MAPPING), marked.folder, chunk_rows=chunk_rows)

    rejected = {line: kind.code for line, kind in enumerate(kinds, 2) if kind is not None and kind.code is not None}
    assert {reject.line: reject.code for reject in said.rejects} == rejected
    assert {row.line for row in said.rows} == set(range(2, len(kinds) + 2)) - rejected.keys()
    expected = Counter(kind.finding for kind in kinds if kind is not None and kind.finding is not None)
    assert {serial: said.findings[serial] for serial in expected} == expected


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('{"id": "2", "name": ', Code.BAD_JSON),
        ("[1, 2]", Code.BAD_JSON),
        ('"text"', Code.BAD_JSON),
        ('{"id": "2", "name": "\\ud800"}', Code.BAD_JSON),
        ('{"id": "2", "height": 1e999}', Code.BAD_JSON),
        ('{"id": "2", "height": NaN}', Code.BAD_JSON),
        ('{"id": "2", "deep": ' + "[" * 300 + "]" * 300 + "}", Code.BAD_JSON),
        ('{"id": "2", "deep": ' + '{"a": ' * 3_000 + "1" + "}" * 3_001, Code.BAD_JSON),
        ('{"id": "2", "name": "Jo\\u0000hn"}', Code.NUL_BYTE),
        ('{"id": "2", "name": "Jo\0hn"}', Code.NUL_BYTE),
        ('{"id": null, "name": "John"}', Code.NO_KEY),
        ('{"id": "2", "name": "' + "x" * 2_000_000 + '"}', Code.ROW_TOO_LONG),
        ('{"id": "2", "name": "a back\\\\u0000slash"}', None),
        ('{"id": "2", "name": {"nested": ["a"]}}', None),
        ('{"id": "2", "id": "3", "name": "John"}', None),
    ],
)
def test_bad_lines_of_objects(desk: Desk, line: str, code: Code | None) -> None:
    desk.file("p.ndjson", '{"id": "1", "name": "Ann Lee"}\n' + line + '\n{"id": "9", "name": "Eve Roe"}\n')

    said = desk.said(
        "source: test\nfiles: [{path: p.ndjson, records: {p: {kind: Person, key: '{id}', properties: {name: name}}}}]"
    )

    assert said.codes == ([] if code is None else [(2, code)])
    assert [row.line for row in said.rows] == [1, *([2] if code is None else []), 3]
