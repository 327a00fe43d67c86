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
from contextlib import contextmanager
from itertools import cycle, islice
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from api.limit import Limits
from api.schema import SCHEMA
from graph.store import Transaction
from tests.api.injection import CANARY, injections, slots
from tests.api.town import Asker, Town

pytestmark = pytest.mark.database
TEXTS = injections()
# Of each place so many texts, drawn in turn so that all are asked; by the environment all of them at every place.
OF_EACH = int(os.environ.get("POLEGRAPH_TEST_INJECTIONS", "45"))
ASKED = quote("{ sources { records } }")
_TOGETHER = Limits().aliases
_EXPECTED = {"BAD_INPUT", "NOT_FOUND", "FORBIDDEN", "CONFLICT", "TOO_COSTLY"}


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
    asked, codes = 0, set()
    with on_the_wire() as sent:
        for slot, texts in zip(slots(SCHEMA._schema, town.maria), dealt(OF_EACH), strict=False):
            for document, variables in slot.documents(texts, _TOGETHER):
                _, text = posted(ask.client, "/graphql", {"query": document, "variables": variables})
                found = {error["extensions"]["code"] for error in json.loads(text).get("errors", ())}
                assert found <= _EXPECTED, (slot.name, text[:500])
                asked += len(variables)
                codes |= found
    assert asked > 2_000
    assert sent.total() > 1_000
    assert [text for text in sent if CANARY in text.lower()] == []
    assert town.world.graph.store.look(everything) == before


def everything(transaction: Transaction) -> list[dict[str, object]]:
    """All that is in the graph but workspaces and jobs, which are kept for whoever asks: own ids, and what they say."""
    return transaction.run_text(
        "MATCH (n) WHERE NOT n:Workspace AND NOT n:Job OPTIONAL MATCH (n)-[r]->() "
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
