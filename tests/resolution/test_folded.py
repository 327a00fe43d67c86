"""Records of a part of the graph are folded once, and are then what they would be if they were folded together."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolution import folded
from resolution.fetch import Held, new_held
from resolution.folded import Folds
from resolution.key import folded as keyed
from resolution.table import Table
from resolution.thing import thing_keys
from tests.resolution.town import made

_PEOPLE = list(made(80, seed=3).properties)
_CARS = [{"vrm": [f"AB{number:02} CDE"], "make": "Ford", "colour": "blue"} for number in range(12)]


def _held(kind: str, given_: list[dict[str, Any]]) -> list[Held]:
    keys = [keyed(one).keys if kind == "Person" else thing_keys(kind, one) for one in given_]
    return new_held(
        kind,
        (
            {**one, **found, "id": f"r_{place:03}", "key": "", "mk": place % 2, "recorded_at": place, "live": True}
            for place, (one, found) in enumerate(zip(given_, keys, strict=True))
        ),
    )


_OF = {"Person": _held("Person", _PEOPLE), "Vehicle": _held("Vehicle", _CARS)}


@pytest.mark.parametrize("kind", list(_OF))
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_records_folded_bit_by_bit_are_those_folded_together(kind: str, data: st.DataObject) -> None:
    folds = Folds(kind)
    for _ in range(3):
        some = sorted(data.draw(st.sets(st.integers(0, len(_OF[kind]) - 1))))
        live = [_OF[kind][place] for place in some]
        _same(folds.table(live), Folds(kind).table(live))


def test_no_record_is_folded_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    count: list[int] = []
    stored = folded._stored

    def counted(kind: str, live: Sequence[Held]) -> Table:
        count.append(len(live))
        return stored(kind, live)

    monkeypatch.setattr(folded, "_stored", counted)
    folds, people = Folds("Person"), _OF["Person"]
    for some in (people[10:30], people, people[:40]):
        assert folds.table(some).ids == [record.id for record in some]
    assert sum(count) == len(people)


def _same(one: Table, other: Table) -> None:
    assert one.ids == other.ids
    for part in ("words", "given", "middle", "surname", "starts"):
        assert [*getattr(one.names, part)] == [*getattr(other.names, part)]
    for name, column in one.columns.items():
        for part in ("values", "codes", "starts"):
            assert [*getattr(column, part)] == [*getattr(other.columns[name], part)]
    for part in ("mks", "first_as_of", "keys"):
        assert getattr(one, part).tolist() == getattr(other, part).tolist()
