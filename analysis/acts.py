"""Who had a part in which events of a span, in an area or anywhere, as a viewer may see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.network import End
from graph.errors import BadInput, NotFound, TooCostly
from graph.open import Graph
from graph.read.entity import entity
from security.viewer import Viewer

LOCALITIES = ("Area", "Postcode", "Place", "Address")
MOST_EVENTS = 50_000
MOST_DAYS = 3_660
DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Act:
    """An event, when it was (epoch), its kind and type, and who had a part in it: ends, each with the role."""

    id: str
    kind: str
    at: int
    type: str | None
    held: tuple[tuple[End, str], ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """Events of these kinds from `since` to `until` (epoch) in which at least `fewest` parties had one of the roles."""

    since: int
    until: int
    kinds: Sequence[str]
    roles: Sequence[str]
    fewest: int = 1


def acts(graph: Graph, viewer: Viewer, area: str | None, sought: Sought) -> list[Act]:
    """The events that are sought, by date, then by id; in `area`, an id that `area_id` gave, or anywhere.

    Raises TooCostly for more than 50,000.
    """
    given = {
        "since": sought.since,
        "until": sought.until,
        "kinds": list(sought.kinds),
        "roles": list(sought.roles),
        "fewest": sought.fewest,
        "most": MOST_EVENTS + 1,
    }
    if area is None:
        rows = graph.store.read(viewer, "network/acts", **given)
    else:
        rows = graph.store.read(viewer, "network/acts_in_area", area=area, **given)
    if len(rows) > MOST_EVENTS:
        raise TooCostly(f"more than {MOST_EVENTS:,} events in that time; take a smaller area or fewer days")
    found = [
        Act(row["thing"], row["kind"], row["at"], row["type"], tuple((End(*end), role) for *end, role in row["held"]))
        for row in rows
    ]
    return sorted(found, key=lambda act: (act.at, act.id))


def area_id(graph: Graph, viewer: Viewer, id_: str | None, kinds: Sequence[str] = LOCALITIES) -> str | None:
    """The id that an area of one of these kinds goes by, None for None.

    Raises NotFound for what is hidden or absent, BadInput for what is no such area.
    """
    if id_ is None:
        return None
    area = entity(graph, viewer, id_)
    if area is None:
        raise NotFound(f"area: nothing by the id {id_!r}")
    if area.kind not in kinds:
        raise BadInput(f"area: {id_!r} is a {area.kind}; give one of {', '.join(kinds)}")
    return area.id
