"""What a preview shows is what comes of the word: golden values, links, contradictions, paths, its marking."""

from __future__ import annotations

import pytest

from tests.decide.parish import Parish, preview, say

pytestmark = pytest.mark.database

JOHN = {"id": "j1", "name": "John Major", "dob": "1970-01-02", "gender": "Male", "phone": "07700900111"}
JANE = {"id": "j2", "name": "Jane Minor", "dob": "1990-03-04", "gender": "Female", "phone": "07700900112"}
PARIS, LONDON = ("48.8566", "2.3522"), ("51.5072", "-0.1276")
ACORN = "OFFICIAL-SENSITIVE; operation=ACORN"
ONLY_OPEN = {"X-Viewer-Markings": "OFFICIAL"}


def _at(crime: str, place: tuple[str, str], at: str, until: str = "") -> dict[str, str]:
    return {"crime": crime, "at": at, "until": until, "latitude": place[0], "longitude": place[1]}


def test_golden_values_before_and_after_with_their_records(parish: Parish) -> None:
    parish.deliver([{**JOHN, "warning": "VIOLENT"}, {"id": "j3", "name": "Karl Major", "dob": "1975-06-07"}])
    a, b = parish.record("j1"), parish.record("j3")

    shown = preview(parish, a, b)

    changes = {each["property"]: each for each in shown["goldenChanges"]}
    assert set(changes) == {"givenName", "dateOfBirth"}, "what stays is no change, nor is what only one says"
    birth = changes["dateOfBirth"]
    assert set(birth["before"]) == {"1970-01-02", "1975-06-07"}
    assert {record["id"] for record in birth["beforeRecords"]} == {a, b}
    assert shown["recordsJoined"] == 2
    (entity,) = say(parish, a, b, "SAME", token=shown["token"])["entities"]
    golden = {each["property"]: each["value"] for each in entity["golden"]}
    assert {name: golden[name] for name in changes} == {name: each["after"] for name, each in changes.items()}


def test_what_two_entities_are_taken_together_is_told(parish: Parish) -> None:
    twice = {**JOHN, "id": "j4"}
    parish.deliver([JOHN, twice, {"id": "j3", "name": "Karl Major", "dob": "1975-06-07"}])

    told = preview(parish, parish.record("j1"), parish.record("j3"))["together"]

    assert told.startswith("taken together, ")
    assert "2 records with " in told
    assert "bits (join at" in told
    assert preview(parish, parish.record("j1"), parish.record("j4"))["together"] is None, "one already"


def test_what_cannot_be_true_of_one_person_is_told(parish: Parish) -> None:
    parish.deliver(
        [
            {**JOHN, "nhs": "9434765919", **_at("c1", PARIS, "2025-05-01T10:00", "2025-05-01T10:30")},
            {**JANE, "nhs": "4010232137", **_at("c2", LONDON, "2025-05-01T10:15", "2025-05-01T10:45")},
        ]
    )

    told = preview(parish, parish.record("j1"), parish.record("j2"))["contradictions"]

    (births,) = (each for each in told if each.startswith("two births"))
    assert "1970-01-02" in births
    assert parish.record("j2") in births
    assert any(each.startswith("conflicting identifiers: nhs number") for each in told)
    assert any(each.startswith("different sex: ") for each in told)
    (meeting,) = (each for each in told if each.startswith("at two places at one time"))
    assert "344 km" in meeting


def test_a_journey_that_fits_is_no_contradiction(parish: Parish) -> None:
    parish.deliver(
        [
            {**JOHN, **_at("c1", PARIS, "2025-05-01T10:00")},
            {**JANE, **_at("c2", LONDON, "2025-05-01T14:00")},
            {"id": "j4", "name": "Jo Middle", **_at("c3", LONDON, "2025-05-01T11:00")},
        ]
    )

    fits = preview(parish, parish.record("j1"), parish.record("j2"))["contradictions"]
    does_not = preview(parish, parish.record("j1"), parish.record("j4"))["contradictions"]

    assert not any("two places" in each for each in fits)
    assert any("two places" in each for each in does_not)


