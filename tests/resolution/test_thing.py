"""Vehicles, addresses and organisations resolved by evidence."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from bench.things import KINDS as KINDS_MADE
from bench.things import Records
from graph.marking_numbers import MarkingNumbers
from graph.model import KINDS
from loaders.world.scribe import Slips
from resolution.assign import Assignment, Word, assign
from resolution.explain import PairScore, explain
from resolution.fetch import new_held
from resolution.folded import read
from resolution.model import default_model
from resolution.space import CONTENT, space_of
from resolution.thing import THINGS, folded_thing
from security.marking import parse_marking

VIN, NEAR_VIN, OTHER_VIN = "WVWZZZ1JZXW000001", "WVWZZZ1JZXW000007", "SAJWA0HC4BMR51234"
GOLF = {"make": "Volkswagen", "model": "Golf", "colour": "Blue", "year": 2015}


def markings() -> MarkingNumbers:
    known = MarkingNumbers()
    known.learn({number: parse_marking(text).text for number, text in enumerate(("OFFICIAL", "SECRET"))})
    return known


def assigned(
    kind: str,
    things: Mapping[str, dict[str, Any]],
    mks: Mapping[str, int] | None = None,
    words: tuple[Word, ...] = (),
) -> Assignment:
    """What the records of these properties become."""
    about = {"source": 0, "recorded_at": 0, "live": True}
    held = new_held(
        kind,
        ({**given, **about, "id": id_, "key": id_, "mk": (mks or {}).get(id_, 0)} for id_, given in things.items()),
    )
    return assign(kind, held, words, default_model(), markings())


def groups(found: Assignment) -> set[frozenset[str]]:
    members: dict[str, set[str]] = {}
    for id_, entity in found.entities.items():
        members.setdefault(entity, set()).add(id_)
    return {frozenset(each) for each in members.values() if len(each) > 1}


def pair(kind: str, a: dict[str, Any], b: dict[str, Any]) -> PairScore:
    one, other = (explain(read(kind, x), read(kind, y), default_model(kind)) for x, y in ((a, b), (b, a)))
    assert one.bits == other.bits
    return one


def joins(kind: str, a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Whether two records become one, by what they are found by as well."""
    return bool(groups(assigned(kind, {"r_a": a, "r_b": b})))


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ({"vrm": "BD51 SMR"}, {"vrm": "bd51smr"}, True),
        ({"vrm": "BD51SMR", "vin": VIN}, {"vin": VIN.lower()}, True),
        ({"vrm": "BD51SMR", "vin": VIN}, {"vrm": "P1 VAT", "vin": VIN}, True),  # a private mark
        ({"vrm": "BD51SMR", "vin": VIN}, {"vrm": "BD51SMR", "vin": OTHER_VIN}, False),  # a clone
        ({"vrm": "BD51SMR"}, {"vrm": "BDS1SMR"}, True),  # 5 misread
        ({"vrm": "BD51SMR"}, {"vrm": "BD51SMP"}, False),
        ({"vrm": "BD51SMR", **GOLF}, {"vrm": "BD51SMP", **GOLF}, False),  # perhaps two of one fleet
        ({"vrm": "BD51SMR", "vin": VIN, **GOLF}, {"vrm": "BD51SMP", "vin": VIN[-6:], **GOLF}, True),
        ({"vrm": "BD51SMR", "vin": VIN, **GOLF}, {"vrm": "BD51SMP", "vin": NEAR_VIN, **GOLF}, False),  # sisters
        ({"vrm": "BD51SMR", "make": "VW"}, {"vrm": "BD51SMR", "make": "Volkswagen"}, True),
        ({"vrm": "BD51SMR", **GOLF}, {"vrm": "BD51SMR", "make": "Ford", "model": "Focus", "colour": "Red"}, False),
        ({"vrm": "BD51", "make": "VW"}, {"vrm": "BD51SMR", "make": "VW"}, False),
        (GOLF, GOLF, False),
        ({"vrm": "0000000"}, {"vrm": "0000000"}, False),
    ],
)
def test_vehicles(a: dict[str, Any], b: dict[str, Any], one: bool) -> None:
    assert joins("Vehicle", a, b) is one


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("BD51SMR", "BDS1SMR", "misread"),
        ("BD51SMR", "BD51SNR", "near"),
        ("BD51SMR", "DB51SMR", "near"),
        ("BD51SMR", "BD51SM", "near"),
        ("BD51SMR", "BD51", "part"),
        ("BD51SMR", "B?51S?R", "part"),
        ("BD51SMR", "B?52S?R", "different"),
        ("BD51", "BD51", "part"),
        ("BD51SMR", "AK08XYZ", "different"),
    ],
)
def test_marks(a: str, b: str, level: str) -> None:
    (mark,) = pair("Vehicle", {"vrm": a}, {"vrm": b}).evidence

    assert mark.level == level


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ({"text": "Flat 2, 10 Quay Rd", "postcode": "ZX1 1AB"}, {"text": "flat 2, 10 quay road, zx1 1ab"}, True),
        (
            {"text": "Flat 2, 10 Quay Rd, ZX1 1AB"},
            {"saon": "Flat 2", "paon": "10", "street": "Quay Rd", "postcode": "ZX11AB"},
            True,
        ),
        ({"text": "10 Quay Road, Ashby, ZX1 1AB"}, {"text": "10 Quay Road, Ashby"}, True),
        ({"text": "10 Quay Road, Ashby, ZX1 1AB"}, {"text": "10 Quey Road, ZX1 1AB"}, True),
        ({"text": "10 Quay Road, Ashby, ZX1 1AB"}, {"text": "10 Quay Road, Ashby, ZX1 7AB"}, True),
        ({"text": "10-14 Quay Road, ZX1 1AB", "uprn": "12"}, {"text": "10 Quay Road, ZX1 1AB", "uprn": "12"}, True),
        ({"text": "Flat 1, 10 Quay Road, ZX1 1AB"}, {"text": "Flat 2, 10 Quay Road, ZX1 1AB"}, False),
        ({"text": "Flat 1, 10 Quay Road, ZX1 1AB"}, {"text": "10 Quay Road, ZX1 1AB"}, False),
        ({"text": "10 Quay Road, ZX1 1AB"}, {"text": "12 Quay Road, ZX1 1AB"}, False),
        ({"text": "10 Quay Road, ZX1 1AB"}, {"text": "10A Quay Road, ZX1 1AB"}, False),
        ({"text": "10 Quay Road, ZX1 1AB", "uprn": "12"}, {"text": "10 Quay Road, ZX1 1AB", "uprn": "77"}, False),
        ({"text": "10 Quay Road", "uprn": "12"}, {"text": "The Corner Shop", "uprn": "12"}, True),
        ({"text": "10 High Street, Ashby"}, {"text": "10 High Street, Ashby"}, False),  # towns have several
        ({"text": "Rose Cottage, Mill Lane, Ashby, ZX1 1AB"}, {"text": "Rose Cottage, Mill Lane, ZX1 1AB"}, True),
        ({"text": "Quay Road, Ashby"}, {"text": "Quay Road, Ashby"}, False),
        ({"text": "No fixed abode"}, {"text": "No fixed abode"}, False),
    ],
)
def test_addresses(a: dict[str, Any], b: dict[str, Any], one: bool) -> None:
    assert joins("Address", a, b) is one


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ({"name": "Quay Cars Ltd"}, {"name": "QUAY CARS LIMITED"}, True),
        ({"name": "Quay & Sons Bros. plc"}, {"name": "The Quay and Sons Brothers"}, True),
        ({"name": "J Patel Ltd t/a Quay Wines"}, {"name": "Quay Wines"}, True),
        ({"name": "Quay Cars", "alias": ["Ashby Taxis"]}, {"name": "Ashby Taxis Ltd"}, True),
        ({"name": "Quay Cars", "company_number": "1234567"}, {"name": "QC Ltd", "company_number": "01234567"}, True),
        ({"name": "Quay Cars", "company_number": "1234567"}, {"name": "Quay Cars", "company_number": "7654321"}, False),
        ({"name": "Red Lion"}, {"name": "The Red Lion"}, False),
        ({"name": "Red Lion", "postcode": ["ZX1 1AB"]}, {"name": "The Red Lion", "postcode": ["ZX9 3CD"]}, False),
        (
            {"name": "Red Lion", "postcode": ["ZX1 1AB"], "address": ["1 Mill Lane"]},
            {"name": "The Red Lion", "postcode": ["ZX1 1AB"], "address": ["1 Mill Ln"]},
            True,
        ),
        ({"name": "Quay Motors", "phone": ["01614960123"]}, {"name": "Quey Motors", "phone": ["0161 496 0123"]}, True),
        ({"name": "Ashby Dental", "phone": ["01614960123"]}, {"name": "Quay Cars", "phone": ["01614960123"]}, False),
        ({"name": "Unknown"}, {"name": "Unknown"}, False),
        ({"name": "N/A", "phone": ["01614960123"]}, {"name": "N/A", "phone": ["01614960123"]}, False),
        ({"name": "J Smith"}, {"name": "J Smith Ltd"}, False),
    ],
)
def test_organisations(a: dict[str, Any], b: dict[str, Any], one: bool) -> None:
    assert joins("Organisation", a, b) is one


