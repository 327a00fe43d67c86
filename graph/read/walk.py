"""The step that networks and paths share: from some nodes to their visible neighbours, by the rules of walking.

Unless asked for, a walk takes neither IN nor HANDLED_BY, nor goes to Officer, Area or Postcode; it shows crowded nodes
and values that very many hold, but does not pass through them, and says so. Asked for is what `types` or `kinds` name
(a kind brings the links that lead to it), and the ends a question starts from. What is crowded or held by many is
counted by what this viewer sees.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.answer import EntityView, LinkFilter, LinkView, Truncation
from graph.errors import BadInput
from graph.model import LINKS, VALUES
from graph.open import Graph
from graph.read.link import filter_params
from graph.read.projection import entity_view, link_view
from security.viewer import Viewer

MOST_HOPS = 6
MOST_STARTS = 500
# Visible neighbours that make a node crowded, visible holders that make a value generic: beyond them a shared node says
# little about the two that share it, and costs every walk that meets it.
CROWDED = 1_000
GENERIC_HOLDERS = 100
# Neighbours read of one node that was asked for, however crowded: the first by id.
MOST_NEIGHBOURS = 20_000
MOST_LINKS = 20_000
# Above every packed grade, so that an ungraded link is the weakest.
UNGRADED = 999
# The greatest LIMIT there is.
_NEVER = 2**31 - 1

_LEADS_TO = {"IN": ("Postcode", "Area"), "HANDLED_BY": ("Officer",)}
_CLOSED_KINDS = ("Officer", "Area", "Postcode")


@dataclass(frozen=True, slots=True)
class Step:
    """One node's neighbours by id, each with its best grade, and how many there are.

    `passed` False: it is not passed through; `count` then goes no further than what makes it crowded or generic.
    """

    id: str
    neighbours: tuple[tuple[str, int], ...]
    count: int
    passed: bool

    @property
    def unread(self) -> int:
        """How many visible neighbours are left out."""
        return self.count - len(self.neighbours)


def check_hops(name: str, hops: int) -> int:
    """`hops` itself; raises BadInput where it is not 1 to 6."""
    if not 1 <= hops <= MOST_HOPS:
        raise BadInput(f"{name}: {hops} is not between 1 and {MOST_HOPS}; ask for fewer hops and go on from an end")
    return hops


def frontier(
    graph: Graph, viewer: Viewer, ids: Collection[str], where: LinkFilter, ends: Collection[str] = ()
) -> dict[str, Step]:
    """The step from each of these visible nodes, by id; `ends` are always gone to and passed through.

    `direction` of the filter is not a walk's: links are taken both ways. Nodes without neighbours give an empty step.
    """
    params = _rules(where) | {
        "ids": sorted(ids),
        "ends": sorted(ends),
        "open_ids": sorted(ends),
        "open_kinds": list(where.kinds or ()),
        "value_kinds": list(VALUES),
        "crowded": _NEVER if where.pass_crowded else CROWDED + 1,
        "generic": _NEVER if where.pass_crowded else GENERIC_HOLDERS + 1,
        "ungraded": UNGRADED,
        "most": MOST_NEIGHBOURS,
    }
    rows = graph.store.read(viewer, _variant("walk/frontier", where), **params)
    steps = {id_: Step(id_, (), 0, passed=True) for id_ in params["ids"]}
    for row in rows:
        neighbours = tuple((id_, grade) for id_, grade in row["neighbours"])
        steps[row["id"]] = Step(row["id"], neighbours, row["count"], row["passed"])
    return steps


def nodes(graph: Graph, viewer: Viewer, ids: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """The stored properties of nodes that a walk reached, by id."""
    rows = graph.store.read(viewer, "walk/nodes", ids=list(ids))
    return {row["node"]["id"]: row["node"] for row in rows}


def views_of(graph: Graph, viewer: Viewer, ids: Collection[str]) -> dict[str, EntityView]:
    """Nodes that were reached, as they are shown, by id."""
    return {id_: entity_view(node) for id_, node in nodes(graph, viewer, ids).items()} if ids else {}


def among(
    graph: Graph, viewer: Viewer, found: Mapping[str, Mapping[str, Any]], where: LinkFilter
) -> tuple[tuple[LinkView, ...], Truncation | None]:
    """The visible links that pass the filter among these nodes (properties by id), by link id, at most 20,000."""
    params = {name: value for name, value in _rules(where).items() if name not in _NODE_FILTER}
    rows = graph.store.read(viewer, _variant("walk/among", where), ids=list(found), limit=MOST_LINKS, **params)
    links = tuple(link_view(row["link"], row["type"], found[row["origin"]], found[row["target"]]) for row in rows)
    left = rows[0]["total"] - len(rows) if rows else 0
    return links, Truncation(f"{MOST_LINKS} links are shown, the first by id", left) if left else None


def not_passed(steps: Iterable[Step], found: Mapping[str, EntityView]) -> Truncation | None:
    """What was not followed because its node is crowded or held by very many; `entity` is the most crowded of them."""
    closed = sorted((step for step in steps if step.unread), key=lambda step: (-step.count, step.id))
    if not closed:
        return None
    reason = (
        f"{len(closed)} nodes with more than {CROWDED} neighbours, or values with more than {GENERIC_HOLDERS} holders, "
        "were not followed in full; name their kind in `kinds`, or start from them"
    )
    return Truncation(reason, sum(step.unread for step in closed), found.get(closed[0].id))


def joined(cuts: Sequence[Truncation | None]) -> Truncation | None:
    """Several cuts of one answer as one; the first that names an entity gives it."""
    real = [cut for cut in cuts if cut is not None]
    if not real:
        return None
    entity = next((cut.entity for cut in real if cut.entity is not None), None)
    return Truncation("; ".join(cut.reason for cut in real), sum(cut.suppressed for cut in real), entity)


_NODE_FILTER = ("kinds", "exclude_ids", "exclude_kinds")


def _rules(where: LinkFilter) -> dict[str, Any]:
    """The parameters of a filter with the default rules of walking filled in."""
    params = filter_params(where)
    del params["direction"]
    if where.known_at is None:
        del params["known_at"]
    asked_kinds, asked_types = set(where.kinds or ()), set(where.types or ())
    led_to = {kind for type_ in asked_types for kind in _LEADS_TO.get(type_, ())}
    params["types"] = list(where.types) if where.types is not None else _default_types(asked_kinds)
    closed = [kind for kind in _CLOSED_KINDS if kind not in asked_kinds | led_to]
    params["exclude_kinds"] = sorted({*where.exclude_kinds, *closed})
    return params


def _default_types(kinds: set[str]) -> list[str]:
    return [type_ for type_ in LINKS if type_ not in _LEADS_TO or kinds & set(_LEADS_TO[type_])]


def _variant(name: str, where: LinkFilter) -> str:
    """Retracted links are met only where the question is what was known then."""
    return name if where.known_at is None else f"{name}_known"
