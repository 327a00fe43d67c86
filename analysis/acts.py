"""Who had a part in which events of a span, in an area or anywhere, as a viewer may see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analysis.network import End
from graph.errors import TooCostly
from graph.open import Graph
from graph.read.denied import NOTHING_FOUND
from security.viewer import Viewer

MOST_EVENTS = 50_000


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

    A stop and search that found nothing is none of them. Raises TooCostly for more than 50,000.
    """
    given = {
        "since": sought.since,
        "until": sought.until,
        "kinds": list(sought.kinds),
        "roles": list(sought.roles),
        "nothing": NOTHING_FOUND,
        "fewest": sought.fewest,
        "most": MOST_EVENTS + 1,
    }
    if area is None:
        rows = graph.store.read(viewer, "network/acts", **given)
    else:
        rows = graph.store.read(viewer, "network/acts_in_area", area=area, **given)
    if len(rows) > MOST_EVENTS:
        raise TooCostly(f"more than {MOST_EVENTS:,} events in that time; take a smaller area or fewer days")
    return sorted(map(_act, rows), key=lambda act: (act.at, act.id))


def _act(row: dict[str, Any]) -> Act:
    held = tuple((End(*end)._replace(far=row["thing"]), role) for *end, role in row["held"])
    return Act(row["thing"], row["kind"], row["at"], row["type"], held)
