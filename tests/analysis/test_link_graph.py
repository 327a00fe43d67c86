"""The link graph: networks taken from it are those that the database gives, whoever asks and for whatever scope."""

from __future__ import annotations

import itertools
import os
import random
import time
from collections.abc import Iterator
from typing import Any

import networkx as nx
import pytest
from starlette.testclient import TestClient

from analysis.gather import renewed, whole
from analysis.kept_links import Keeper, keeping, present
from analysis.link_graph import LinkGraph
from analysis.pull import parties, pull, surroundings
from analysis.scope import SHAREABLE, Scope
from api.app import create_app
from graph.errors import TooCostly
from graph.ids import entity_of
from graph.model import KINDS
from graph.open import Graph
from graph.read.walk import GENERIC_HOLDERS
from graph.settings import Settings
from graph.store import Rows, Transaction
from security.marking import EVERYTHING
from security.viewer import Viewer
from tests.analysis.followed import Followed, hold

pytestmark = pytest.mark.database
# So many random worlds are asked; each is one of some hundred links.
WORLDS, MANY = int(os.environ.get("POLEGRAPH_TEST_WORLDS", "1")), 5
SEED = int(os.environ.get("POLEGRAPH_TEST_SEED", "1"))
_COUNTS = {
    "Person": 24, "Organisation": 3, "Phone": 9, "Email": 3, "Account": 2, "Document": 2, "Address": 6, "Place": 2,
    "Vehicle": 4, "Crime": 6, "StopSearch": 4, "Call": 24, "IntelReport": 3, "Incident": 2,
}  # fmt: skip
_HELD = {
    "USES": ("Phone", "Email", "Account"), "HOLDS": ("Document",), "LIVES_AT": ("Address", "Place"),
    "KEEPS": ("Vehicle",), "DRIVES": ("Vehicle",),
    "INVOLVED_IN": ("Crime", "StopSearch", "IntelReport", "Incident", "Call"),
}  # fmt: skip
_ROLES = (None, "SUSPECT", "VICTIM", "WITNESS", "REPORTING", "CALLER", "OFFENDER")
_GRADES = (111, 121, 221, 352, None)
_FAR = 3_000_000_000
_COME = """
MATCH (o:Entity {id: $other})
CREATE (n:Entity:Subject:Person {id: $id, kind: 'Person', label: $id, mk: 0})
CREATE (n)-[r:ASSOCIATED_WITH {mk: 0, row: 'w_come', place: 0}]->(o)
SET r.a = 'r_' + substring($id, 2), r.b = 'r_' + substring($other, 2)
"""


