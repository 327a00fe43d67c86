"""What `bench.api` asks, about whom, and what each answer must be: that of the read behind it, without HTTP."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from bench.serving import Client
from graph.answer import LinkFilter
from graph.open import Graph
from graph.read.entity import entity
from graph.read.link import links
from graph.read.listing import count_entities, entities
from graph.read.network import expand
from graph.read.path import paths
from graph.read.where import EntityOrder
from resolution.identify import PartialIdentityInput, stop_check
from security.viewer import Viewer

PEOPLE = 40
# What paths may go by: since 2000, graded, and no worse than 3D.
_ATTESTED = LinkFilter(since=946_684_800, grade=(3, 4))
_TYPING = 2  # letters of a name that are mistyped
_EIGHT = "id ... on Person { kind label givenName surname dateOfBirth gender middleName }"
_LISTS = {
    "addresses": ("LIVES_AT",),
    "vehicles": ("KEEPS", "DRIVES"),
    "contacts": ("USES",),
    "events": ("INVOLVED_IN",),
}
_LIST = "links(types: [{}], first: 20) {{ edges {{ node {{ id role validFrom to {{ id label }} }} }} }}"
_PERSON = f"query($id: ID!) {{ entity(id: $id) {{ {_EIGHT} }} }}"
_PROFILE = (
    f"query($id: ID!) {{ entity(id: $id) {{ {_EIGHT} "
    + " ".join(f"{name}: {_LIST.format(', '.join(types))}" for name, types in _LISTS.items())
    + " } }"
)
_ORDER = '[{property: "surname"}, {property: "dateOfBirth"}]'
_SORTED = f"{{ entities(kind: PERSON, orderBy: {_ORDER}, first: 500) {{ edges {{ node {{ {_EIGHT} }} }} }} }}"
_COUNTED = "{ entities(kind: PERSON, first: 20) { totalCount edges { node { id label } } } }"
_SEARCH = """query($text: String!) { search(text: $text, kinds: [PERSON], first: 20) {
  edges { node { entity { id label } } } } }"""
_EXPAND = """query($id: ID!) { expand(ids: [$id], hops: 3, limit: 2000) {
  nodes { id label } links { id } truncated { reason suppressed entity { id } } } }"""
_PATHS = """query($id: ID!, $other: ID!) { paths(from: $id, to: $other, maxHops: 6, since: "2000-01-01",
  minGrade: {source: 3, intelligence: "D"}) { paths { length nodes { id label } links { id type } } } }"""
_STOP = """query($name: String!) { stopCheck(person: {name: $name}) {
  candidates { weight probability entity { id label } } subject { id label } warnings { code text }
  flags { code text since } recentEvents { role to { id label } } } }"""


@dataclass(frozen=True, slots=True)
class Sample:
    """A person: their id, name, the name as somebody may mistype it, and another person."""

    id: str
    name: str
    mistyped: str
    other: str


Check = Callable[[Graph, Viewer, Sample, dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the variables that it takes of somebody, and what holds its answer's `data`."""

    name: str
    text: str
    variables: Callable[[Sample], dict[str, Any]]
    check: Check


def samples(graph: Graph, viewer: Viewer, chance: random.Random) -> list[Sample]:
    """People of the alphabet's beginning, each with another to whom well attested links lead, if to anybody."""
    order = [EntityOrder("label")]
    found, after = [], None
    for _ in range(10):
        page = entities(graph, viewer, "Person", None, order, 500, after)
        found += [view for view in page.items if len(view.label) > 8 and " " in view.label]
        if not page.has_next:
            break
        after = page.cursors[-1]
    chosen = chance.sample(found, PEOPLE)
    return [
        Sample(one.id, one.label, _mistyped(one.label, chance), _somebody_near(graph, viewer, one.id) or other.id)
        for one, other in pairwise([*chosen, chosen[0]])
    ]


def _somebody_near(graph: Graph, viewer: Viewer, id_: str) -> str | None:
    """The last of whom links as good as the paths ask for lead to; None where they lead to nobody."""
    near = expand(graph, viewer, [id_], 4, _ATTESTED, 500).nodes[1:]
    return next((view.id for view in reversed(near) if view.kind == "Person"), None)


