"""What closures write and what the executor walks are the same, byte for byte, whatever is asked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import orjson
import pytest

from api.compiled import Selections
from api.document import Documents
from api.limit import Limits
from api.metric import Metrics
from api.operation import Answer, Executor, Request
from api.schema import SCHEMA
from bench.driver import recorded
from graph.open import Graph
from security.audit import AuditLog, FileBook, Seal
from tests.api.any_question import AnyQuestion
from tests.api.town import Town
from tests.read.world import ACORN, OPEN

QUESTIONS = int(os.environ.get("POLEGRAPH_TEST_QUESTIONS", "300"))
SCHEMA_ = SCHEMA._schema
# How long a question takes on a busy machine is not what is compared.
PATIENT = Limits(operation_s=600.0)
Ask = Callable[[str], Answer]
Both = tuple[Ask, Ask, Documents, AuditLog]


@pytest.fixture
def both(served: Graph, town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Both]:
    """Who answers with closures, who without, and the documents of the first."""
    # Nor how long one statement takes, which is planned for whoever comes first.
    monkeypatch.setattr(served.store, "timeout_s", PATIENT.operation_s)
    log = AuditLog(FileBook(tmp_path / "audit.db"), Seal(tmp_path / "key", tmp_path / "checkpoints"))
    viewer = town.world.viewer(OPEN, ACORN)

    def asking(documents: Documents, *, compiled: bool) -> Ask:
        executor = Executor(SCHEMA_, served, PATIENT, Metrics(), log, documents, compiled=compiled)
        return lambda text: executor.execute(
            Request(executor.plan(text, None, {"yes": True, "no": False}), viewer, "request")
        )

    documents = Documents(SCHEMA_, Limits())
    yield asking(documents, compiled=True), asking(Documents(SCHEMA_, Limits()), compiled=False), documents, log
    log.close()


def said(answer: Answer) -> tuple[object, ...]:
    """All that an answer is and all that goes on record of it."""
    return (
        orjson.dumps(answer.body),
        answer.executed,
        answer.done,
        answer.codes,
        answer.questions,
        answer.named.ids,
        answer.truncated,
    )


@pytest.mark.database
@pytest.mark.timeout(7_200)
def test_closures_and_executor_answer_alike(both: Both, town: Town) -> None:
    closures, walking, *_ = both
    # No number of GraphQL: an answer that has to say so, at its place.
    odd = town.world.thing(
        "Crime", "ODD C/9", type="BURGLARY", severity=float("inf"), occurred_from="2024-06-01T10:32Z"
    )
    town.world.link("INVOLVED_IN", town.maria, odd, role="WITNESS")
    ids = [
        town.maria,
        town.jon,
        town.hidden,
        town.crime,
        town.phone,
        town.use,
        odd,
        "r_" + town.maria[2:],
        "e_" + "a" * 20,
    ]
    texts = ["Maria Testova", "Probe", "surname", "dateOfBirth", "SUSPECT", "+447700900123"]
    answered = failed = 0
    for seed in range(QUESTIONS):
        text = AnyQuestion(SCHEMA_, ids, texts, seed).document()
        walked = said(walking(text))
        assert said(closures(text)) == walked, f"seed {seed}: {text}"
        if seed % 5 == 0:
            # What was made for a document the first time is used again.
            assert said(closures(text)) == walked, f"seed {seed}, asked again: {text}"
        answered += bool(walked[2])
        failed += bool(walked[3])
    assert answered > QUESTIONS / 3
    assert failed > QUESTIONS / 50


@pytest.mark.database
def test_closures_cover_lists_of_things_and_their_links(both: Both) -> None:
    closures, _, documents, _ = both
    text = (
        "{ entities(kind: PERSON) { edges { cursor node { id kind label degree "
        "... on Person { aliases dateOfBirth } } } } "
        'search(text: "Maria") { edges { node { score entity { id label } matched { name value } } } } }'
    )
    assert closures(text).codes == ()
    selections = documents.prepared(text).selections
    assert isinstance(selections, Selections)
    assert selections.uncovered() == set()


@pytest.mark.database
def test_switches_are_heeded_each_time(served: Graph, town: Town, both: Both) -> None:
    *_, documents, log = both
    executor = Executor(SCHEMA_, served, Limits(), Metrics(), log, documents)
    text = "query($on: Boolean!) { entities(kind: PERSON) { edges { node { id label @include(if: $on) } } } }"
    for on in (True, False, True):
        body = executor.execute(Request(executor.plan(text, None, {"on": on}), town.world.viewer(OPEN), "r")).body
        assert all(("label" in edge["node"]) is on for edge in body["data"]["entities"]["edges"])


@pytest.mark.database
def test_an_entity_and_its_lists_are_one_read(served: Graph, town: Town, both: Both) -> None:
    closures, walking, *_ = both
    lists = (
        "uses: links(types: [USES]) { edges { node { id to { label } } } } rest: links(first: 1) { edges { cursor } }"
    )
    text = f'{{ entity(id: "{town.maria}") {{ label {lists} }} }}'
    with recorded(served) as (graph, store):
        asking = Executor(SCHEMA_, graph, Limits(), Metrics(), both[3], Documents(SCHEMA_, Limits()))
        store.kept = []
        asking.execute(Request(asking.plan(text, None, {}), town.world.viewer(OPEN, ACORN), "request"))
        assert len([text for text, params in store.kept if "allowed" in params]) == 1
    for wrong in ("links(first: 0) { edges { cursor } }", 'links(after: "no cursor") { edges { cursor } }'):
        wanted = f'{{ entity(id: "{town.maria}") {{ label {lists} wrong: {wrong} }} }}'
        assert said(closures(wanted)) == said(walking(wanted))
        assert closures(wanted).codes == ("BAD_INPUT",)