def test_a_rule_outweighs_every_score_and_is_told() -> None:
    flat = pair("Address", {"text": "Flat 1, 10 Quay Road, ZX1 1AB"}, {"text": "10 Quay Road, ZX1 1AB"})
    clone = pair("Vehicle", {"vrm": "BD51SMR", "vin": VIN}, {"vrm": "BD51SMR", "vin": OTHER_VIN})

    assert flat.rule == "two units"
    assert "rule of two units" in flat.sentence
    assert clone.rule == "conflicting identifiers"


def test_markings_do_not_meet_but_are_tied() -> None:
    found = assigned("Vehicle", {"r_a": {"vrm": "BD51SMR"}, "r_b": {"vrm": "BD51SMR"}}, mks={"r_b": 1})

    assert not groups(found)
    assert [(tie.a, tie.b) for tie in found.ties.values()] == [("e_a", "e_b")]


def test_analysts_are_obeyed() -> None:
    cars = {f"r_{name}": {"vrm": vrm} for name, vrm in zip("abcd", ("BD51SMR",) * 3 + ("AB12CDE",), strict=True)}
    apart, one = Word("r_a", "r_b", False, 0), Word("r_b", "r_d", True, 0)

    assert groups(assigned("Vehicle", cars, words=(apart,))) == {frozenset({"r_a", "r_c"})}
    assert groups(assigned("Vehicle", cars, words=(one,))) == {frozenset(cars)}
    assert groups(assigned("Vehicle", cars, words=(apart, one))) == {
        frozenset({"r_a", "r_c"}),
        frozenset({"r_b", "r_d"}),
    }