class Drawn:
    """A random world, written by hand: ids by kind, and links of every type that ties."""

    def __init__(self, graph: Graph, seed: int) -> None:
        self._graph, self._seed, self._chance = graph, seed, random.Random(seed)
        self.ids: dict[str, list[str]] = {}
        self._hidden: set[str] = set()
        self._links: list[dict[str, Any]] = []
        for kind, count in _COUNTS.items():
            self.add(kind, count)
        self._draw()
        for type_ in sorted({link["type"] for link in self._links}):
            text = (
                "UNWIND $links AS l MATCH (a:Entity {id: l.a}) MATCH (b:Entity {id: l.b}) "
                f"CREATE (a)-[r:{type_}]->(b) SET r = l.p"
            )
            given = [link for link in self._links if link["type"] == type_]
            graph.store.write(lambda tx, text=text, given=given: tx.run_text(text, {"links": given}))  # type: ignore[misc]

    def add(self, kind: str, count: int) -> list[str]:
        """So many more things of a kind; a fifth of all but values is hidden."""
        made: list[dict[str, Any]] = []
        for _ in range(count):
            number = sum(map(len, self.ids.values())) + len(made)
            id_ = entity_of(self._graph.ids.record("drawn", kind, f"{self._seed}-{number}", ""))
            node: dict[str, Any] = {"id": id_, "kind": kind, "label": id_}
            if KINDS[kind].identity.value != "value":
                node["mk"] = 2 if self._chance.random() < 0.2 else 0
                if node["mk"]:
                    self._hidden.add(id_)
            if KINDS[kind].event and self._chance.random() < 0.8:
                node["at"] = self._chance.choice((100, 200, 300, 400, _FAR))
            if kind == "StopSearch":
                node["found"] = self._chance.choice((None, "knife", "No", "nothing found"))
            made.append(node)
        text = f"UNWIND $nodes AS node CREATE (n{''.join(f':{each}' for each in KINDS[kind].labels)}) SET n = node"
        self._graph.store.write(lambda tx: tx.run_text(text, {"nodes": made}))
        self.ids[kind] = [*self.ids.get(kind, ()), *(node["id"] for node in made)]
        return self.ids[kind]

    def _draw(self) -> None:
        chance, people = self._chance, [*self.ids["Person"], *self.ids["Organisation"]]
        for _ in range(40):
            self._link("ASSOCIATED_WITH", chance.choice(people), chance.choice(people))
        for type_, kinds in _HELD.items():
            for kind in kinds:
                for _ in range(len(self.ids[kind]) * 3):
                    role = chance.choice(_ROLES) if type_ == "INVOLVED_IN" else None
                    self._link(type_, chance.choice(people), chance.choice(self.ids[kind]), role=role)
        for call in self.ids["Call"]:
            for role in ("CALLER", "CALLED", chance.choice(("CALLER", "CALLED", None))):
                self._link("INVOLVED_IN", chance.choice(self.ids["Phone"]), call, role=role)
        crowd = self.add("Person", GENERIC_HOLDERS)
        for person in crowd:
            self._link("USES", person, self.ids["Phone"][0], mk=0)
            self._link("LIVES_AT", person, self.ids["Address"][0], mk=0)
        self._link("ASSOCIATED_WITH", crowd[0], crowd[-1])

    def _link(self, type_: str, a: str, b: str, mk: int | None = None, **given: Any) -> None:
        chance = self._chance
        # One row may say several links, and one link may be of a hidden row though its ends are not.
        row = self._graph.ids.row("drawn", str(self._seed), str(len(self._links) // 3), "", "")
        hidden = {a, b} & self._hidden or chance.random() < 0.15
        said = {
            "row": row,
            "place": len(self._links) % 3,
            "mk": mk if mk is not None else 2 if hidden else chance.choice((0, 0, 1)),
            "grade": chance.choice(_GRADES),
            "valid_from": chance.choice((None, None, 150, 250, 350)),
            "a": self._graph.ids.record("drawn", "", f"{a} {chance.randrange(3)}", ""),
            "b": self._graph.ids.record("drawn", "", f"{b} {chance.randrange(3)}", ""),
            **given,
        }
        self._links.append({"type": type_, "a": a, "b": b, "p": said})


@pytest.fixture(params=range(SEED, SEED + WORLDS))
def drawn(graph: Graph, request: pytest.FixtureRequest) -> Drawn:
    return Drawn(graph, request.param)


@pytest.fixture
def keeper(graph: Graph) -> Iterator[Keeper]:
    with keeping(graph.store, background=False) as keeper:
        yield keeper


def viewers() -> list[Viewer]:
    return [Viewer("tester", EVERYTHING, allowed) for allowed in ((0,), (0, 1, 2), ())]


def scopes(drawn: Drawn) -> list[Scope]:
    """Whole and bounded, by every way to be tied, of some time and grade."""
    chance = random.Random(SEED)
    somebody = tuple(chance.sample(drawn.ids["Person"], 2))
    things = (drawn.ids["Phone"][1], drawn.ids["Crime"][0], drawn.ids["Phone"][0])
    starts: list[dict[str, Any]] = [{}, {"ids": somebody}, {"ids": things, "hops": 1}, {"ids": somebody[:1], "hops": 3}]
    ties: list[dict[str, Any]] = [
        {},
        {"kinds": SHAREABLE},
        {"kinds": ("Call",)},
        {"kinds": ("Phone", "Crime", "Address", "StopSearch")},
        {"kinds": SHAREABLE, "types": ("USES", "INVOLVED_IN")},
        {"kinds": SHAREABLE, "types": ("LIVES_AT",)},
    ]
    when: list[dict[str, Any]] = [{}, {"since": 200}, {"until": 300, "grade": (2, 2)}, {"since": 180, "until": 320}]
    return [Scope(**{**start, **tie, **time}) for start, tie, time in itertools.product(starts, ties, when)]


def test_networks_are_those_of_the_database(graph: Graph, drawn: Drawn) -> None:
    every = [(viewer, scope) for viewer in viewers() for scope in scopes(drawn)]
    asked = every if WORLDS > MANY else random.Random(SEED).sample(every, 40)
    expected = [pull(graph, viewer, scope) for viewer, scope in asked]
    with keeping(graph.store, background=False) as keeper:
        keeper.renew()
        for (viewer, scope), wanted in zip(asked, expected, strict=True):
            hold(pull(graph, viewer, scope), wanted)
    assert sum(network.ties.count for network in expected) > 100
    assert any(network.generic for network in expected)


def test_surroundings_are_those_of_the_database(graph: Graph, drawn: Drawn) -> None:
    asked = [(viewer, id_) for viewer in viewers() for id_ in drawn.ids["Person"][:6]]
    expected = [surroundings(graph, viewer, [id_]) for viewer, id_ in asked]
    everybody = [parties(graph, viewer, None) for viewer in viewers()]
    with keeping(graph.store, background=False) as keeper:
        keeper.renew()
        for (viewer, id_), wanted in zip(asked, expected, strict=True):
            hold(surroundings(graph, viewer, [id_]), wanted)
        assert [parties(graph, viewer, None) for viewer in viewers()] == everybody


def test_a_viewer_has_their_part_for_networkx(graph: Graph, drawn: Drawn) -> None:
    links = whole(graph.store)
    assert drawn.ids
    for allowed in ((0,), (0, 1, 2)):
        part = links.to_networkx(allowed)
        seen = graph.store.read_text(
            Viewer("tester", EVERYTHING, allowed),
            "test/seen",
            "MATCH (a:Entity)-[r]->(b:Entity) WHERE r.mk IN $allowed "
            "AND (NOT a:Phone OR b:Call AND r.role IN ['CALLER', 'CALLED']) "
            "RETURN a.id AS a, b.id AS b, type(r) AS type, r.grade AS grade",
            {},
        )
        assert isinstance(part, nx.MultiDiGraph)
        edges = [(a, b, said["type"], said["grade"]) for a, b, said in part.edges(data=True)]
        assert sorted(edges, key=str) == sorted((tuple(row.values()) for row in seen), key=str)


def test_what_is_behind_is_not_read(graph: Graph, keeper: Keeper, drawn: Drawn) -> None:
    assert present(graph) is None
    keeper.renew()
    before = present(graph)
    assert before is not None
    graph.store.write(lambda tx: tx.touch(drawn.ids["Person"][:1]))
    assert present(graph) is None
    keeper.renew()
    after = present(graph)
    assert isinstance(after, LinkGraph)
    assert after.moment[1] == before.moment[1] + 1
    graph.store.write(lambda tx: tx.touch_all())
    assert present(graph) is None


def test_links_between_what_is_read_in_parts_are_there_once(
    graph: Graph, drawn: Drawn, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed = Followed(graph.store)
    monkeypatch.setattr("analysis.gather._ASKED", 5)
    graph.store.write(lambda tx: tx.touch([*drawn.ids["Person"], *drawn.ids["Phone"], *drawn.ids["Call"]]))
    followed.follow()
    assert followed.patched == 1


@pytest.mark.parametrize("before", ["network/things_between", "network/links_between"])
def test_what_changes_while_all_is_read_is_put_right(
    graph: Graph, drawn: Drawn, monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    gone, other = drawn.ids["Person"][0], drawn.ids["Person"][1]
    come = entity_of(graph.ids.record("drawn", "Person", "come", ""))
    internal, changed = graph.store.internal, list[str]()

    def change(tx: Transaction) -> None:
        # The database gives the place of who is gone to who comes.
        tx.run_text("MATCH (n:Entity {id: $id}) DETACH DELETE n", {"id": gone})
        tx.run_text(_COME, {"id": come, "other": other})
        tx.touch([gone, come])

    def meanwhile(name: str, **given: Any) -> Rows:
        if name == before and not changed:
            changed.append(name)
            graph.store.write(change)
        return internal(name, **given)

    with monkeypatch.context() as patch:
        patch.setattr(graph.store, "internal", meanwhile)
        links = whole(graph.store)
    after = renewed(graph.store, links)
    assert changed
    assert after is not None
    hold(after, whole(graph.store))
    assert after.numbers([come, gone]).size == 1


def test_a_network_too_large_is_refused_by_either(
    graph: Graph, keeper: Keeper, drawn: Drawn, monkeypatch: pytest.MonkeyPatch
) -> None:
    everyone = Viewer("tester", EVERYTHING, (0, 1, 2))
    for name, scope in (("MOST_PARTIES", Scope()), ("MOST_SUPPORTS", Scope(kinds=("Phone",)))):
        with monkeypatch.context() as patch:
            patch.setattr(f"analysis.pull.{name}", 3)
            for _ in range(2):
                with pytest.raises(TooCostly, match="more than 3 "):
                    pull(graph, everyone, scope)
                keeper.renew()
    assert drawn.ids


def test_a_serving_process_keeps_one_where_the_settings_say_so(graph: Graph, drawn: Drawn) -> None:
    graph.catalogue.refresh()
    ask = {"query": f'{{ communities(scope: {{ids: ["{drawn.ids["Person"][0]}"], kinds: [PHONE]}}) {{ id size }} }}'}
    answers = []
    for kept in (False, True):
        with TestClient(create_app(Settings(network_snapshot=kept), graph), base_url="http://127.0.0.1") as client:
            while kept and present(graph) is None:
                time.sleep(0.05)
            answers.append(client.post("/graphql", json=ask).json())
            # Whoever comes may read the figures: none tells how many links there are, hidden ones among them.
            assert "polegraph_network" not in client.get("/metrics").text
    assert answers[0] == answers[1]
    assert "errors" not in answers[0]
    assert present(graph) is None
