"""The truth: it covers exactly the person records that the good rows say, and points at things that exist."""

import csv
from collections import Counter

from loaders.world import WorldSummary
from tests.world.reading import said


def table(world: WorldSummary, name: str) -> list[dict[str, str]]:
    with (world.out / "truth" / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def records(world: WorldSummary) -> set[tuple[str, str, str]]:
    return {(record.source, record.kind, record.key) for silo in world.silos for record in said(world.out, silo)}


def test_the_header_of_persons_is_the_contracts(town: WorldSummary) -> None:
    first = (town.out / "truth" / "persons.csv").read_text("utf-8").splitlines()[0]

    assert first == "source,key,truth"


def test_person_keys_are_unique_and_cover_the_records(town: WorldSummary) -> None:
    keys = [(row["source"], row["key"]) for row in table(town, "persons.csv")]

    assert len(keys) == len(set(keys)) == town.person_records
    assert set(keys) == {(source, key) for source, kind, key in records(town) if kind == "Person"}


def test_a_hamlet_is_covered_too(hamlet: WorldSummary) -> None:
    keys = {(row["source"], row["key"]) for row in table(hamlet, "persons.csv")}

    assert keys == {(source, key) for source, kind, key in records(hamlet) if kind == "Person"}


def test_people_have_a_long_tail_of_records(town: WorldSummary) -> None:
    counts = Counter(row["truth"] for row in table(town, "persons.csv"))
    sizes = sorted(counts.values())

    assert sizes[len(sizes) // 2] <= 3
    assert sizes[-1] >= 15


def test_one_source_holds_people_more_than_once(town: WorldSummary) -> None:
    within = Counter((row["source"], row["truth"]) for row in table(town, "persons.csv"))

    assert {source for (source, _), count in within.items() if count > 1} >= {"crime-system", "custody", "markers"}


def test_connected_events_exist(town: WorldSummary) -> None:
    known = records(town)
    connected = table(town, "connected_events.csv")

    assert {row["reason"] for row in connected} >= {"RECORDED_AS", "LED_TO", "SAME_SERIES"}
    for row in connected:
        assert {(row[f"source_{end}"], row[f"kind_{end}"], row[f"key_{end}"]) for end in "ab"} <= known


def test_entities_exist(town: WorldSummary) -> None:
    known = records(town)
    missing = [row for row in table(town, "entities.csv") if (row["source"], row["kind"], row["key"]) not in known]

    assert missing == []


def test_networks_name_people_and_a_county_line(town: WorldSummary) -> None:
    rows = table(town, "networks.csv")
    roles = {row["role"] for row in rows if row["kind"] == "COUNTY_LINE"}

    assert roles == {"LINE_NUMBER", "CONTROLLER", "RUNNER", "CUCKOOED", "BUYER"}
    assert any(row["kind"] == "CO_OFFENDERS" for row in rows)
