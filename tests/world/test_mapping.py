"""The shipped mappings: they pass the project's own checker, and the silos hold what they name."""

from collections import Counter

import pytest
import yaml

from loaders.mapping import load_mappings
from loaders.reader_place import deliveries
from loaders.reader_table import tables
from loaders.world import WorldSummary
from loaders.world.flaw import Fault
from tests.world.reading import said
from tests.world.test_flaw import bad_rows

FRAMING = {Fault.COLUMN_COUNT, Fault.TORN_QUOTE, Fault.UNDECODABLE, Fault.BAD_JSON}


def markings(world: WorldSummary) -> list[str]:
    return list(yaml.safe_load((world.out / "markings.yaml").read_text("utf-8"))["markings"])


def test_every_mapping_passes_the_check_without_a_warning(town: WorldSummary) -> None:
    sources = load_mappings(town.mappings, markings(town))

    assert len(sources) == len(town.mappings)
    assert {source.source: source.warnings for source in sources if source.warnings} == {}


def test_the_reader_reads_every_file_and_finds_the_wrong_lines(town: WorldSummary) -> None:
    rejected: set[tuple[str, int, str]] = set()
    read: Counter[str] = Counter()
    for source in load_mappings(town.mappings, markings(town)):
        for entry in source.files:
            for delivery in deliveries(entry, town.out / "data"):
                for table in tables(delivery, entry, 1000):
                    read[delivery.path] += table.read
                    rejected |= {(delivery.path, reject.line, reject.code) for reject in table.rejects}

    assert rejected == {(bad.file, bad.line, bad.fault.value) for bad in bad_rows(town) if bad.fault in FRAMING}
    assert read == Counter({file.path: file.rows for files in town.silos.values() for file in files})


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
