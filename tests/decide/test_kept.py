"""What a new model keeps of the one before it, told by what it joins, and by whom it says so."""

from __future__ import annotations

import copy

import orjson
import pytest

from graph.marking_numbers import StoredMarkings
from loaders.settle import settle, silent
from resolution.model import shipped_document
from resolution.published import publish
from tests.conftest import prepare
from tests.decide.parish import STRANGERS, Parish, say, unsay
from tests.decide.test_why import WHY, WHY_NOT

pytestmark = pytest.mark.database

ANNA = {"id": "a1", "name": "Anna Nowak", "dob": "1980-05-06"}
AGAIN = {**ANNA, "id": "a2"}
SECRET = {**ANNA, "id": "a3", "marking": "OFFICIAL-SENSITIVE"}


def let_stand(parish: Parish, join: float, keep: float) -> str:
    """A model of other cuts stands, and everybody is resolved by it; returns its version."""
    document = copy.deepcopy(shipped_document())
    document["thresholds"] |= {"join": join, "keep": keep}
    version = publish(parish.graph, document, "trainer")
    settle(parish.graph, StoredMarkings(parish.graph.store), progress=silent)
    return version


def bits(parish: Parish) -> float:
    """The score of Anna's two records, which no other cut changes."""
    found = parish.ask(WHY_NOT, a=parish.record("a1"), b=parish.record("a2"))["whyNot"]
    return float(found["weight"])


def words(parish: Parish) -> list[dict[str, object]]:
    """Every word of a model, as it is dumped."""
    told = [line for line in parish.dump() if line.startswith(b'["decision"')]
    return [word for line in told for word in orjson.loads(line) if isinstance(word, dict) and word["basis"] == "MODEL"]


def one(parish: Parish) -> bool:
    """Whether Anna's two records are one."""
    return parish.entity("a1") == parish.entity("a2")


def assert_rebuilt(parish: Parish) -> None:
    """Fail where records, words and model make another graph than there is."""
    before = parish.dump()
    settle(parish.graph, StoredMarkings(parish.graph.store), rebuild=True, progress=silent)
    assert parish.dump() == before


def test_what_was_joined_stays_so_as_long_as_models_bear_it(parish: Parish) -> None:
    parish.deliver([ANNA, AGAIN, SECRET])
    score = bits(parish)
    former = "person-1"
    assert one(parish)
    assert not words(parish)

    version = let_stand(parish, score + 2, score - 1)

    assert one(parish)
    (kept,) = [word for word in words(parish) if {word["a"], word["b"]} == {parish.record("a1"), parish.record("a2")}]
    assert (kept["verdict"], kept["model"], kept["by"], kept["score"]) == ("SAME_AS", former, "trainer", score)
    # Across markings it is a tie that stays.
    assert any(line.startswith(b'["link"') and b"SAME_IDENTITY" in line for line in parish.dump())
    told = parish.ask(WHY, id=parish.entity("a1"))["whyResolved"]["path"]
    assert [step["decision"]["id"] for step in told] == [kept["id"]]
    assert f"{version} puts them at" in told[0]["sentence"]
    assert_rebuilt(parish)

    # Kept of a model that itself kept it; nothing is written down anew.
    let_stand(parish, score + 3, score - 2)
    assert one(parish)
    assert kept in words(parish)
    assert_rebuilt(parish)

    last = let_stand(parish, score + 3, score + 1)
    assert not one(parish)
    (ended,) = [word for word in words(parish) if word["id"] == kept["id"]]
    assert ended["retracted_by"] == "trainer"
    assert last in str(ended["retracted_reason"])
    assert not any(b"SAME_IDENTITY" in line for line in parish.dump())
    # What was parted is not kept by a model that would bear it.
    let_stand(parish, score + 2, score - 1)
    assert not one(parish)
    assert_rebuilt(parish)


def test_what_comes_under_the_new_model_is_judged_by_it_alone(parish: Parish) -> None:
    parish.deliver([ANNA, AGAIN])
    score = bits(parish)
    let_stand(parish, score + 2, score - 1)
    parish.deliver([{**ANNA, "id": "a4"}])

    assert one(parish)
    assert parish.entity("a4") != parish.entity("a1")
    assert_rebuilt(parish)

    rows = [*STRANGERS, ANNA, AGAIN]
    prepare(parish.graph.store)
    parish.rows.clear()
    let_stand(parish, score + 2, score - 1)
    parish.deliver(rows)
    assert not one(parish)


def test_the_evidence_has_to_bear_it_and_an_analysts_word_goes_before(parish: Parish) -> None:
    parish.deliver([ANNA, AGAIN])
    score = bits(parish)
    let_stand(parish, score + 2, score - 1)

    parish.deliver([{**AGAIN, "dob": "1961-11-20"}])
    assert not one(parish)
    parish.deliver([AGAIN])
    assert one(parish)
    said = say(parish, parish.record("a1"), parish.record("a2"), "DIFFERENT")["decision"]["id"]
    assert not one(parish)
    assert_rebuilt(parish)
    unsay(parish, said)
    assert one(parish)
    assert_rebuilt(parish)
