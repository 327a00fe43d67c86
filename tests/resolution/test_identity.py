"""Things told apart by their identifying properties."""

import random
from typing import Any

from resolution.identity import identity_groups, identity_keys


def seeds(
    kind: str,
    things: dict[str, dict[str, Any]],
    mks: dict[str, int] | None = None,
    same: tuple[tuple[str, str], ...] = (),
    different: tuple[tuple[str, str], ...] = (),
    order: int = 0,
) -> tuple[dict[str, str], set[tuple[str, str]]]:
    """The seed of each thing, and the ties across markings."""
    ids = random.Random(order).sample(sorted(things), len(things))
    at = {one: place for place, one in enumerate(ids)}
    found = identity_groups(
        ids,
        [(mks or {}).get(one, 0) for one in ids],
        [0] * len(ids),
        [identity_keys(kind, things[one]) for one in ids],
        [(at[a], at[b]) for a, b in same],
        [(at[a], at[b]) for a, b in different],
    )
    ties = {(ids[a], ids[b]) for a, b in found.same_identity}
    return {one: ids[seed] for one, seed in zip(ids, found.seed, strict=True)}, ties


def test_a_vehicle_is_its_mark_or_its_number() -> None:
    found, _ = seeds(
        "Vehicle",
        {
            "a": {"vrm": "BD51 SMR"},
            "b": {"vrm": "bd51smr", "vin": "WVWZZZ1JZXW000001"},
            "c": {"vin": "wvwzzz1jzxw000001"},
            "d": {"colour": "Blue"},
            "e": {"colour": "Blue"},
        },
    )

    assert found == {"a": "a", "b": "a", "c": "a", "d": "d", "e": "e"}


def test_two_vehicles_with_one_mark_and_two_numbers_stay_two() -> None:
    clones = {"a": {"vrm": "BD51SMR", "vin": "WVWZZZ1JZXW000001"}, "b": {"vrm": "BD51SMR", "vin": "WVWZZZ1JZXW000002"}}

    assert seeds("Vehicle", clones)[0] == {"a": "a", "b": "b"}


def test_an_address_however_written() -> None:
    keys = [
        identity_keys("Address", given)
        for given in (
            {"text": "Flat 2, 10 Mill Rd", "postcode": "ZX1 1AB"},
            {"text": "flat 2, 10 mill road, zx1 1ab"},
            {"saon": "Flat 2", "paon": "10", "street": "Mill Road", "postcode": "ZX1 1AB"},
        )
    ]

    assert keys[0] == keys[1] == keys[2] != ()


def test_no_fixed_abode_is_no_address() -> None:
    assert identity_keys("Address", {"text": "No fixed abode"}) == ()


def test_a_company_whatever_its_legal_form() -> None:
    one, other = ({"name": name} for name in ("Quay Cars Ltd", "QUAY CARS LIMITED"))

    assert identity_keys("Organisation", one) == identity_keys("Organisation", other)


def test_markings_do_not_meet_but_are_tied() -> None:
    found, ties = seeds("Vehicle", {"a": {"vrm": "BD51SMR"}, "b": {"vrm": "BD51SMR"}}, mks={"b": 1})

    assert found == {"a": "a", "b": "b"}
    assert ties == {("a", "b")}


def test_analysts_are_obeyed() -> None:
    cars = {"a": {"vrm": "BD51SMR"}, "b": {"vrm": "BD51SMR"}, "c": {"vrm": "AB12CDE"}}

    assert seeds("Vehicle", cars, different=(("a", "b"),))[0] == {"a": "a", "b": "b", "c": "c"}
    assert seeds("Vehicle", cars, same=(("b", "c"),))[0] == {"a": "a", "b": "a", "c": "a"}


def test_the_order_changes_nothing() -> None:
    chance = random.Random(5)
    cars = {
        f"r{n:03d}": {"vrm": f"AB{chance.randint(10, 40)}CDE", "vin": f"WVWZZZ1JZXW0000{chance.randint(10, 60)}"}
        for n in range(120)
    }

    assert all(seeds("Vehicle", cars, order=order) == seeds("Vehicle", cars) for order in range(1, 6))
