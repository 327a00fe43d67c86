"""Facets: how many of what a question finds have each value of a property, before any page is cut."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.answer import EntityView
from graph.errors import BadInput
from graph.model import KINDS, Kind
from graph.open import Graph
from graph.read.listing import listed_ids
from graph.read.page import COUNTED, within
from graph.read.search import SearchHit, found_ids
from graph.read.walk import views_of
from graph.read.where import EntityWhere, kind_of
from security.viewer import Viewer

MOST_VALUES = 100
MOST_FACETS = 20
KIND, SOURCE, AREA = "kind", "source", "area"
# Counted where nothing else is asked for; whoever wants to count people by ethnicity says so.
_NOT_BY_ITSELF = ("ethnicity_self", "ethnicity_observed")
_OF_A_SEARCH = (KIND, SOURCE, "type", "status", "gender")


@dataclass(frozen=True, slots=True)
class FacetValueView:
    """A value and how many have it; `entity` is the area whose id it is."""

    value: str
    count: int
    entity: EntityView | None = None


@dataclass(frozen=True, slots=True)
class FacetView:
    """How many have each value of a property: most first, then by value; `missing` have none.

    `counted` things were looked at, and `capped` says that there are more; `further` values are not shown.
    """

    property: str
    values: tuple[FacetValueView, ...]
    missing: int
    further: int
    counted: int
    capped: bool


def entity_facets(
    graph: Graph, viewer: Viewer, kind: str, where: EntityWhere | None, properties: Sequence[str] | None, first: int
) -> list[FacetView]:
    """The facets of what `entities` lists: of at most 10,000 things, the first by id, which is by chance.

    By default those of the kind's coded properties and of its sources; `area` where it is asked for. Raises BadInput
    for a property that is none of these.
    """
    held = kind_of(kind)
    coded = [declared.field for declared in _coded(held) if declared.name not in _NOT_BY_ITSELF]
    asked = _asked([held], [SOURCE, *coded] if properties is None else properties)
    ids = listed_ids(graph, viewer, kind, where, COUNTED + 1)
    return _facets(graph, viewer, [held], ids[:COUNTED], asked, first, len(ids) > COUNTED)


def search_facets(
    graph: Graph,
    viewer: Viewer,
    text: str,
    kinds: Sequence[str] | None,
    fuzzy: bool,
    properties: Sequence[str] | None,
    first: int,
    passes: Callable[[SearchHit], bool] = lambda _: True,
) -> list[FacetView]:
    """The facets of what `search` finds and that passes, by default kind, source, type, status and gender."""
    held = [KINDS[kind] for kind in (KINDS if kinds is None else kinds) if kind in KINDS]
    known = {KIND, SOURCE, AREA, *(declared.field for kind in held for declared in _coded(kind))}
    usual = [name for name in _OF_A_SEARCH if name in known]
    asked = _asked(held, usual if properties is None else properties)
    ids, capped = found_ids(graph, viewer, text, kinds, fuzzy, passes)
    return _facets(graph, viewer, held, ids, asked, first, capped)


def _coded(kind: Kind) -> list[Any]:
    return [declared for declared in kind.properties if declared.coded]


def _asked(kinds: Iterable[Kind], properties: Sequence[str]) -> list[str]:
    known = {KIND, SOURCE, AREA, *(declared.field for kind in kinds for declared in _coded(kind))}
    for name in properties:
        if name not in known:
            raise BadInput(f"properties: {name!r} is none of {', '.join(sorted(known))}")
    asked = list(dict.fromkeys(properties))
    within("properties", len(asked), 0, MOST_FACETS)
    return asked


def _facets(
    graph: Graph,
    viewer: Viewer,
    kinds: Sequence[Kind],
    ids: Sequence[str],
    asked: Sequence[str],
    first: int,
    capped: bool,
) -> list[FacetView]:
    within("first", first, 1, MOST_VALUES)
    counts = _counts(graph, viewer, kinds, ids, asked) if ids else {}
    named = sorted({value for value, _ in _known(counts.get(AREA, ()))[:first]})
    areas = views_of(graph, viewer, named)
    return [_facet(name, counts.get(name, ()), len(ids), first, areas, capped) for name in asked]


Count = tuple[str | None, int]


def _counts(
    graph: Graph, viewer: Viewer, kinds: Sequence[Kind], ids: Sequence[str], asked: Sequence[str]
) -> dict[str, list[Count]]:
    """How often each value comes, by the facet's name."""
    stored = {declared.field: declared.name for kind in kinds for declared in _coded(kind)} | {KIND: KIND}
    found: dict[str, list[Count]] = {name: [] for name in asked}
    names = {stored[name]: name for name in asked if name in stored}
    if names:
        for row in graph.store.read(viewer, "facet/values", ids=list(ids), names=list(names)):
            value = KINDS[row["value"]].enum if row["name"] == KIND else row["value"]
            found[names[row["name"]]].append((value, row["count"]))
    if SOURCE in found:
        rows = graph.store.read(viewer, "facet/sources", ids=list(ids))
        found[SOURCE] = [(_source(graph, row["value"]), row["count"]) for row in rows]
    if AREA in found:
        rows = graph.store.read(viewer, "facet/areas", ids=list(ids))
        found[AREA] = [(row["value"], row["count"]) for row in rows]
    return found


def _source(graph: Graph, number: int | None) -> str | None:
    return None if number is None else graph.catalogue.source(number).id


def _known(counts: Iterable[Count]) -> list[tuple[str, int]]:
    """What has a value, most first, then by value."""
    return sorted(((value, n) for value, n in counts if value is not None), key=lambda each: (-each[1], each[0]))


def _facet(
    name: str, counts: Sequence[Count], counted: int, first: int, areas: Mapping[str, EntityView], capped: bool
) -> FacetView:
    known = _known(counts)
    values = tuple(FacetValueView(value, n, areas.get(value) if name == AREA else None) for value, n in known[:first])
    missing = sum(n for value, n in counts if value is None)
    return FacetView(name, values, missing, max(0, len(known) - first), counted, capped)