def test_more_records_of_one_thing_than_any_cap_are_one() -> None:
    cap = max(cap for family, cap in default_model("Vehicle").caps.items() if family != "content")
    cars: dict[str, dict[str, Any]] = {f"r_{n:04d}": {"vrm": "BD51SMR"} for n in range(cap * 3)}
    cars |= {"r_misread": {"vrm": "BDS1SMR"}, "r_full": {"vrm": "BD51SMR", **GOLF}}
    found = assigned("Vehicle", cars)

    assert groups(found) == {frozenset(cars)}
    assert found.crowded == 0


def test_a_name_that_thousands_bear_brings_nobody_together() -> None:
    lions = {f"r_{n:04d}": {"name": "Red Lion", "postcode": [f"ZX{n % 24 + 1} {n // 24 % 10}AB"]} for n in range(200)}
    found = assigned("Organisation", lions)

    assert not groups(found)
    assert found.crowded


@pytest.mark.parametrize("kind", sorted(THINGS))
def test_a_model_has_a_field_for_each_column_and_a_cap_for_each_family(kind: str) -> None:
    model = default_model(kind)

    assert tuple(model.fields) == THINGS[kind].columns
    assert model.caps.keys() == space_of(kind).families.keys()
    for name, field in model.fields.items():
        said = [n for n in range(len(field.levels)) if n != field.weak and field.weights[:, n].any()]
        assert (np.exp2(field.weights / 1024)[:, said].sum(axis=1) < 1.01).all(), name


@pytest.mark.parametrize(("kind", "make"), sorted(KINDS_MADE.items()))
def test_records_that_are_one_for_what_they_say_score_so(kind: str, make: Callable[[int, int, Slips], Records]) -> None:
    given = make(60, 3, Slips(missing=0.5)).properties
    told = [each for each in given if CONTENT in space_of(kind).named(folded_thing(kind, each).row).values()]

    assert 50 < len(told) < len(given)
    assert min(pair(kind, each, each).bits for each in told) >= default_model(kind).join


@pytest.mark.parametrize("kind", sorted(THINGS))
def test_nothing_known_is_nothing_found(kind: str) -> None:
    assert kind in KINDS
    assert set(folded_thing(kind, {}).row) == {-1}
