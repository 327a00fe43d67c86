"""What is exported: things and links as plain maps, by their names in GraphQL, page by page in constant memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from graph.answer import PRECISIONS, EntityView, LinkView, NetworkView, iso, unpack_grade
from graph.errors import BadInput, NotFound
from graph.model import KIND_OF_ENUM, KINDS
from graph.open import Graph
from graph.read.entity import entities_by_id, markings
from graph.read.link import check_kinds
from graph.read.network import MOST_NODES, expand
from graph.read.projection import entity_view, link_view
from security.marking import high_water, parse_marking
from security.viewer import Viewer

Map = dict[str, Any]
PAGE = 2_000
# What is told of a link beside its id and its ends, in the order of columns.
LINK_FIELDS = (
    "type",
    "role",
    "status",
    "source",
    "marking",
    "grade",
    "validFrom",
    "validTo",
    "validPrecision",
    "recordedAt",
    "records",
)


@dataclass(frozen=True, slots=True)
class Content:
    """Things, and the links among them; each call of either reads them from the beginning.

    A thing is `{id, kind, label, markings, properties}`; dates keep their own precision, a point is `{latitude,
    longitude}`. A link is `{id, type, from, to, role, status, source, marking, grade, validFrom, validTo,
    validPrecision, recordedAt, records}`; what is not known is left out of either.
    """

    things: Callable[[], Iterator[Map]]
    links: Callable[[], Iterator[Map]]


def whole(graph: Graph, viewer: Viewer, kinds: Sequence[str] | None = None) -> Content:
    """All that a viewer may see, of some kinds or of all, by id; things may come and go while it is read.

    Raises BadInput for a kind that the model does not have.
    """
    check_kinds(kinds)
    wanted = None if kinds is None else list(kinds)

    def pages() -> Iterator[list[EntityView]]:
        after = ""
        while True:
            rows = graph.store.read(viewer, "export/things", kinds=wanted, after=after, limit=PAGE)
            yield [entity_view(row["node"]) for row in rows]
            if len(rows) < PAGE:
                return
            after = rows[-1]["node"]["id"]

    def links() -> Iterator[Map]:
        for page in pages():
            ids = [view.id for view in page]
            for row in graph.store.read(viewer, "export/links", ids=ids, kinds=wanted) if ids else ():
                yield link_map(graph, link_view(row["link"], row["type"], row["origin"], row["target"]))

    return Content(lambda: (thing_map(graph, view) for page in pages() for view in page), links)


def kind_of(name: str) -> str:
    """The kind of a name in GraphQL; raises BadInput for one that is none."""
    found = KIND_OF_ENUM.get(name.upper())
    if found is None:
        raise BadInput(f"kind: {name[:100]!r} is none of {', '.join(KIND_OF_ENUM)}")
    return found


def around(graph: Graph, viewer: Viewer, ids: Sequence[str], hops: int, kinds: Sequence[str] | None) -> NetworkView:
    """What is around these, of some kinds or of all, by the rules of walking.

    Raises NotFound for an id that is hidden or absent.
    """
    known = entities_by_id(graph, viewer, list(ids))
    for id_ in ids:
        if id_ not in known:
            raise NotFound(f"there is nothing by the id {id_[:100]!r}: take one that a search gave")
    network = expand(graph, viewer, list(ids), hops, limit=MOST_NODES)
    if kinds is None:
        return network
    nodes = tuple(view for view in network.nodes if view.kind in kinds)
    ids_ = {view.id for view in nodes}
    links = tuple(link for link in network.links if link.origin.id in ids_ and link.target.id in ids_)
    return NetworkView(nodes, links, network.truncated)


def of_network(graph: Graph, network: NetworkView) -> Content:
    """A network that was asked for."""
    return Content(
        lambda: (thing_map(graph, view) for view in network.nodes),
        lambda: (link_map(graph, view) for view in network.links),
    )


def thing_map(graph: Graph, view: EntityView) -> Map:
    """A thing as a plain map."""
    held = KINDS[view.kind].by_name
    return {
        "id": view.id,
        "kind": KINDS[view.kind].enum,
        "label": view.label,
        "markings": markings(graph, view),
        "properties": {held[name].field: _plain(value) for name, value in view.properties.items()},
    }


def link_map(graph: Graph, view: LinkView) -> Map:
    """A link as a plain map."""
    said = {
        "id": view.id,
        "type": view.type,
        "from": view.origin.id,
        "to": view.target.id,
        "role": view.role,
        "status": view.status,
        "source": None if view.source is None else graph.catalogue.source(view.source).id,
        "marking": graph.catalogue.marking(view.mk).text,
        "grade": None if view.grade is None else "{}{} {}".format(*unpack_grade(view.grade)),
        "validFrom": iso(view.valid_from),
        "validTo": iso(view.valid_to),
        "validPrecision": None if view.precision is None else PRECISIONS[view.precision],
        "recordedAt": iso(view.recorded_at),
        "records": list(view.records),
    }
    return {name: value for name, value in said.items() if value is not None}


def _plain(value: Any) -> Any:  # noqa: ANN401 - any property value
    if hasattr(value, "latitude"):
        return {"latitude": value.latitude, "longitude": value.longitude}
    return list(value) if isinstance(value, list | tuple) else value


def as_text(value: Any) -> str:  # noqa: ANN401 - any value of a map
    """One value as text for formats that know nothing else: several are joined by `; `."""
    if isinstance(value, dict):
        return f"{value['latitude']},{value['longitude']}"
    return "; ".join(map(as_text, value)) if isinstance(value, list) else str(value)


class Reach:
    """Up to which marking that reaches which went out so far; the lowest there is, of nothing."""

    def __init__(self) -> None:
        self._texts = set[str]()

    @property
    def text(self) -> str:
        """The least marking at or above all of it."""
        return high_water(map(parse_marking, self._texts)).text

    def over(self, content: Content) -> Content:
        """The same content, noted as it goes out."""
        return Content(lambda: map(self._thing, content.things()), lambda: map(self._link, content.links()))

    def _thing(self, thing: Map) -> Map:
        self._texts.update(thing["markings"])
        return thing

    def _link(self, link: Map) -> Map:
        self._texts.add(link["marking"])
        return link


def most_seen(graph: Graph, viewer: Viewer) -> str:
    """The least marking at or above all that a viewer may see."""
    return high_water(graph.catalogue.marking(mk) for mk in viewer.allowed).text


def counted(maps: Iterable[Map], note: Callable[[int], None]) -> Iterator[Map]:
    """The same maps, telling now and then how many there were."""
    done = 0
    for done, each in enumerate(maps, 1):
        yield each
        if done % PAGE == 0:
            note(done)
    note(done)