def test_who_is_in_custody_is_there_all_the_time(parish: Parish) -> None:
    night = {**_at("", PARIS, "2025-05-01T20:00", "2025-05-02T08:00"), "custody": "k1"}
    parish.deliver(
        [
            {**JOHN, **night},
            {**JANE, **_at("c2", LONDON, "2025-05-02T01:00")},
            {"id": "j4", "name": "Jo Middle", **_at("c3", LONDON, "2025-05-01T20:00", "2025-05-02T08:00")},
            {"id": "j5", "name": "Joe Late", **_at("c4", LONDON, "2025-05-02T13:00")},
        ]
    )
    john = parish.record("j1")

    told = {
        id_: [each for each in preview(parish, john, parish.record(id_))["contradictions"] if "two places" in each]
        for id_ in ("j2", "j4", "j5")
    }

    assert len(told["j2"]) == 1
    assert "part at Custody" in told["j2"][0]
    assert len(told["j4"]) == 1, "within the night there is no time to be elsewhere"
    assert told["j5"] == []


def test_twins_are_told(parish: Parish) -> None:
    home = {"address": "1 Mill Lane", "postcode": "ZX1 2AB"}
    parish.deliver(
        [
            {"id": "t1", "name": "Adam Twin", "dob": "2001-02-03", **home},
            {"id": "t2", "name": "Bella Twin", "dob": "2001-02-03", **home},
        ]
    )

    told = preview(parish, parish.record("t1"), parish.record("t2"))["contradictions"]

    assert any(each.startswith("twins: ") and "Adam" in each and "Bella" in each for each in told)


def test_new_paths_join_those_whom_nothing_joined(parish: Parish) -> None:
    one, other = {"phone": "07700900111"}, {"phone": "07700900112"}
    parish.deliver(
        [
            {**JOHN, **one},
            {**JANE, **other},
            {"id": "f1", "name": "Frida Friend", **one},
            {"id": "f2", "name": "Gustav Friend", **other},
        ]
    )
    a, b = parish.entity("j1"), parish.entity("j2")

    shown = preview(parish, str(a), str(b))

    (path,) = shown["newPaths"]
    assert path["length"] == 4
    assert {path["nodes"][0]["label"], path["nodes"][-1]["label"]} == {"Frida Friend", "Gustav Friend"}
    assert path["nodes"][2]["id"] in (a, b)
    assert len(path["links"]) == 4
    assert shown["linksJoined"] == 2
    say(parish, str(a), str(b), "SAME")
    ends = "query($a: ID!, $b: ID!) { paths(from: $a, to: $b) { paths { length } } }"
    found = parish.ask(ends, a=parish.entity("f1"), b=parish.entity("f2"))["paths"]["paths"]
    assert [each["length"] for each in found] == [4]
    assert preview(parish, str(a), str(b))["newPaths"] == []


def test_the_marking_is_the_high_water_of_what_was_shown(parish: Parish) -> None:
    parish.deliver(
        [
            JOHN,
            JANE,
            {"id": "f1", "name": "Frida Friend", "phone": "07700900111"},
            {"id": "f2", "name": "Gustav Friend", "phone": "07700900112", "marking": ACORN},
        ]
    )
    a, b = parish.record("j1"), parish.record("j2")

    cleared, open_only = preview(parish, a, b), preview(parish, a, b, ONLY_OPEN)

    assert (cleared["marking"], cleared["joins"]) == (ACORN, False), "a restricted friend is on a path"
    assert (open_only["marking"], open_only["joins"]) == ("OFFICIAL", True)
    assert open_only["newPaths"] == []
    said = say(parish, a, b, "SAME", token=cleared["token"])
    assert said["decision"]["marking"] == ACORN
    assert len(said["entities"]) == 2
    lower = say(parish, a, b, "SAME", marking="OFFICIAL")
    assert len(lower["entities"]) == 1, "the same under a lower marking says more"


def test_old_ids_name_their_records(parish: Parish) -> None:
    parish.deliver([JOHN, JANE])
    a, b = parish.entity("j1"), parish.entity("j2")
    say(parish, str(a), str(b), "SAME")

    shown = preview(parish, str(a), str(b))

    assert len(shown["before"]) == 1
    assert (shown["goldenChanges"], shown["contradictions"], shown["joins"]) == ([], [], True)
