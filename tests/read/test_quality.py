"""How good the data of a source is: counted truly, and of visible things alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import BadInput
from graph.open import Graph
from graph.read import quality as module
from graph.read.quality import Dimension, QualityCheckView, quality
from graph.read.source import sources
from security.marking import EVERYTHING, parse_grants
from security.viewer import Viewer
from tests.conftest import NOW
from tests.whole.silo import JANUARY, load_silo, write

pytestmark = pytest.mark.database

_MAPPING = """
source: desk
name: Front desk
files:
  - path: "people.csv"
    row_key: "{id}"
    records:
      person:
        kind: Person
        key: "{id}"
        marking: {column: marking}
        properties:
          given_name: given
          surname: surname
          date_of_birth: {column: dob, parse: date}
          gender: gender
          pnc_id: pnc
          phone: phone
      crime:
        kind: Crime
        key: "c-{id}"
        marking: {column: marking}
        properties: {type: type, occurred_from: {column: date, parse: date}}
    links:
      - {type: INVOLVED_IN, from: person, to: crime, marking: {column: marking}, properties: {role: role}}
"""
_HEADER = "id,given,surname,dob,gender,pnc,phone,type,date,role,marking\n"
_ROWS = (
    # Whole, but for the number that an offender has to have; told in time.
    "p1,Anna,Nowak,1980-05-06,Female,,07700900101,THEFT,2025-12-25,OFFENDER,OFFICIAL\n"
    # The same person once more: no contact, a birth that is no date, a PNC id that fails its check.
    "p2,Anna,Nowak,1980-05-06,Female,1999/1234567X,07700900101,THEFT,2025-06-01,VICTIM,OFFICIAL\n"
    "p3,Liam,,long ago,Male,,,THEFT,2026-02-01,VICTIM,OFFICIAL\n"
    # Nobody sees it who holds the floor alone.
    "p4,Zofia,,,,,,THEFT,2025-12-25,VICTIM,OFFICIAL-SENSITIVE\n"
)


@pytest.fixture
def desk(graph: Graph, tmp_path: Path) -> Graph:
    write(tmp_path, {"people.csv": _HEADER + _ROWS}, _MAPPING)
    load_silo(graph, tmp_path)
    return graph


def checked(graph: Graph, viewer: Viewer, failing: int = 20) -> dict[tuple[str, str, str | None], QualityCheckView]:
    """The checks by dimension, rule and what is missing: a Person's, else a Crime's."""
    (source,) = [status.source.n for status in sources(graph, viewer) if status.source.id == "desk"]
    found = quality(graph, viewer, [source], failing)[source]
    assert found.newest_as_of == JANUARY
    return {(check.dimension, check.rule, check.missing): check for check in reversed(found.checks)}


def record(graph: Graph, key: str, marking: str = "OFFICIAL") -> str:
    return graph.ids.record("desk", "Person", key, marking)


def test_every_dimension_is_counted_with_the_records_that_fail(desk: Graph) -> None:
    found = checked(desk, desk.catalogue.viewer("tester", parse_grants(["OFFICIAL"])))

    def told(*place: str | None) -> tuple[int, int, set[str]]:
        check = found[place]  # type: ignore[index]
        return check.of, check.failing, set(check.failing_ids)

    p1, p2, p3 = (record(desk, f"p{n}") for n in (1, 2, 3))
    complete = Dimension.COMPLETENESS
    assert told(complete, "P_001", None) == (1, 1, {p1})
    assert told(complete, "P_001", "pnc_id|cro_number") == (1, 1, {p1})
    assert told(complete, "P_004", None) == (2, 1, {p3})
    assert told(complete, "P_004", "surname") == (2, 1, {p3})
    assert told(complete, "P_004", "address|phone|email") == (2, 1, {p3})
    assert (complete, "P_004", "gender") not in found
    assert told(Dimension.CONFORMITY, "DS_034", None) == (3, 1, {p3})
    assert told(Dimension.CONFORMITY, "DS_072", None) == (3, 1, {p2})
    assert told(Dimension.DUPLICATION, "SAME_ENTITY", None) == (3, 2, {p1, p2})
    crimes = {n: "e_" + desk.ids.record("desk", "Crime", f"c-p{n}", "OFFICIAL")[2:] for n in (2, 3)}
    assert told(Dimension.TIMELINESS, "EVENT_TO_DELIVERY", None) == (3, 1, {crimes[2]})
    assert told(Dimension.TIMELINESS, "AFTER_DELIVERY", None) == (3, 1, {crimes[3]})
    load = found[Dimension.TIMELINESS, "DELIVERY_TO_LOAD", None]
    assert (load.of, load.failing, load.days) == (3, 3, round((NOW - JANUARY) / 86_400, 2))


def test_values_that_fail_are_kept_as_they_came(desk: Graph) -> None:
    stored = [row["properties"] for row in desk.store.internal("dump/records")]
    kept = {record["key"]: record for record in stored if record["kind"] == "Person"}
    assert (kept["p2"]["pnc_id"], kept["p2"]["failed"]) == (["1999/1234567X"], ["DS_072"])
    assert "failed" not in kept["p1"]


def test_what_is_hidden_is_not_counted(desk: Graph) -> None:
    open_, all_ = (desk.catalogue.viewer("tester", grants) for grants in (parse_grants(["OFFICIAL"]), EVERYTHING))

    seen, everything = checked(desk, open_), checked(desk, all_)

    place = (Dimension.COMPLETENESS, "P_004", None)
    assert (seen[place].of, everything[place].of) == (2, 3)
    hidden = record(desk, "p4", "OFFICIAL-SENSITIVE")
    assert hidden in everything[place].failing_ids
    assert not any(hidden in check.failing_ids for check in seen.values())


def test_ids_are_cut_where_asked_and_it_is_said(desk: Graph, everyone: Viewer) -> None:
    place = (Dimension.DUPLICATION, "SAME_ENTITY", None)
    cut = checked(desk, everyone, 1)[place]
    assert (cut.failing, cut.failing_ids, cut.truncated) == (2, (min(record(desk, "p1"), record(desk, "p2")),), True)
    assert checked(desk, everyone, 0)[place].failing_ids == ()
    assert not checked(desk, everyone, 2)[place].truncated
    with pytest.raises(BadInput, match=r"failing: 1001 is not between 0 and 1,000"):
        quality(desk, everyone, [0], 1_001)


def test_pages_of_any_size_count_the_same(desk: Graph, everyone: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = checked(desk, everyone)
    for size in (1, 2, 3):
        monkeypatch.setattr(module, "_PAGE", size)
        assert checked(desk, everyone) == whole
