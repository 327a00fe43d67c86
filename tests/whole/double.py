"""Double worlds: a world built with and without its hidden part, and everything asked of both.

A question that the API learns is added in `double_question.py`; nothing else is needed for it to be held to this proof.
"""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from string import Template
from tempfile import NamedTemporaryFile
from typing import Any, LiteralString, TypeVar

import orjson
from starlette.testclient import TestClient

from graph.catalogue import Catalogue
from graph.ids import Ids, link_id
from graph.managed.instance import Connection
from graph.marking_numbers import StoredMarkings
from graph.open import Graph
from graph.store import Rows, Store, Transaction
from loaders.load import load
from loaders.mapping import SourceMapping, load_mappings
from loaders.options import LoadOptions
from loaders.settle import settle
from security.marking import parse_grants, parse_marking
from tests.conftest import KEY, NOW, prepare
from tests.whole.double_client import EVENTS, answer_of, body_of
from tests.whole.double_drawing import Question, drawn
from tests.whole.double_world import Arrival, Line, Saying, World
from tests.whole.silo import DAY, JANUARY

T = TypeVar("T")
HEADERS = {
    "people": "row,id,name,dob,gender,phone,email,address,postcode,vrm,nhs,alias,warning,grade,marking",
    "events": "row,id,kind,type,date,reference,latitude,longitude,grade,marking",
    "things": "row,id,kind,a,b,marking",
    "matches": "row,id,date,category,away,attendance,officers,incidents,marking",
    "statements": "row,type,from,to,role,date,until,grade,marking",
}
PRIORITIES = {"force": 50, "intel": 80, "covert": 90}
MAPPING = Template(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
# So many hidden ids of each sort are asked for.
MOST_HIDDEN = 1


# Worlds differ so much in size that the database would plan every statement again for each: 18 of 26 s.
_PLANNED: LiteralString = "CYPHER replan=skip "


class SteadyTransaction(Transaction):
    """A transaction whose statements keep their plans."""

    def run_text(self, text: LiteralString, params: Mapping[str, Any]) -> Rows:
        """The rows of a statement."""
        return super().run_text(_PLANNED + text, params)


class SteadyStore(Store):
    """A store whose statements keep their plans."""

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Nothing: on a machine that is busy with other worlds a database may be slow, and is not away."""
        yield

    def _query(self, name: str, text: LiteralString, params: Mapping[str, Any], timeout_s: float | None) -> Rows:
        return super()._query(name, _PLANNED + text, params, timeout_s)

    def _transact(self, access: str, work: Callable[[Transaction], T], timeout_s: float | None = None) -> T:
        return super()._transact(access, lambda given: work(SteadyTransaction(given._transaction)), timeout_s)


@contextmanager
def opened(connection: Connection) -> Iterator[Graph]:
    """A graph whose clock stands still."""
    with SteadyStore(connection, timeout_s=60.0) as store:
        yield Graph(store, Ids(KEY), Catalogue(store), lambda: NOW)


LOADED = NOW - DAY


@dataclass(frozen=True, slots=True)
class Delivery:
    """What comes together: rows in their order, and the date of the delivery."""

    lines: Sequence[Line]
    as_of: int


def build(graph: Graph, world: World, folder: Path, *, hidden: bool) -> None:
    """The world as the graph, nothing left of the one before; the hidden part comes when the world says."""
    prepare(graph.store)
    graph.catalogue.refresh()
    words = [*world.seen_words, *(world.hidden_words if hidden else ())]
    if world.words_first:
        write_words(graph, words)
    for number, delivery in enumerate(_deliveries(world, hidden=hidden)):
        deliver(graph, delivery, folder / str(number), world.declared)
    if not world.words_first:
        write_words(graph, words)
        settle(graph, StoredMarkings(graph.store), rebuild=True, progress=lambda *_: None)
    write_disputes(graph, world, hidden=hidden)
    graph.catalogue.refresh()


def write_disputes(graph: Graph, world: World, *, hidden: bool) -> None:
    """Note something against a visible record, and against some hidden ones."""
    people = [line for line in world.people(hidden=False) if line.key][:1]
    people += [line for line in world.people(hidden=True) if line.key][:6] if hidden else []
    for record in dict.fromkeys(_record(graph, line) for line in people):
        note = {"right": "DISPUTED", "reason": "noted before", "by": "tester", "at": LOADED, "record": record}
        stored = note | {"id": graph.ids.dispute(record)}
        graph.store.write(lambda transaction, stored=stored: transaction.run("dispute/append", dispute=stored))  # type: ignore[misc]


def _deliveries(world: World, *, hidden: bool) -> list[Delivery]:
    seen = Delivery(world.seen, JANUARY)
    if not hidden:
        return [seen]
    if world.arrival is Arrival.AMONG:
        return [Delivery(_among(world.chance, world.seen, world.hidden), JANUARY)]
    secret = Delivery(world.hidden, JANUARY + DAY * world.chance.randint(-1, 1))
    return [secret, seen] if world.arrival is Arrival.BEFORE else [seen, secret]


def _among(chance: random.Random, seen: Sequence[Line], hidden: Sequence[Line]) -> list[Line]:
    """Both, shuffled together; the visible ones keep their order."""
    places = set(chance.sample(range(len(seen) + len(hidden)), len(hidden)))
    one, other = iter(seen), iter(chance.sample(hidden, len(hidden)))
    return [next(other) if place in places else next(one) for place in range(len(seen) + len(hidden))]


def deliver(graph: Graph, delivery: Delivery, folder: Path, declared: Sequence[str]) -> None:
    """Load rows through the public loader, one mapping for each source that they name; without a key they are bad."""
    rows: defaultdict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in delivery.lines:
        rows[line.source, line.file].append(line)
    sources = list(dict.fromkeys(line.source for line in delivery.lines))
    for source in sources:
        (folder / source).mkdir(parents=True)
        for name, header in HEADERS.items():
            with (folder / source / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(header.split(","))
                writer.writerows(line.cells for line in rows[source, name])
    # What is new is told once its second is over.
    earlier = Graph(graph.store, graph.ids, graph.catalogue, lambda: LOADED)
    options = LoadOptions(folder, NOW, delivery.as_of, rejects=folder)
    report = load(earlier, [_mapping(source, tuple(declared)) for source in sources], options)
    assert report.rejected == sum(not line.key for line in delivery.lines), [file.codes for file in report.files]


@cache
def _mapping(source: str, declared: Sequence[str]) -> SourceMapping:
    """A source's mapping: read once, because that took a tenth of building a world."""
    with NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as file:
        file.write(MAPPING.substitute(source=source, priority=PRIORITIES[source]))
        file.flush()
        return load_mappings([Path(file.name)], declared)[0]


def write_words(graph: Graph, words: Iterable[Saying]) -> None:
    """Store analysts' decisions as ARCHITECTURE says that they are stored."""
    numbers = StoredMarkings(graph.store)
    rows = [
        {
            "id": _decision(graph, word),
            "a": _record(graph, word.a),
            "b": _record(graph, word.b),
            "verdict": word.verdict,
            "basis": "ANALYST",
            "by": "tester",
            "at": LOADED,
            "reason": "seen together",
            "mk": numbers.of_text(word.marking),
        }
        for word in words
    ]

    def create(transaction: Transaction) -> None:
        transaction.run_text("UNWIND $rows AS row MERGE (d:Decision {id: row.id}) SET d = row", {"rows": rows})

    graph.store.write(create)


def decision_ids(graph: Graph, world: World) -> list[str]:
    """The ids of all words of a world, whether or not they are there."""
    return sorted(_decision(graph, word) for word in (*world.seen_words, *world.hidden_words))


def _decision(graph: Graph, word: Saying) -> str:
    return graph.ids.decision(_record(graph, word.a), _record(graph, word.b), word.verdict, word.marking)


def _record(graph: Graph, line: Line) -> str:
    return graph.ids.record(line.source, "Person", line.key, parse_marking(line.marking).text)


def hidden_ids(graph: Graph, viewer: str, chance: random.Random) -> list[str]:
    """Some ids of each sort that this viewer may not know of: entities by kind, records, links, ties, decisions."""
    allowed = set(graph.catalogue.viewer("tester", parse_grants(viewer.split(","))).allowed)
    sorts: defaultdict[str, set[str]] = defaultdict(set)
    touched: set[str] = set()
    for row in graph.store.stream("dump/links"):
        found, type_ = row["properties"], row["type"]
        tie = type_ == "SAME_IDENTITY"
        if found["mk"] in allowed:
            touched |= {row["from"], row["to"]}
        else:
            id_ = f"l_{row['from'][2:]}_{row['to'][2:]}" if tie else link_id(found["row"], found["place"])
            sorts["tie" if tie else "link"].add(id_)
    for row in graph.store.stream("dump/entities"):
        node = row["properties"]
        if node.get("mk") not in allowed and node["id"] not in touched:
            sorts[node["kind"]].add(node["id"])
    for name in ("records", "decisions"):
        for row in graph.store.stream(f"dump/{name}"):
            if row["properties"]["mk"] not in allowed:
                sorts[name].add(row["properties"]["id"])
    return [id_ for _, ids in sorted(sorts.items()) for id_ in chance.sample(sorted(ids), min(MOST_HIDDEN, len(ids)))]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it came, with what was asked and by which maker of questions."""

    maker: str
    query: str
    variables: Mapping[str, Any]
    body: bytes

    def masked(self, id_: str) -> bytes:
        """The answer with an id made unreadable."""
        return self.body.replace(id_.encode(), b"-")


@dataclass(slots=True)
class Asker:
    """Asks as one viewer, and keeps every answer; `betrayed` are hidden ids that were not answered as absent ones.

    `waiting`: what is only asked if it is drawn; None where everything is asked.
    """

    client: TestClient
    viewer: str
    maker: str = ""
    answers: list[Answer] = field(default_factory=list)
    betrayed: list[str] = field(default_factory=list)
    waiting: list[Question] | None = None

    def __call__(self, query: str, **variables: Any) -> dict[str, Any]:
        """The data of an answer, empty where there is none; errors are answers too."""
        data: dict[str, Any] = orjson.loads(self.ask(query, **variables).body).get("data") or {}
        return data

    def maybe(self, query: str, **variables: Any) -> None:
        """Ask what nothing that follows depends on: at once, or, if it is drawn, when its maker has asked the rest."""
        if self.waiting is None:
            self.ask(query, **variables)
        else:
            self.waiting.append(Question(query, variables))

    def watch(self, query: str) -> Answer:
        """What a stream says first, as it came; then nobody is there any more."""
        answer = Answer(self.maker, query, {}, body_of(self.client, {"query": query}, self.viewer, accept=EVENTS))
        self.answers.append(answer)
        return answer

    def call(self, method: str, path: str, body: bytes = b"") -> Answer:
        """An answer of a route beside GraphQL, its status and headers with it; `path` with what is asked after it."""
        said = answer_of(self.client, method, path, body, self.viewer)
        answer = Answer(self.maker, f"{method} {path}", {"body": body.decode()}, said)
        self.answers.append(answer)
        return answer

    def ask(self, query: str, **variables: Any) -> Answer:
        """An answer as it came."""
        body = body_of(self.client, {"query": query, "variables": variables}, self.viewer)
        answer = Answer(self.maker, query, variables, body)
        self.answers.append(answer)
        return answer


@dataclass(slots=True)
class Known:
    """What questions are made of: what this viewer has been shown so far, hidden ids, and a fixed chance.

    `whole`: everything is asked; else some, drawn.
    """

    chance: random.Random
    hidden: Sequence[str]
    people: Sequence[Line]
    things: dict[str, list[str]] = field(default_factory=dict)
    records: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)
    whole: bool = True

    def some(self, kind: str, most: int) -> list[str]:
        """Some ids of a kind that were shown."""
        return self.chance.sample(self.things[kind], min(most, len(self.things[kind])))

    def few(self, all_: Iterable[T], most: int) -> list[T]:
        """All of these; where questions are drawn only so many, in their order."""
        held = list(all_)
        if self.whole or len(held) <= most:
            return held
        return [held[place] for place in sorted(self.chance.sample(range(len(held)), most))]

    def sort(self, id_: str) -> str:
        """Of what sort an id is: hidden, a kind that was shown, or its prefix."""
        if id_ in self.hidden:
            return "hidden"
        return next((kind for kind, ids in self.things.items() if id_ in ids), id_[:2])


Maker = Callable[[Asker, Known], None]


def ask_all(client: TestClient, viewer: str, known: Known, makers: Iterable[Maker]) -> Asker:
    """What this viewer is told by everything that the makers ask, or by some of it, in their order."""
    asker = Asker(client, viewer, waiting=None if known.whole else [])
    for maker in makers:
        asker.maker = maker.__name__
        maker(asker, known)
        for question in drawn(asker.waiting or (), known.chance, known.sort):
            asker.ask(question.query, **question.variables)
        if asker.waiting:
            asker.waiting.clear()
    return asker


def follow(ask: Asker, query: str, id_: str | None = None) -> None:
    """Ask for the pages of a list, `page` or `of { page }`, to the end."""
    after, given = None, {} if id_ is None else {"id": id_}
    for _ in range(40):
        data = ask(query, after=after, **given)
        page = (data if "page" in data else data.get("of") or {}).get("page") or {}
        after = page.get("pageInfo", {}).get("endCursor")
        if not page.get("pageInfo", {}).get("hasNextPage"):
            return
