"""The golden record: which value wins, why, and what it beat."""

from itertools import permutations
from typing import Any

from resolution.golden import Golden, GoldenInput, Rule, golden


def one(id_: str, priority: int = 50, as_of: int | None = 100, **properties: Any) -> GoldenInput:
    return GoldenInput(id_, priority, as_of, properties)


def chosen(*records: GoldenInput) -> tuple[Any, Rule]:
    found = golden("Person", records)
    return found.values["surname"], found.provenance["surname"].rule


def test_the_better_source_wins_then_the_newer_record_then_the_lesser_id() -> None:
    plain = one("r_b", surname="Old")

    assert chosen(plain) == ("Old", Rule.ONLY_VALUE)
    assert chosen(plain, one("r_c", priority=60, surname="New")) == ("New", Rule.SOURCE_PRIORITY)
    assert chosen(plain, one("r_c", as_of=200, surname="New")) == ("New", Rule.RECENCY)
    assert chosen(one("r_c", as_of=None, surname="New"), plain) == ("Old", Rule.RECENCY)
    assert chosen(plain, one("r_a", surname="New")) == ("New", Rule.RECORD_ID)


def test_the_losing_values_stay_readable() -> None:
    found = golden("Person", [one("r_a", surname="X"), one("r_b", surname="Y"), one("r_c", surname="Y")])

    assert found.provenance["surname"].record == "r_a"
    assert found.provenance["surname"].others == (("Y", ("r_b", "r_c")),)


def test_repeated_properties_keep_every_value() -> None:
    found = golden("Person", [one("r_b", phone=["1", "2"]), one("r_a", priority=9, phone=["2", "3"])])

    assert found.values["phone"] == ["1", "2", "3"]


def test_any_order_gives_the_same() -> None:
    records = [
        one("r_a", surname="X", alias=["q"]),
        one("r_b", priority=60, given_name="G", alias=["p"]),
        one("r_c", as_of=None, surname="Y", given_name="H"),
        one("r_d", nhs_number=["9434765919"], surname="Z"),
    ]
    found: list[Golden] = [golden("Person", order) for order in permutations(records)]

    assert all(each == found[0] for each in found)
    assert found[0].values["surname"] == "Z"
    assert found[0].provenance["surname"].rule is Rule.VERIFIED_IDENTIFIER


def test_nothing_known_gives_nothing() -> None:
    assert golden("Person", [one("r_a", alias=[])]) == Golden({}, {})