def _mistyped(name: str, chance: random.Random) -> str:
    """The name with a wrong letter in its longest two words, or two in its only one."""
    letters = list(name.lower())
    longest = sorted(name.split(), key=len, reverse=True)[:_TYPING]
    places = [name.index(word) + chance.randrange(1, len(word)) for word in longest if len(word) > 3]
    for place in places:
        letters[place] = chance.choice([letter for letter in "aeioust" if letter != letters[place]])
    return "".join(letters)


def recalled(port: int, people: Sequence[Sample]) -> float:
    """The share of mistyped names of which somebody so called is among the first twenty."""
    client, hits = Client(port), 0
    for one in people:
        edges = client.ask(_SEARCH, {"text": one.mistyped})["data"]["search"]["edges"]
        hits += any(edge["node"]["entity"]["label"] == one.name for edge in edges)
    client.close()
    return hits / len(people)


def _ids(edges: list[dict[str, Any]]) -> list[str]:
    return [edge["node"]["id"] for edge in edges]


def _person(graph: Graph, viewer: Viewer, one: Sample, data: dict[str, Any]) -> None:
    view = entity(graph, viewer, one.id)
    assert view is not None
    told = data["entity"]
    assert (told["id"], told["label"]) == (view.id, view.label), one.id
    assert told["surname"] == view.properties.get("surname"), one.id


def _profile(graph: Graph, viewer: Viewer, one: Sample, data: dict[str, Any]) -> None:
    _person(graph, viewer, one, data)
    for name, types in _LISTS.items():
        expected = [link.id for link in links(graph, viewer, one.id, LinkFilter(types=types)).items]
        assert _ids(data["entity"][name]["edges"]) == expected, f"{one.id} {name}"


def _sorted(graph: Graph, viewer: Viewer, _: Sample, data: dict[str, Any]) -> None:
    order = [EntityOrder("surname"), EntityOrder("dateOfBirth")]
    page = entities(graph, viewer, "Person", None, order, 500)
    assert _ids(data["entities"]["edges"]) == [view.id for view in page.items]


def _counted(graph: Graph, viewer: Viewer, _: Sample, data: dict[str, Any]) -> None:
    assert data["entities"]["totalCount"] == count_entities(graph, viewer, "Person")[0]
    assert _ids(data["entities"]["edges"]) == [view.id for view in entities(graph, viewer, "Person").items]


def _network(graph: Graph, viewer: Viewer, one: Sample, data: dict[str, Any]) -> None:
    network = expand(graph, viewer, [one.id], 3, LinkFilter(), 2_000)
    assert [node["id"] for node in data["expand"]["nodes"]] == [view.id for view in network.nodes]
    assert [link["id"] for link in data["expand"]["links"]] == [view.id for view in network.links]


def _joined(graph: Graph, viewer: Viewer, one: Sample, data: dict[str, Any]) -> None:
    found = paths(graph, viewer, one.id, one.other, 6, 5, _ATTESTED)
    told = [[node["id"] for node in path["nodes"]] for path in data["paths"]["paths"]]
    assert told == [[view.id for view in path.nodes] for path in found.paths]


def _stopped(graph: Graph, viewer: Viewer, one: Sample, data: dict[str, Any]) -> None:
    found = stop_check(graph, viewer, None, PartialIdentityInput(name=one.name), None)
    told = [candidate["entity"]["id"] for candidate in data["stopCheck"]["candidates"]]
    assert told == [candidate.entity.id for candidate in found.candidates]


def _nothing(*_: object) -> None:
    """What is found for a mistyped name is held by the recall."""


def _by_id(one: Sample) -> dict[str, Any]:
    return {"id": one.id}


ASKED = (
    Asked("person by id", _PERSON, _by_id, _person),
    Asked("profile, 4 lists", _PROFILE, _by_id, _profile),
    Asked("500 people x 8, sorted", _SORTED, lambda _: {}, _sorted),
    Asked("totalCount, first 20", _COUNTED, lambda _: {}, _counted),
    Asked("search, 2 typos", _SEARCH, lambda one: {"text": one.mistyped}, _nothing),
    Asked("3 hops, 2,000 nodes", _EXPAND, _by_id, _network),
    Asked("paths, 6 hops", _PATHS, lambda one: {"id": one.id, "other": one.other}, _joined),
    Asked("stopCheck by name", _STOP, lambda one: {"name": one.name}, _stopped),
)
