"""Why records are one: the course of the merges, what else a pair could be, and what it hangs on."""

from __future__ import annotations

from typing import Any

import pytest

from tests.decide.parish import Parish, say, unsay

pytestmark = pytest.mark.database

WHY_NOT = """query($a: ID!, $b: ID!) { whyNot(a: $a, b: $b) { weight verdict prior runnerUp sentence
  evidence { field bits } counterfactuals { without bits verdict sentence } decisions { id verdict }
  together rival { b { id } sentence } } }"""
WHY = """query($id: ID!) { whyResolved(id: $id) { sentence records { id }
  path { sentence a { id } b { id } decision { id } pair { weight verdict } } } }"""
STOP = "query($vrm: String!) { stopCheck(vrm: $vrm) { vehicle { id } } }"
MAY_BE = """query($vrm: String!) { stopCheck(vrm: $vrm) { vehicle { id }
  vehicleCandidates { weight probability entity { id label } evidence { field level sentence } } } }"""
WHOLE = {"name": "Anna Nowak", "dob": "1980-05-06", "gender": "Female", "phone": "07700900101"}


def _why_not(parish: Parish, a: str, b: str) -> dict[str, Any]:
    found: dict[str, Any] = parish.ask(WHY_NOT, a=parish.record(a), b=parish.record(b))["whyNot"]
    return found


def test_a_counterfactual_is_what_would_be_said_without_the_field(parish: Parish) -> None:
    for without in ("phone", "dob", "gender"):
        bare = {name: value for name, value in WHOLE.items() if name != without}
        parish.deliver([{**WHOLE, "id": "w1"}, {**WHOLE, "id": "w2"}, {**bare, "id": "w3"}])
        told = {each["without"]: each for each in _why_not(parish, "w1", "w2")["counterfactuals"]}
        field = {"dob": "birth"}.get(without, without)
        expected = _why_not(parish, "w1", "w3")
        assert told[field]["bits"] == pytest.approx(expected["weight"], abs=1e-9)
        assert told[field]["verdict"] == expected["verdict"]
        assert f"without the {field}: " in told[field]["sentence"]


def test_the_bits_add_up_from_the_prior(parish: Parish) -> None:
    parish.deliver([{**WHOLE, "id": "w1"}, {**WHOLE, "id": "w2", "dob": "1980-06-05"}])

    found = _why_not(parish, "w1", "w2")

    assert found["prior"] + sum(each["bits"] for each in found["evidence"]) == pytest.approx(found["weight"], abs=0.01)
    assert "bits less likely" in found["runnerUp"]


def test_the_course_tells_words_first_then_the_best_pairs(parish: Parish) -> None:
    other = {"id": "z1", "name": "Zoe Lang", "dob": "1999-09-09"}
    parish.deliver([*({**WHOLE, "id": f"w{n}"} for n in (1, 2, 3)), other])
    said = say(parish, parish.record("w1"), parish.record("z1"), "SAME")["decision"]["id"]

    found = parish.ask(WHY, id=parish.entity("w1"))["whyResolved"]

    word, *pairs = found["path"]
    assert (word["decision"]["id"], word["pair"]) == (said, None)
    assert "an analyst's word" in word["sentence"]
    assert len(found["path"]) == len(found["records"]) - 1
    weights = [step["pair"]["weight"] for step in pairs]
    assert weights == sorted(weights, reverse=True)
    assert {step["pair"]["verdict"] for step in pairs} == {"SAME"}
    assert [each["id"] for each in _why_not(parish, "w1", "z1")["decisions"]] == [said]
    unsay(parish, said)
    assert parish.ask(WHY, id=parish.entity("z1"))["whyResolved"]["path"] == []


def test_things_have_a_course_too(parish: Parish) -> None:
    marks = {"w1": "XB66GOX", "w2": "XB66GOX", "w3": "X866GOX", "w4": "XB66GOY"}
    parish.deliver([{**WHOLE, "id": id_, "vrm": vrm} for id_, vrm in marks.items()])
    a, _, misread, mistyped = (parish.graph.ids.record("parish", "Vehicle", id_, "OFFICIAL") for id_ in marks)
    entity = parish.ask(STOP, vrm="XB66GOX")["stopCheck"]["vehicle"]["id"]

    steps = parish.ask(WHY, id=entity)["whyResolved"]["path"]

    assert len(steps) == 2
    assert all("one vehicle at" in step["sentence"] for step in steps)
    found = parish.ask(WHY_NOT, a=a, b=misread)["whyNot"]
    assert found["prior"] + sum(each["bits"] for each in found["evidence"]) == pytest.approx(found["weight"], abs=0.01)
    assert found["verdict"] == "SAME"
    assert "they are not one vehicle, they agree like" in found["runnerUp"]
    assert [each["verdict"] for each in found["counterfactuals"]] == ["DIFFERENT"]
    assert parish.ask(WHY_NOT, a=a, b=mistyped)["whyNot"]["verdict"] == "DIFFERENT"


