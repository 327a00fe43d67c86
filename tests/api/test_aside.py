"""Dear questions answered by the process beside: as they are here, and here where that process is not there."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import orjson
import psutil
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.aside import Aside, Found
from api.document import Documents
from api.limit import Limits
from api.metric import Metrics
from api.operation import Answer, Executor, Request
from api.schema import SCHEMA
from graph.audit import audit_log
from graph.managed.instance import Connection
from graph.open import Graph
from graph.settings import Settings
from resolution.model import shipped_document
from resolution.published import publish
from security.marking import parse_grants
from tests.api.conftest import ADDRESS
from tests.api.test_monster import DEAR, crowded
from tests.api.town import Town
from tests.conftest import KEY

pytestmark = pytest.mark.database

_GENERAL_S = 60.0
_LINKS = (
    "links(first: 5) { totalCount edges { cursor node { id type grade { source intelligence } to { id label } } } }"
)
ENTITY = f"query($id: ID!) {{ entity(id: $id) {{ id label degree {_LINKS} }} }}"
QUESTIONS = (
    ENTITY,
    "query($id: ID!) { expand(ids: [$id], hops: 2) { nodes { id } links { id } truncated { reason } } }",
    "query($id: ID!) { subjectProfile(id: $id) { subject { id label } associates(first: 5) { totalCount } } }",
    "query($id: ID!) { paths(from: $id, to: $id, maxHops: 99) { paths { length } } }",
    "query($id: ID!) { entity(id: $id) { id } whyNot(a: $id, b: $id) { weight } }",
    "query($id: Int!) { entity(id: $id) { id } }",
    "{ nonsense }",
)


class Told(Aside):
    """Counts what it answers."""

    found = 0

    def answer(self, request: Request) -> Found | None:
        answer = super().answer(request)
        self.found += answer is not None
        return answer


@pytest.fixture(scope="module")
def installed(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("aside")
    (folder / "key").write_bytes(KEY)
    return Settings(
        data_dir=folder,
        secret_key_file=folder / "key",
        neo4j_uri=connection.uri,
        neo4j_user=connection.user,
        neo4j_password=connection.password,
    )


@pytest.fixture(scope="module")
def begun(installed: Settings) -> Iterator[Told]:
    with Told(installed) as aside:
        yield aside
    assert processes() == []


@pytest.fixture
def executor(served: Graph, installed: Settings) -> Executor:
    limits, schema = Limits(), SCHEMA._schema
    return Executor(schema, served, limits, Metrics(), audit_log(installed), Documents(schema, limits))


@pytest.fixture
def aside(begun: Told, executor: Executor, served: Graph) -> Told:
    """The other process, once it is there."""
    until = time.monotonic() + _GENERAL_S
    while begun.answer(asked(executor, served, "{ entities(kind: PERSON) { totalCount } }")) is None:
        assert time.monotonic() < until
        time.sleep(0.05)
    return begun


def processes() -> list[psutil.Process]:
    return [each for each in psutil.Process().children() if "api.aside" in " ".join(each.cmdline())]


def asked(executor: Executor, graph: Graph, query: str, deadline_s: float = 30.0, **variables: object) -> Request:
    viewer = graph.catalogue.viewer("tester", parse_grants(["OFFICIAL"]))
    deadline = time.monotonic() + deadline_s
    return Request(executor.plan(query, None, dict(variables)), viewer, "one", deadline=deadline)


def written(answer: Answer) -> bytes:
    return orjson.dumps(answer.body)


def test_an_answer_is_what_it_is_here(aside: Told, executor: Executor, served: Graph, town: Town) -> None:
    for query in QUESTIONS:
        for id_ in (town.maria, town.hidden, "e_" + "a" * 20):
            request = asked(executor, served, query, id=id_)
            here, found = executor.answer(request), aside.answer(request)
            if request.plan.operation is None:
                # It is known here already why it is refused.
                assert found is None, query
                continue
            assert found is not None, query
            there = found.answer
            assert written(there) == written(here), query
            assert there.named.ids == here.named.ids
            assert there.named.marking(served.catalogue) == here.named.marking(served.catalogue)
            for name in ("executed", "done", "question", "codes", "questions", "truncated"):
                assert getattr(there, name) == getattr(here, name), (query, name)
            assert found.work > 0


def test_what_changes_something_or_is_kept_here_is_answered_here(
    aside: Told, executor: Executor, served: Graph
) -> None:
    for query in ('mutation { unwatch(id: "o_aaaaaaaaaaaaaaaaaaaa") { id } }', "{ metrics { total } }"):
        assert aside.answer(asked(executor, served, query)) is None


def test_dear_questions_of_clients_go_there_and_are_on_record(
    aside: Told, installed: Settings, served: Graph, town: Town
) -> None:
    before = aside.found
    limits = Limits(heavy=2)
    with (
        TestClient(create_app(installed, served, limits, aside), base_url=ADDRESS) as beside,
        TestClient(create_app(installed, served, limits), base_url=ADDRESS) as alone,
    ):
        body = {"query": ENTITY, "variables": {"id": town.maria}}
        assert beside.post("/graphql", json=body).content == alone.post("/graphql", json=body).content
        assert aside.found == before + 1
        # What is taken apart here is made here.
        profile = f"/profiles/{town.maria}"
        assert beside.get(profile).json()["subject"] == alone.get(profile).json()["subject"]
        assert aside.found == before + 1
    links = [orjson.loads(link.body) for link in audit_log(installed).links()]
    one, other = [each for each in links if each["operation"] == "entity"]
    alike = ("ids", "marking", "outcome", "document", "asked")
    assert [one[name] for name in alike] == [other[name] for name in alike]
    assert town.maria in one["ids"]


def test_it_judges_by_the_model_that_stands(aside: Told, executor: Executor, served: Graph, town: Town) -> None:
    why_not = "query($a: ID!, $b: ID!) { whyNot(a: $a, b: $b) { weight } }"

    def weighed() -> tuple[bytes, bytes]:
        request = asked(executor, served, why_not, a=town.maria, b=town.jon)
        found = aside.answer(request)
        assert found is not None
        return written(executor.answer(request)), written(found.answer)

    shipped, there = weighed()
    assert there == shipped
    document = shipped_document()
    publish(served, {**document, "matches": {**document["matches"], "same": -9.0}}, "trainer")
    # As of a second ago at most.
    time.sleep(1.1)
    here, there = weighed()
    assert here != shipped
    assert there == here


def test_who_is_gone_or_out_of_time_is_not_answered(aside: Told, executor: Executor, served: Graph, town: Town) -> None:
    crowded(served.store, town)
    began = time.monotonic()
    late = aside.answer(asked(executor, served, DEAR, 0.3))
    assert late is not None
    assert late.answer.codes == ("TIMED_OUT",)
    assert time.monotonic() - began < _GENERAL_S / 2
    gone = threading.Event()
    request = asked(executor, served, DEAR)
    threading.Timer(0.1, gone.set).start()
    left = aside.answer(Request(request.plan, request.viewer, "two", gone.is_set, request.deadline))
    assert left is not None
    assert left.answer.codes == ("TIMED_OUT",)
    # The line is free for the next.
    after = aside.answer(asked(executor, served, ENTITY, id=town.maria))
    assert after is not None
    assert after.answer.codes == ()


def test_where_it_is_killed_it_is_answered_here(
    aside: Told, installed: Settings, served: Graph, town: Town, executor: Executor
) -> None:
    crowded(served.store, town)
    # The last test of this file: it is begun again only after a while.
    (process,) = processes()
    threading.Timer(0.2, process.kill).start()
    assert aside.answer(asked(executor, served, DEAR)) is None
    with TestClient(create_app(installed, served, Limits(heavy=2), aside), base_url=ADDRESS) as client:
        body = {"query": ENTITY, "variables": {"id": town.maria}}
        assert client.post("/graphql", json=body).json()["data"]["entity"]["id"] == town.maria
