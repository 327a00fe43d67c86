"""A word is heeded at once, taken back without a trace but itself, and refused where it cannot stand."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.decide.parish import DECIDE, RETRACT, Parish, preview, say, unsay

pytestmark = pytest.mark.database

ANNA = {"id": "a1", "name": "Anna Nowak", "dob": "1980-05-06", "gender": "Female", "phone": "07700900101"}
ANN = {"id": "a2", "name": "Ann Novak", "dob": "1980-06-05", "gender": "Female", "phone": "07700900102"}
HANNA = {"id": "a3", "name": "Hanna Lis", "dob": "1990-01-09", "gender": "Female", "phone": "07700900103"}
ONLY_OPEN = {"X-Viewer-Markings": "OFFICIAL"}
ACORN = "OFFICIAL-SENSITIVE; operation=ACORN"


def test_same_then_taken_back_is_as_before(parish: Parish) -> None:
    parish.deliver([ANNA, HANNA])
    before = parish.dump()
    a, b = parish.entity("a1"), parish.entity("a3")
    assert a
    assert b
    assert a != b

    shown = preview(parish, a, b)
    said = say(parish, a, b, "SAME", token=shown["token"])

    assert shown["joins"]
    assert [entity["id"] for entity in said["entities"]] == [parish.entity("a1")] == [parish.entity("a3")]
    decision = said["decision"]
    assert {decision["a"]["id"], decision["b"]["id"]} == {parish.record("a1"), parish.record("a3")}
    assert (decision["verdict"], decision["basis"], decision["by"]) == ("SAME", "ANALYST", "developer")
    assert (decision["reason"], decision["marking"]) == ("seen together", "OFFICIAL")
    golden = {each["property"]: each["value"] for each in said["entities"][0]["golden"]}
    assert set(golden["phonesGiven"].split(", ")) == {"+447700900101", "+447700900103"}

    back = unsay(parish, decision["id"])

    assert (back["decision"]["retractedBy"], back["decision"]["retractedReason"]) == ("developer", "mistaken")
    assert {entity["id"] for entity in back["entities"]} == {a, b}
    assert parish.dump(words=False) == before
    assert len(parish.dump()) == len(before) + 1


def test_different_parts_and_stays_parted(parish: Parish) -> None:
    parish.deliver([ANNA, {**ANNA, "id": "a2"}, {**ANNA, "id": "a4"}])
    before = parish.dump()
    assert parish.entity("a1") == parish.entity("a2") == parish.entity("a4")

    said = say(parish, parish.record("a1"), parish.record("a2"), "DIFFERENT")

    assert len(said["entities"]) == 2
    assert parish.entity("a1") != parish.entity("a2")
    parish.deliver([{**ANNA, "id": "a5"}])
    assert parish.entity("a1") != parish.entity("a2"), "no further record brings them together"
    parish.deliver([], gone=["a5"])
    unsay(parish, said["decision"]["id"])
    assert [line for line in parish.dump(words=False) if b'"entity"' in line[:9]] == [
        line for line in before if b'"entity"' in line[:9]
    ]


def test_words_that_contradict_words_are_told_with_the_chain(parish: Parish) -> None:
    parish.deliver([ANNA, ANN, HANNA])
    a, b, c = (parish.record(id_) for id_ in ("a1", "a2", "a3"))
    one = say(parish, a, b, "SAME")["decision"]["id"]
    other = say(parish, b, c, "DIFFERENT")["decision"]["id"]

    shown = preview(parish, a, c)
    code, message = parish.ask.code(DECIDE, a=a, b=c, verdict="SAME", reason="x", token=shown["token"])

    assert code == "CONFLICT"
    assert one in message
    assert other in message
    assert not shown["joins"]
    assert any(one in each and other in each for each in shown["contradictions"])
    code, message = parish.ask.code(DECIDE, a=a, b=b, verdict="DIFFERENT", reason="x")
    assert (code, one in message) == ("CONFLICT", True)
    unsay(parish, other)
    say(parish, a, c, "SAME")
    assert parish.entity("a1") == parish.entity("a2") == parish.entity("a3")
    code, message = parish.ask.code(DECIDE, a=b, b=c, verdict="DIFFERENT", reason="x")
    assert (code, one in message) == ("CONFLICT", True)


def test_a_token_is_stale_once_anything_it_showed_has_changed(parish: Parish) -> None:
    parish.deliver([ANNA, HANNA])
    a, b = parish.record("a1"), parish.record("a3")
    token = preview(parish, a, b)["token"]
    parish.deliver([{**ANNA, "phone": "07700900109"}])
    assert parish.ask.code(DECIDE, a=a, b=b, verdict="SAME", reason="x", token=token)[0] == "CONFLICT"

    token = preview(parish, a, b)["token"]
    say(parish, a, b, "DIFFERENT")
    code, message = parish.ask.code(DECIDE, a=a, b=b, verdict="SAME", reason="x", token=token)
    assert (code, "ask mergePreview again" in message) == ("CONFLICT", True), "of two at once one is told"

    token = preview(parish, a, parish.record("x1"))["token"]
    assert parish.ask.code(DECIDE, a=a, b=b, verdict="SAME", reason="x", token=token)[0] == "BAD_INPUT"
    assert parish.ask.code(DECIDE, a=a, b=b, verdict="SAME", reason="x", token="e30.abc")[0] == "BAD_INPUT"
    token = preview(parish, a, b)["token"]
    assert parish.ask.code(DECIDE, ONLY_OPEN, a=a, b=b, verdict="SAME", reason="x", token=token)[0] == "BAD_INPUT"


def test_of_two_at_once_one_is_told(parish: Parish) -> None:
    parish.deliver([ANNA, HANNA])
    a, b = parish.record("a1"), parish.record("a3")
    token = preview(parish, a, b)["token"]
    sayings = [("SAME", token), ("SAME", token), ("DIFFERENT", None), ("DIFFERENT", None)]

    def decide(saying: tuple[str, str | None]) -> str:
        body = parish.ask.post(DECIDE, None, a=a, b=b, verdict=saying[0], reason="x", token=saying[1])
        return body["errors"][0]["extensions"]["code"] if "errors" in body else "DONE"

    with ThreadPoolExecutor(len(sayings)) as pool:
        answers = sorted(pool.map(decide, sayings))

    assert answers == ["CONFLICT"] * 3 + ["DONE"]
    said = parish.ask("query($id: ID!) { whyResolved(id: $id) { decisions { id } } }", id="e_" + a[2:])
    assert len(said["whyResolved"]["decisions"]) == 1


def test_wrong_words_are_refused(parish: Parish) -> None:
    parish.deliver([{**ANNA, "vrm": "AB12CDE", "crime": "c1", "at": "2025-05-01T10:00"}, HANNA])
    a, b = parish.record("a1"), parish.record("a3")
    vehicle = parish.graph.ids.record("parish", "Vehicle", "a1", "OFFICIAL")
    crime = parish.graph.ids.record("parish", "Crime", "c1", "OFFICIAL")
    for given, code, named in (
        ({"a": a, "b": a, "verdict": "DIFFERENT"}, "BAD_INPUT", "one record"),
        ({"a": a, "b": "e_" + a[2:], "verdict": "DIFFERENT"}, "BAD_INPUT", "one record"),
        ({"a": a, "b": b, "verdict": "SAME"}, "BAD_INPUT", "previewToken"),
        ({"a": a, "b": b, "verdict": "DIFFERENT", "reason": "  "}, "BAD_INPUT", "reason"),
        ({"a": a, "b": b, "verdict": "DIFFERENT", "reason": "x" * 2_001}, "BAD_INPUT", "2,001"),
        ({"a": a, "b": vehicle, "verdict": "DIFFERENT"}, "BAD_INPUT", "Vehicle"),
        ({"a": crime, "b": b, "verdict": "DIFFERENT"}, "BAD_INPUT", "Crime"),
        ({"a": a, "b": "r_" + "a" * 20, "verdict": "DIFFERENT"}, "NOT_FOUND", "r_aaa"),
        ({"a": "nobody", "b": b, "verdict": "DIFFERENT"}, "NOT_FOUND", "nobody"),
        ({"a": a, "b": b, "verdict": "DIFFERENT", "marking": "OFICIAL"}, "BAD_INPUT", "did you mean OFFICIAL?"),
        ({"a": a, "b": b, "verdict": "DIFFERENT", "marking": "SECRET; operation=ACRON"}, "BAD_INPUT", "ACRON"),
    ):
        assert (found := parish.ask.code(DECIDE, None, **{"reason": "x", **given}))[0] == code, given
        assert named in found[1], given
    refused = parish.ask.code(DECIDE, ONLY_OPEN, a=a, b=b, verdict="DIFFERENT", reason="x", marking=ACORN)
    assert refused[0] == "FORBIDDEN"
    assert parish.ask.code(RETRACT, id="d_" + "a" * 20, reason="x")[0] == "NOT_FOUND"
    said = say(parish, a, b, "POSSIBLY_SAME")["decision"]["id"]
    assert parish.ask.code(DECIDE, a=a, b=b, verdict="POSSIBLY_SAME", reason="x")[0] == "CONFLICT"
    assert parish.ask.code(RETRACT, id=said, reason="")[0] == "BAD_INPUT"
    unsay(parish, said)
    code, message = parish.ask.code(RETRACT, id=said, reason="x")
    assert (code, "developer" in message) == ("CONFLICT", True)
    assert say(parish, a, b, "POSSIBLY_SAME")["decision"]["id"] != said, "said again it is another word"


def test_a_word_under_a_higher_marking_ties_and_joins_nothing_in_the_open(parish: Parish) -> None:
    parish.deliver([ANNA, HANNA])
    a, b = parish.entity("a1"), parish.entity("a3")
    assert a
    assert b

    said = say(parish, a, b, "SAME", marking=ACORN)

    assert {entity["id"] for entity in said["entities"]} == {a, b}
    query = "query($id: ID!) { entity(id: $id) { sameIdentity { id } } }"
    assert parish.ask(query, id=a)["entity"]["sameIdentity"] == [{"id": b}]
    assert parish.ask(query, ONLY_OPEN, id=a)["entity"]["sameIdentity"] == []
    assert parish.ask.code(RETRACT, ONLY_OPEN, id=said["decision"]["id"], reason="x")[0] == "NOT_FOUND"
    # Who does not know of it may say otherwise; who does is told.
    assert parish.ask.code(DECIDE, a=a, b=b, verdict="DIFFERENT", reason="x")[0] == "CONFLICT"
    say(parish, a, b, "DIFFERENT", ONLY_OPEN)
    unsay(parish, said["decision"]["id"])
    assert parish.ask(query, id=a)["entity"]["sameIdentity"] == []


def test_a_hidden_word_holds_nobody_back_in_the_open(parish: Parish) -> None:
    parish.deliver([ANNA, HANNA])
    a, b = parish.record("a1"), parish.record("a3")
    hidden = say(parish, a, b, "DIFFERENT", marking=ACORN)["decision"]["id"]

    assert preview(parish, a, b)["contradictions"][0].count(hidden) == 1
    open_ = preview(parish, a, b, ONLY_OPEN)
    assert (open_["joins"], [each for each in open_["contradictions"] if "analyst" in each]) == (True, [])
    said = say(parish, a, b, "SAME", ONLY_OPEN)
    assert len(said["entities"]) == 1
    unsay(parish, said["decision"]["id"])
    assert parish.entity("a1") != parish.entity("a3")


def test_a_graph_of_two_is_decided_on_too(empty: Parish) -> None:
    empty.deliver([ANNA, HANNA])
    before = empty.dump()
    said = say(empty, empty.record("a1"), empty.record("a3"), "SAME")
    assert len(said["entities"]) == 1
    unsay(empty, said["decision"]["id"])
    assert empty.dump(words=False) == before


def test_who_was_many_records_is_explained_with_the_word_on_the_first(parish: Parish) -> None:
    parish.deliver([ANNA, HANNA])
    said = say(parish, parish.record("a1"), parish.record("a3"), "DIFFERENT")["decision"]["id"]
    for number in range(5, 12):
        parish.deliver([{**ANNA, "id": f"a{number}"}])
    assert parish.entity("a11") == parish.entity("a1")
    query = "query($a: ID!, $b: ID!) { whyNot(a: $a, b: $b) { decisions { id } } }"
    found = parish.ask(query, a=parish.entity("a1"), b=parish.entity("a3"))["whyNot"]
    assert [each["id"] for each in found["decisions"]] == [said]


def test_across_compartments_same_ties_and_different_unties(parish: Parish) -> None:
    parish.deliver([ANNA, {**ANNA, "id": "s1", "marking": ACORN}])
    a, b = parish.entity("a1"), parish.entity("s1", ACORN)
    assert a
    assert b
    query = "query($id: ID!) { entity(id: $id) { sameIdentity { id } } }"
    assert parish.ask(query, id=a)["entity"]["sameIdentity"] == [{"id": b}], "by evidence"
    before = parish.dump()

    said = say(parish, a, b, "DIFFERENT")

    assert said["decision"]["marking"] == ACORN
    assert parish.ask(query, id=a)["entity"]["sameIdentity"] == []
    unsay(parish, said["decision"]["id"])
    assert parish.dump(words=False) == before
    parish.deliver([{**HANNA, "id": "s2", "marking": ACORN}])
    shown = preview(parish, a, parish.record("s2", ACORN))
    assert not shown["joins"]
    say(parish, a, parish.record("s2", ACORN), "SAME", token=shown["token"])
    tied = parish.ask(query, id=a)["entity"]["sameIdentity"]
    assert {each["id"] for each in tied} == {b, parish.entity("s2", ACORN)}


def test_things_are_decided_on_too(parish: Parish) -> None:
    parish.deliver([{**ANNA, "vrm": "AB12CDE"}, {**HANNA, "vrm": "XY34ZZZ"}])
    before = parish.dump()
    a, b = (parish.graph.ids.record("parish", "Vehicle", id_, "OFFICIAL") for id_ in ("a1", "a3"))

    said = say(parish, a, b, "SAME")

    assert len(said["entities"]) == 1
    unsay(parish, said["decision"]["id"])
    assert parish.dump(words=False) == before
