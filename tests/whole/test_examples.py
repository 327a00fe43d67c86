"""Every example of docs/questions answers over a generated city, and every question has one."""

from __future__ import annotations

import json
import re
import socket
import warnings
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, LiteralString

import pytest
from fastapi.testclient import TestClient
from graphql import (
    FieldNode,
    GraphQLObjectType,
    OperationDefinitionNode,
    Undefined,
    parse,
    validate,
    value_from_ast_untyped,
)

from alert.watch import Wanted, watch
from api.app import create_app
from api.schema import SCHEMA
from api.serve import background
from client import Client, CutWarning
from graph import job, workspace
from graph.audit import audit_log
from graph.catalogue import Catalogue
from graph.ids import Ids
from graph.open import Graph
from graph.settings import Settings
from graph.store import Store
from loaders.load import load
from loaders.mapping import load_mappings
from loaders.options import LoadOptions
from loaders.world import generate
from loaders.world.calendar import END
from resolution.change import Watched
from security.audit import Act, AuditLog, Entry
from security.break_glass import BreakGlass, Breaking
from security.marking import EVERYTHING
from tests.client.reading import read_whole
from tests.conftest import KEY, prepare
from tools.client_maker.python import attribute_of
from tools.notebook import NOTEBOOK, run

pytestmark = pytest.mark.database

DOCS = Path(__file__).parents[2] / "docs" / "questions"
COVERT = "OFFICIAL-SENSITIVE; operation=ACORN"
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)
EXAMPLE = re.compile(r"```graphql\n((?:(?!```).)*)```\s+```json\n(.*?)```", re.DOTALL)
# Words in capitals of the variables: what they stand for, as one row with the columns of those names.
MEANT: tuple[LiteralString, ...] = (
    """MATCH (a:Person)-[:INVOLVED_IN {role: 'SUSPECT'}]->(c:Crime)<-[:INVOLVED_IN {role: 'SUSPECT'}]-(b:Person)
       MATCH (a)-[:USES]->(p:Phone) MATCH (r:Record)-[:RESOLVES_TO]->(a) WHERE a.date_of_birth IS NOT NULL
       RETURN a.id AS PERSON, b.id AS OTHER_PERSON, p.id AS PHONE, c.id AS CRIME, r.id AS RECORD, a.label AS NAME,
         toInteger(substring(a.date_of_birth, 0, 4)) AS YEAR ORDER BY a.id, b.id, c.id, p.id, r.id LIMIT 1""",
    """MATCH (a:Person)-[:USES]->(p:Phone)<-[:USES]-(b:Person) WHERE a.id < b.id
       RETURN a.id AS SHARER, b.id AS OTHER_SHARER, p.id AS SHARED ORDER BY a.id, b.id LIMIT 1""",
    """MATCH (e:Event)-[:OCCURRED_AT]->(a:Address)<-[:LIVES_AT]-(:Person)
       WHERE a.location IS NOT NULL AND e.at > 1727740800
       RETURN a.id AS ADDRESS, a.location.latitude AS LATITUDE, a.location.longitude AS LONGITUDE
       ORDER BY a.id LIMIT 1""",
    """MATCH (a:Phone)-[:INVOLVED_IN]->(:Call)<-[:INVOLVED_IN]-(q:Phone)
       MATCH (q)-[:INVOLVED_IN]->(:Call)<-[:INVOLVED_IN]-(b:Phone)
       WHERE a.id < b.id RETURN a.id AS CALLER, b.id AS OTHER_CALLER ORDER BY a.id, b.id LIMIT 1""",
    """MATCH (d:Area)<-[:IN*1..3]-(a)<-[:OCCURRED_AT]-(e:Event) WHERE e.kind IN ['Crime', 'Incident']
       WITH d, a, count(e) AS events WHERE events > 2 RETURN d.id AS DISTRICT ORDER BY events DESC, d.id LIMIT 1""",
    """MATCH (i:Incident)-[:OCCURRED_AT]->(:Address)<-[:LIVES_AT]-(:Person)
       RETURN i.id AS OPENED ORDER BY i.at DESC, i.id LIMIT 1""",
    """MATCH (e:PublicEvent) WHERE e.incidents IS NULL RETURN e.id AS FIXTURE ORDER BY e.at, e.id LIMIT 1""",
    """MATCH (p:Person) MATCH (m:Marking {mk: p.mk}) WHERE m.text CONTAINS '='
       RETURN p.id AS COVERT ORDER BY p.id LIMIT 1""",
    "MATCH (:Person)-[:KEEPS]->(v:Vehicle) WHERE v.vrm IS NOT NULL RETURN v.vrm AS VRM ORDER BY v.vrm LIMIT 1",
)


