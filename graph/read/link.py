"""Links of an entity and links by id. A link that a viewer sees has ends that the viewer sees.

A link's date is `valid_from`, else `at` of an event at one of its ends; without either it has none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from graph.answer import EntityView, LinkFilter, LinkView, Page
from graph.errors import BadInput
from graph.ids import TOKEN_LENGTH, parse_link_id
from graph.model import KINDS, LINKS
from graph.open import Graph
from graph.read.page import COUNTED, Window
from graph.read.projection import entity_view, link_view
from security.viewer import Viewer

# Before every date a link can have, so that undated links come last.
UNDATED = -(2**62)
DEFAULT_GRADE = (3, 5)
DIRECTIONS = ("IN", "OUT", "BOTH")
NO_FILTER = LinkFilter()
_LISTING = "link/of_entity"
_SAME = re.compile(rf"l_([a-z2-7]{{20}})_([a-z2-7]{{20}})(?:_([a-z2-7]{{{TOKEN_LENGTH}}}))?")


class Listed(NamedTuple):
    """A page of an entity's links: the filter, how many, after which cursor."""

    where: LinkFilter = NO_FILTER
    first: int = 20
    after: str | None = None


def links(
    graph: Graph,
    viewer: Viewer,
    entity_id: str,
    where: LinkFilter = NO_FILTER,
    first: int = 20,
    after: str | None = None,
) -> Page[LinkView]:
    """The visible links of an entity that pass the filter: newest first by link date, undated last, then by link id."""
    window, params = _listing(graph, viewer, entity_id, Listed(where, first, after))
    return _page(window, graph.store.read(viewer, _LISTING, **params))


def entity_with_links(
    graph: Graph, viewer: Viewer, entity_id: str, lists: Sequence[Listed]
) -> tuple[EntityView | None, dict[Listed, Page[LinkView]]]:
    """What `entity` answers and what `links` answers of it for each of these, asked of the database in one."""
    listings = [_listing(graph, viewer, entity_id, listed) for listed in lists]
    asked = [("entity/by_id", {"ids": [entity_id]}), *((_LISTING, params) for _, params in listings)]
    found, *pages = graph.store.read_several(viewer, asked)
    view = entity_view(found[0]["node"], entity_id) if found else None
    return view, {listed: _page(window, rows) for listed, (window, _), rows in zip(lists, listings, pages, strict=True)}


def _listing(graph: Graph, viewer: Viewer, entity_id: str, listed: Listed) -> tuple[Window, dict[str, Any]]:
    """The window of a page, and what the statement takes for it."""
    window = Window(graph, viewer, f"links:{entity_id}:{listed.where!r}", listed.first, listed.after)
    before, after_id = window.position or (None, None)
    position = {"undated": UNDATED, "before": before, "after_id": after_id, "limit": window.limit}
    return window, {"id": entity_id, **position, **filter_params(listed.where)}


def _page(window: Window, rows: Sequence[dict[str, Any]]) -> Page[LinkView]:
    return window.page(rows, view_of, lambda row: [row["date"], row["id"]])


def count_links(graph: Graph, viewer: Viewer, entity_id: str, where: LinkFilter = NO_FILTER) -> tuple[int, bool]:
    """How many links `links` has in all, and whether there are more than the 10,000 that are counted."""
    rows = graph.store.read(viewer, "link/count_of_entity", id=entity_id, limit=COUNTED + 1, **filter_params(where))
    found: int = rows[0]["count"]
    return min(found, COUNTED), found > COUNTED


def link(graph: Graph, viewer: Viewer, id: str) -> LinkView | None:  # noqa: A002 - the contract's name
    """The link of an id, retracted ones excepted; None where it is hidden or absent."""
    same, stated = _SAME.fullmatch(id), parse_link_id(id)
    if same is not None:
        ends = {"from_id": "e_" + same[1], "to_id": "e_" + same[2]}
        rows = graph.store.read(viewer, "link/same_identity", **ends, token=same[3])
    elif stated is not None:
        rows = graph.store.read(viewer, "link/by_row", row=stated[0], place=stated[1])
    else:
        return None
    return view_of(rows[0]) if rows else None


def view_of(row: dict[str, Any]) -> LinkView:
    """The link of a row with the columns link, type, origin, target."""
    return link_view(row["link"], row["type"], row["origin"], row["target"])


def filter_params(where: LinkFilter) -> dict[str, Any]:
    """What statements take for a filter, None for no limit; raises BadInput for names that the model does not have."""
    if where.direction not in DIRECTIONS:
        raise BadInput(f"direction: {where.direction!r} is none of {', '.join(DIRECTIONS)}")
    _known("types", where.types, LINKS)
    check_kinds((*(where.kinds or ()), *where.exclude_kinds))
    source, letter = (None, None) if where.grade in (None, DEFAULT_GRADE) else where.grade
    return {
        "types": _listed(where.types),
        "roles": _listed(where.roles),
        "kinds": _listed(where.kinds),
        "direction": where.direction,
        "since": where.since,
        "until": where.until,
        "grade_source": source,
        "grade_letter": letter,
        "valid_at": where.valid_at,
        "known_at": where.known_at,
        "exclude_ids": list(where.exclude_ids),
        "exclude_kinds": list(where.exclude_kinds),
    }


def _listed(values: tuple[str, ...] | None) -> list[str] | None:
    return None if values is None else list(values)


def check_kinds(kinds: Sequence[str] | None) -> None:
    """Raise BadInput for a kind that the model does not have."""
    _known("kinds", kinds, KINDS)


def _known(name: str, given: Sequence[str] | None, model: Mapping[str, Any]) -> None:
    for value in given or ():
        if value not in model:
            raise BadInput(f"{name}: {value!r} is none of {', '.join(model)}")