def test_a_mark_that_was_misread_finds_its_vehicle(parish: Parish) -> None:
    parish.deliver([{**WHOLE, "id": "w1", "vrm": "XB66GOX"}, {**WHOLE, "id": "w2", "vrm": "XB66GOY"}])
    known = parish.ask(STOP, vrm="XB66GOX")["stopCheck"]["vehicle"]

    assert parish.ask(STOP, vrm="X866 G0X")["stopCheck"]["vehicle"] == known
    assert "misread" in str(parish.ask(MAY_BE, vrm="X866 G0X")["stopCheck"]["vehicleCandidates"])
    assert parish.ask(STOP, vrm="XB66GOZ")["stopCheck"]["vehicle"] is None


def test_a_mark_of_which_part_was_read_gives_candidates_and_nothing_sure(parish: Parish) -> None:
    marks = ("XB66GOX", "XB66HRT", "WX65GOX", "A123XBC")
    parish.deliver([{**WHOLE, "id": f"w{number}", "vrm": vrm} for number, vrm in enumerate(marks)])

    def found(mark: str) -> tuple[object, list[str]]:
        told = parish.ask(MAY_BE, vrm=mark)["stopCheck"]
        assert all(each["probability"] < 0.5 and each["evidence"] for each in told["vehicleCandidates"]), told
        return told["vehicle"], [each["entity"]["label"] for each in told["vehicleCandidates"]]

    assert found("XB66 ??") == (None, ["XB66GOX", "XB66HRT"])
    assert found("XB66") == (None, ["XB66GOX", "XB66HRT"])
    # A character that is misread, and two that are not known: any that may stand there.
    assert found("X866 G??") == (None, ["XB66GOX"])
    assert found("?? 6? GOX") == (None, ["WX65GOX", "XB66GOX"])
    assert found("??3XBC") == (None, ["A123XBC"])
    assert found("GOX") == (None, [])
    assert found("XB") == found("????") == (None, [])
    whole, others = found("XB66GOX")
    assert whole
    assert not others


def test_whole_groups_join_and_the_course_says_so(parish: Parish) -> None:
    home = {"name": "Herbert Larkfield", "address": "10 Mill Lane", "postcode": "ZX1 1AB"}
    born = ("1951-04-07", "1951-04-07", "1951-07-04", "1951-04-17", "1981-04-07")
    parish.deliver([{**home, "id": f"h{n}", "dob": dob} for n, dob in enumerate(born)])

    found = parish.ask(WHY, id=parish.entity("h0"))["whyResolved"]

    assert len(found["records"]) == 5
    assert len(found["path"]) == 4
    last = found["path"][-1]["sentence"]
    assert last.startswith("taken together, ")
    assert "one person at " in last
    assert last in found["sentence"]
    apart = _why_not(parish, "h2", "h4")
    assert (apart["verdict"], apart["together"], apart["rival"]) == ("DIFFERENT", None, None)


def test_who_fits_father_and_son_alike_is_neither_and_is_told_why(parish: Parish) -> None:
    home = {"name": "Herbert Larkfield", "address": "10 Mill Lane", "postcode": "ZX1 1AB"}
    father, son = ({**home, "dob": dob} for dob in ("1951-04-07", "1979-11-23"))
    parish.deliver([{**one, "id": f"{name}{n}"} for name, one in (("f", father), ("s", son)) for n in (1, 2)])
    parish.deliver([{**home, "id": "u"}])

    assert len({parish.entity(id_) for id_ in ("f1", "f2", "s1", "s2", "u")}) == 3
    found = _why_not(parish, "u", "f1")
    assert found["verdict"] == "SAME"
    assert found["together"].startswith("taken together, 1 record with ")
    assert found["rival"]["b"]["id"] in {parish.record("s1"), parish.record("s2")}
    assert "by the rule of two births" in found["rival"]["sentence"]
    parish.deliver([], gone=["s1", "s2"])
    assert parish.entity("u") == parish.entity("f1")
    assert _why_not(parish, "u", "f1")["rival"] is None
