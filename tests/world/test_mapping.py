"""The shipped mappings: they pass the project's own checker, and the silos hold what they name."""

from collections import Counter

import pytest
import yaml

from loaders.mapping import load_mappings
from loaders.reader import deliveries, read
from loaders.world import WorldSummary
from tests.world.reading import said
from tests.world.test_flaw import bad_rows
from tests.world.test_truth import table

TODAY = 1_751_328_000  # the day after the last of the world


def markings(world: WorldSummary) -> list[str]:
    return list(yaml.safe_load((world.out / "markings.yaml").read_text("utf-8"))["markings"])


def test_every_mapping_passes_the_check_without_a_warning(town: WorldSummary) -> None:
    sources = load_mappings(town.mappings, markings(town))

    assert len(sources) == len(town.mappings)
    assert {source.source: source.warnings for source in sources if source.warnings} == {}


def test_the_loader_reads_every_file_and_rejects_exactly_the_wrong_rows(town: WorldSummary) -> None:
    rejected: set[tuple[str, int, str]] = set()
    people: set[tuple[str, str | None]] = set()
    count: Counter[str] = Counter()
    undated: set[str] = set()
    for source in load_mappings(town.mappings, markings(town)):
        for entry in source.files:
            for delivery in deliveries(entry, town.out / "data"):
                for chunk in read(delivery, entry, as_of=None, today=TODAY):
                    count[delivery.path] += chunk.read
                    rejected |= {(delivery.path, reject.line, reject.code) for reject in chunk.rejects}
                    undated |= {delivery.path for row in chunk.rows if row.as_of is None}
                    claims = [claim for row in chunk.rows for claim in row.records]
                    people |= {(source.source, claim.key) for claim in claims if claim.kind == "Person"}

    assert rejected == {(bad.file, bad.line, bad.fault.value) for bad in bad_rows(town)}
    assert count == Counter({file.path: file.rows for files in town.silos.values() for file in files if file.rows})
    assert undated == set()
    assert people == {(row["source"], row["key"]) for row in table(town, "persons.csv")}


def test_every_record_kind_is_said_by_some_row(town: WorldSummary) -> None:
    kinds = {record.kind for silo in town.silos for record in said(town.out, silo)}

    assert kinds >= {
        *("Person", "Organisation", "Vehicle", "Address", "Place", "Area", "Phone", "Item", "Officer", "Marker"),
        *("Crime", "Incident", "StopSearch", "Arrest", "Custody", "Call", "Sighting", "IntelReport", "Safeguarding"),
        "PublicEvent",
    }


def test_reports_carry_all_four_markings(town: WorldSummary) -> None:
    codes = {record.row["protective_marking"] for record in said(town.out, "intelligence")}

    assert codes == {"O", "OS", "OS-ACORN", "S-BIRCH"}


@pytest.mark.parametrize("silo", ["crime", "incident", "custody", "stop_search", "marker", "vehicle", "call"])
def test_record_keys_are_never_empty(town: WorldSummary, silo: str) -> None:
    assert [record.name for record in said(town.out, silo) if not record.key] == []
