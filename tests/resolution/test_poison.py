"""Values that say nothing, held by thousands: nobody is made one by them, and work does not grow with their square."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from graph.marking_numbers import MarkingNumbers
from resolution.assign import assign_table
from resolution.candidate import candidates
from resolution.model import default_model
from resolution.poison import Cause, poison
from resolution.table import Table
from security.marking import FLOOR
from tests.resolution.town import made

_MODEL = default_model()
_TOWN = made(600, seed=3, restricted=0.0)
_LARGEST = max(Counter(_TOWN.truth).values())
Record = dict[str, Any]


def _stranger(number: int, **said: Any) -> Record:
    """Somebody of a name, date and home that hardly anybody else has."""
    chance = random.Random(number)
    given, surname = ("".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(4)) for _ in "ab")
    birth = f"{chance.randint(1940, 2006)}-{chance.randint(1, 12):02}-{chance.randint(2, 28):02}"
    person: Record = {"given_name": given, "surname": surname, "date_of_birth": birth}
    return person | {"address": [f"{number} {surname} Road"], "postcode": [_postcode(chance)]} | said


def _postcode(chance: random.Random) -> str:
    return f"ZX{chance.randint(1, 99)} {chance.randint(1, 9)}{chance.choice('ABDEFGH')}{chance.choice('ABDEFGH')}"


POISONS: dict[str, Callable[[int], Record]] = {
    "one phone": lambda number: _stranger(number, phone=["07700900999"]),
    "unknown addresses": lambda number: _stranger(number, address=["Unknown"], postcode=["ZX1 1AA"]),
    "births of 1900": lambda number: _stranger(number, date_of_birth="1900-01-01"),
    "births of 1 January": lambda number: _stranger(number, date_of_birth=f"{1950 + number % 40}-01-01"),
    "empty names": lambda number: _stranger(number, given_name="", surname=None),
    "unknown names": lambda number: _stranger(number, given_name="Unknown", surname="Unknown"),
    "one name": lambda _: {"given_name": "John", "surname": "Smith"},
    "one name and birth": lambda _: {"given_name": "John", "surname": "Smith", "date_of_birth": "1980-02-03"},
    "nothing": lambda _: {},
}


def _numbers() -> MarkingNumbers:
    numbers = MarkingNumbers()
    numbers.declare([FLOOR])
    return numbers


def _records(sort: Callable[[int], Record], count: int) -> list[Record]:
    return [*_TOWN.properties, *(sort(number) for number in range(count))]


def _table(sort: Callable[[int], Record], count: int) -> Table:
    ids = [*_TOWN.ids, *(f"r_poison{number:08}" for number in range(count))]
    records = _records(sort, count)
    return Table.build(ids, np.zeros(len(ids), np.int32), np.zeros(len(ids), np.int64), records)


@pytest.mark.parametrize("sort", POISONS)
def test_poison_makes_nobody_one(sort: str) -> None:
    table = _table(POISONS[sort], 5_000)
    found = assign_table("Person", table, (), _MODEL, _numbers())
    sizes = Counter(found.entities.values())
    assert max(sizes.values()) <= 2 * _LARGEST
    made_one = [id_ for id_, entity in found.entities.items() if id_.startswith("r_poison") and sizes[entity] > 1]
    assert len(made_one) < 100, "strangers that only the poison has in common"
    alone = assign_table("Person", _table(POISONS[sort], 0), (), _MODEL, _numbers()).entities
    kept = sum(found.entities[id_] == alone[id_] for id_ in _TOWN.ids)
    assert kept > len(_TOWN.ids) * 0.97, "those who are not poisoned are who they were"


@pytest.mark.parametrize("sort", POISONS)
def test_pairs_grow_with_the_records_and_not_with_their_square(sort: str) -> None:
    few, many = (len(candidates(_table(POISONS[sort], count), _MODEL.caps)[0]) for count in (4_000, 16_000))
    assert many < 6 * few + 50_000


def test_one_name_a_hundred_thousand_times() -> None:
    table = _table(POISONS["one name"], 100_000)
    found = assign_table("Person", table, (), _MODEL, _numbers())
    assert len({*found.entities.values()}) > 100_000


@pytest.mark.parametrize(
    ("sort", "cause", "field", "value"),
    [
        ("one phone", Cause.SHARED, "phone", "07700900999"),
        ("unknown addresses", Cause.PLACEHOLDER, "address", "Unknown"),
        ("births of 1900", Cause.PLACEHOLDER, "date_of_birth", "1900-01-01"),
        ("births of 1 January", Cause.YEAR_ONLY, "date_of_birth", "1 January"),
        ("unknown names", Cause.PLACEHOLDER, "name", "unknown"),
        ("one name", Cause.CROWDED, "key: name", "john, smith"),
        ("one name and birth", Cause.CROWDED, "key: year", "john, smith, 1980-02-03"),
    ],
)
def test_poison_is_reported_by_its_name(sort: str, cause: Cause, field: str, value: str) -> None:
    found = poison(_table(POISONS[sort], 5_000), _records(POISONS[sort], 5_000), _MODEL, 20)
    told = [one for one in found.found if (one.cause, one.sort) == (cause, field)]
    assert told[0].value == value
    # Of the births of 1 January those of 1970 are a placeholder.
    assert 4_800 < told[0].records <= 5_000 + len(_TOWN.ids) // 100
    assert all(id_.startswith("r_") for one in told for id_ in one.examples)
    assert (cause, field) in {(total.cause, total.sort) for total in found.totals}
    assert cause.effect
    assert cause.advice


def test_what_is_not_poisoned_is_hardly_reported() -> None:
    found = poison(_table(POISONS["nothing"], 0), _records(POISONS["nothing"], 0), _MODEL, 5)
    assert sum(total.records for total in found.totals if total.cause is Cause.SHARED) < len(_TOWN.ids) / 20
    assert (found.records, found.crowded_out, found.nameless) == (len(_TOWN.ids), 0, 0)


def test_who_is_found_by_nothing_is_counted() -> None:
    found = poison(_table(POISONS["one name"], 5_000), _records(POISONS["one name"], 5_000), _MODEL, 0)
    assert (found.crowded_out, found.found, found.truncated) == (5_000, (), True)
    nothing = poison(_table(POISONS["nothing"], 50), _records(POISONS["nothing"], 50), _MODEL, 0)
    assert nothing.nameless == 50
