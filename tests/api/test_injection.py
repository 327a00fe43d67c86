"""A text is a value wherever it is given: none ever stands in a statement, breaks anything or changes anything."""

from __future__ import annotations

import ast
import io
import json
import logging
import os
import tokenize
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import cycle, islice
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from api.limit import Limits
from api.schema import SCHEMA
from graph.store import Transaction
from tests.api.injection import CANARY, Slot, injections, slots
from tests.api.town import Asker, Town
from tests.read.world import OPEN
from tests.whole.double_client import EVENTS, body_of

pytestmark = pytest.mark.database
TEXTS = injections()
# Of each place so many texts, drawn in turn so that all are asked; by the environment all of them at every place. That
# takes an hour: it may be done in parts, from a place.
OF_EACH = int(os.environ.get("POLEGRAPH_TEST_INJECTIONS", "45"))
FIRST_PLACE = int(os.environ.get("POLEGRAPH_TEST_FIRST_PLACE", "0"))
ASKED = quote("{ sources { records } }")
_TOGETHER = Limits().aliases
_EXPECTED = {"BAD_INPUT", "NOT_FOUND", "FORBIDDEN", "CONFLICT", "TOO_COSTLY"}
_STREAMS = 32
# What a machine that is busy says is asked again.
_BUSY, _TRIES = {"TIMED_OUT", "UNAVAILABLE"}, 5


@contextmanager
def on_the_wire() -> Iterator[Counter[str]]:
    """The texts of the statements that the driver says it sends, and how often."""
    sent: Counter[str] = Counter()

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if "C: RUN" in str(record.msg):
                assert isinstance(record.args, tuple)
                first = next(tokenize.generate_tokens(io.StringIO(str(record.args[1])).readline))
                sent[ast.literal_eval(first.string)] += 1

    logger, kept = logging.getLogger("neo4j.io"), Kept()
    before = logger.level
    logger.setLevel(logging.DEBUG)
    logger.addHandler(kept)
    try:
        yield sent
    finally:
        logger.removeHandler(kept)
        logger.setLevel(before)


def posted(client: TestClient, path: str, body: object) -> tuple[int, str]:
    """Status and text of the answer to a body of JSON, half a surrogate pair in it or not."""
    answer = client.post(path, content=json.dumps(body), headers={"Content-Type": "application/json"})
    return answer.status_code, answer.text


def dealt(count: int) -> Iterator[list[str]]:
    """So many texts for each place, all in turn."""
    texts = cycle(TEXTS)
    while True:
        yield list(islice(texts, count))


@pytest.mark.timeout(7_200)
def test_no_text_is_ever_part_of_a_statement(ask: Asker, town: Town) -> None:
    before = town.world.graph.store.look(everything)
    asked = 0
    places = slots(SCHEMA._schema, town.maria, fitting(town))
    with on_the_wire() as sent:
        for slot, texts in islice(zip(places, dealt(OF_EACH), strict=False), FIRST_PLACE, None):
            # A stream holds one text, and may wait before it says anything.
            with ThreadPoolExecutor(_STREAMS if slot.streams else 1) as pool:
                asking = slot.documents(texts, 1 if slot.streams else _TOGETHER)
                for given, found in pool.map(partial(refused, ask.client, slot), asking):
                    assert found <= _EXPECTED, (slot.name, given, found)
                    asked += len(given)
            assert [text for text in sent if CANARY in text.lower()] == [], slot.name
            # The clock stands still, so that jobs would be kept for ever, and each that begins counts those there are.
            town.world.graph.store.write(lambda transaction: transaction.run("job/forget"))
    assert asked == OF_EACH * len(places[FIRST_PLACE:]) > 0
    assert sent.total() > asked / 10, "texts that get no further than being read prove nothing"
    assert town.world.graph.store.look(everything) == before


def fitting(town: Town) -> dict[str, str]:
    """What stands in arguments beside the one that takes a text, so that the text gets as far as it can."""
    jon, phone, record = f'"{town.jon}"', f'"{town.phone}"', f'"r_{town.maria[2:]}"'
    return {
        "decide.b": jon,
        "decide.verdict": "POSSIBLY_SAME",
        "dispute.record": record,
        "watch.ids": f"[{jon}]",
        "paths.to": jon,
        "whyNot.b": jon,
        "mergePreview.b": jon,
        "splitPreview.b": jon,
        "eventContext.id": f'"{town.crime}"',
        "usage.id": phone,
        "callAnalysis.id": phone,
        "connect.ids": f'["{town.maria}", {jon}]',
        "commonContacts.ids": f'["{town.maria}", {jon}]',
    }


def refused(client: TestClient, slot: Slot, asking: tuple[str, dict[str, str]]) -> tuple[dict[str, str], set[str]]:
    """What is given to an operation, and the codes of what is refused of it."""
    document, variables = asking
    for _ in range(_TRIES):
        if slot.streams:
            said = streamed(client, document, variables)
        else:
            said = posted(client, "/graphql", {"query": document, "variables": variables})[1]
        found = {error["extensions"]["code"] for error in json.loads(said).get("errors", ())}
        if not found & _BUSY:
            break
    return variables, found


def streamed(client: TestClient, document: str, variables: dict[str, str]) -> str:
    """What a stream says first, or instead."""
    body = json.dumps({"query": document, "variables": variables}).encode()
    said = body_of(client, body, OPEN, accept=EVENTS).decode()
    event = next((line for line in said.splitlines() if line.startswith("data:")), None)
    return said if event is None else event.removeprefix("data:")


# What people have kept, noted or said, texts and all, and by which number the next change goes.
_OF_PEOPLE = "Workspace|Job|Watch|Decision|Dispute|Installation|Touched"


def everything(transaction: Transaction) -> list[dict[str, object]]:
    """All that sources have said: own ids, labels, properties and links."""
    return transaction.run_text(
        f"MATCH (n:!({_OF_PEOPLE})) OPTIONAL MATCH (n)-[r:!POSSIBLY_SAME]->() "
        "WITH n, r ORDER BY elementId(n), elementId(r) "
        "RETURN elementId(n) AS id, labels(n) AS labels, n{.*} AS said, r{.*} AS link",
        {},
    )


@pytest.mark.parametrize("text", TEXTS[:: len(TEXTS) // 20])
def test_routes_take_texts_as_values(ask: Asker, town: Town, text: str) -> None:
    client, path = ask.client, quote(text.encode("utf-8", "replace"), safe="")
    with on_the_wire() as sent:
        paths = (
            f"/profiles/{path}",
            f"/exports/{path}",
            f"/loads/{path}",
            f"/graphql?query={ASKED}&operationName={path}",
        )
        statuses = {client.get(each).status_code for each in paths}
        for where, body in (
            (f"/intake/{path}", {}),
            ("/stop-check", {"vrm": text}),
            ("/stop-check", {"person": {"surname": text}}),
            ("/stop-check", {"phone": text}),
            ("/vehicle-checks", {"marks": [text]}),
        ):
            statuses.add(posted(client, where, body)[0])
    assert statuses <= {200, 400, 403, 404, 405, 415, 422}
    assert [each for each in sent if CANARY in each.lower()] == []