@dataclass(frozen=True, slots=True)
class Example:
    """An example of a page: its operation, and its variables with words for what the graph is to give."""

    page: str
    query: str
    variables: Mapping[str, Any]

    @property
    def questions(self) -> set[str]:
        """The questions that it asks."""
        return {field.name.value for field in self._fields()}

    def asked(self, variables: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Each question with the arguments that it has here."""
        for field in self._fields():
            given = (
                (each.name.value, value_from_ast_untyped(each.value, dict(variables))) for each in field.arguments or ()
            )
            yield field.name.value, {name: value for name, value in given if value is not Undefined}

    def _fields(self) -> Iterator[FieldNode]:
        for operation in parse(self.query).definitions:
            if isinstance(operation, OperationDefinitionNode):
                for field in operation.selection_set.selections:
                    assert isinstance(field, FieldNode)
                    yield field


def examples() -> Iterator[Example]:
    for page in sorted(DOCS.glob("*.md")):
        for query, variables in EXAMPLE.findall(page.read_text("utf-8")):
            yield Example(page.name, query, json.loads(variables))


@pytest.fixture(scope="module")
def city(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """A small generated city, loaded, on its last day."""
    prepare(store)
    made = generate(tmp_path_factory.mktemp("examples"), people=300, seed=5)
    today = int(datetime.fromordinal(END).replace(tzinfo=UTC).timestamp())
    graph = Graph(store, Ids(KEY), Catalogue(store), lambda: today)
    load(graph, load_mappings(list(made.mappings), []), LoadOptions(made.out / "data", today, today))
    return Graph(store, graph.ids, graph.catalogue, lambda: today + 60)


@pytest.fixture(scope="module")
def meant(city: Graph) -> dict[str, Any]:
    """What the words in capitals stand for; one is a watch that has fired."""
    found: dict[str, Any] = {}
    for text in MEANT:
        (row,) = city.store.write(lambda transaction, text=text: transaction.run_text(text, {}))  # type: ignore[misc]
        found |= row
    analyst = city.catalogue.viewer("developer", EVERYTHING)
    wanted = Wanted("Wolf", Watched((found["PERSON"], found["PHONE"])), since=city.clock() - 86_400)
    drawn = workspace.Wanted("Wolf", things=(workspace.Placed(found["PERSON"], 0.0, 0.0, note="seen at the station"),))
    made = {"WATCH": watch(city, analyst, wanted).id, "WORKSPACE": workspace.save(city, analyst, drawn).id}
    return found | made | {"JOB": job.begin(city, analyst, "keyPlayers", "these").id}


@pytest.fixture(scope="module")
def settings(city: Graph, meant: Mapping[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An installation whose log says that somebody looked at the person on four days, never with a reference."""
    found = Settings(data_dir=tmp_path_factory.mktemp("installation"))
    log, days = audit_log(found), iter(range(4, 0, -1))
    with closing(AuditLog(log.book, log.seal, lambda: city.clock() - next(days, 0) * 86_400.0)) as before:
        for day in range(4):
            entry = Entry(
                Act.CONSULTATION, "pc-77", "subjectProfile", str(day), "api", asked=(meant["PERSON"], meant["COVERT"])
            )
            before.append(entry)
    now = city.clock()
    broken = Breaking("", "pc-77", "OFFICER", (COVERT,), "a child is missing", "SAFEGUARDING", "c 7", now, now + 1_800)
    BreakGlass(found.break_glass_file, [COVERT]).begin(broken)
    return found


@pytest.fixture(scope="module")
def served(city: Graph, settings: Settings) -> Iterator[Client]:
    """The city, served, and a client of it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with background(settings, city, port=port) as address, Client(address, purpose="TRAINING") as client:
        yield client


@pytest.mark.parametrize("example", list(examples()), ids=lambda one: f"{one.page}:{'-'.join(sorted(one.questions))}")
def test_an_example_answers(city: Graph, settings: Settings, meant: Mapping[str, Any], example: Example) -> None:
    with TestClient(create_app(settings, city), base_url="http://localhost") as client:
        body = {"query": example.query, "variables": _filled(example.variables, meant)}
        answer = client.post("/graphql", json=body, headers={"X-Purpose": "TRAINING"}).json()
    assert "errors" not in answer, answer["errors"]
    for name, value in answer["data"].items():
        assert _says(value), f"{name} says nothing: {value}"


@pytest.mark.parametrize("example", list(examples()), ids=lambda one: f"{one.page}:{'-'.join(sorted(one.questions))}")
def test_the_client_answers_what_an_example_asks(served: Client, meant: Mapping[str, Any], example: Example) -> None:
    """By the question's own document, whole: everything that comes is of the type that the client says."""
    for question, given in example.asked(_filled(example.variables, meant)):
        ask = getattr(served, attribute_of(question))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", CutWarning)
            answer = ask(**{attribute_of(name): value for name, value in given.items()})
        assert read_whole(answer)


def test_the_notebook_runs(served: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLEGRAPH_URL", served.url)
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    shown = [output for outputs in run(notebook) for output in outputs]
    assert sum("image/png" in output.get("data", ()) for output in shown) == 2
    kept = [cell["outputs"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert all(kept), "keep what it shows with `make notebook`"


@pytest.mark.parametrize("block", PYTHON.findall((DOCS.parent / "client.md").read_text("utf-8")))
def test_the_python_of_a_page_runs(served: Client, block: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    here = block.replace("http://127.0.0.1:8000", served.url).replace("Client(p", f"Client({served.url!r}, p")
    once = here.replace("        print(metrics.as_of, metrics.total)", "        break")
    exec(once, {"Client": Client})  # noqa: S102 - our own page


def _filled(value: Any, meant: Mapping[str, Any]) -> Any:
    if isinstance(value, dict):
        return {name: _filled(each, meant) for name, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, meant) for each in value]
    return meant.get(value, value) if isinstance(value, str) else value


def _says(value: Any) -> bool:
    """Whether there is anything in an answer but what every answer has."""
    if isinstance(value, dict):
        return any(_says(each) for name, each in value.items() if name not in ("pageInfo", "asOf", "totalCount"))
    return any(_says(each) for each in value) if isinstance(value, list) else value not in (None, "", 0)


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_every_operation_is_one_of_the_schema(page: Path) -> None:
    """Those too that change something and are not run here."""
    for text in re.findall(r"```graphql\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
        assert validate(SCHEMA._schema, parse(text)) == []


def test_every_question_has_an_example() -> None:
    served = SCHEMA._schema.query_type
    assert isinstance(served, GraphQLObjectType)
    asked = {question for example in examples() for question in example.questions}
    assert asked == set(served.fields)


def test_the_index_names_every_page() -> None:
    index = (DOCS / "README.md").read_text("utf-8")
    assert set(re.findall(r"\]\(([a-z-]+\.md)\)", index)) == {p.name for p in DOCS.glob("*.md")} - {"README.md"}
