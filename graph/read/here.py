"""What to know of where a call comes from: who called before from here, and who lives here with which warnings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.answer import EntityView
from graph.open import Graph
from graph.read.event import Listed
from graph.read.page import check_first, left_out, within
from graph.read.projection import entity_view
from security.viewer import Viewer

MOST_DAYS = 3_660
_DAY_S = 86_400
# How an earlier call is joined to this one, in words, in the order of the names of the ways.
_SENTENCES = {
    "caller": "The same caller.",
    "phone": "From the same phone.",
    "place": "At the same address or place.",
}


@dataclass(frozen=True, slots=True)
class EarlierCallView:
    """An incident before an event: who called, and in words what it has in common with it."""

    entity: EntityView
    callers: tuple[EntityView, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResidentView:
    """Somebody who lives there: as what (HOME, STAYS ...), and the markers that stand."""

    entity: EntityView
    roles: tuple[str, ...]
    markers: tuple[EntityView, ...]
    sentence: str


def earlier_calls(graph: Graph, viewer: Viewer, id_: str, days: int = 365, first: int = 20) -> Listed[EarlierCallView]:
    """The incidents of so many days before an event at its address, by its phone or by its caller, newest first.

    Of an address or place: those at it until now. `id_`: one that this viewer was answered.
    """
    seconds = within("days", days, 1, MOST_DAYS) * _DAY_S
    given = {"id": id_, "now": graph.clock(), "seconds": seconds, "limit": check_first(first)}
    rows = graph.store.read(viewer, "event/earlier", **given)
    found = tuple(
        EarlierCallView(
            entity_view(row["node"]),
            tuple(entity_view(node) for node in row["callers"]),
            tuple(_SENTENCES[way] for way in row["how"]),
        )
        for row in rows
    )
    return Listed(found, left_out(rows, f"the newest {first} are shown"))


def residents(graph: Graph, viewer: Viewer, id_: str, first: int = 20) -> Listed[ResidentView]:
    """Who lives at an event's address at its moment, or at an address or place now; those with most markers first.

    `id_`: one that this viewer was answered. A stay without dates may be one of that moment.
    """
    given = {"id": id_, "now": graph.clock(), "limit": check_first(first)}
    rows = graph.store.read(viewer, "event/residents", **given)
    found = []
    for row in rows:
        markers = tuple(entity_view(node) for node in row["markers"])
        roles = tuple(row["roles"])
        found.append(ResidentView(entity_view(row["node"]), roles, markers, _sentence(roles, markers)))
    return Listed(tuple(found), left_out(rows, f"the first {first} are shown"))


def _sentence(roles: Sequence[str], markers: Sequence[EntityView]) -> str:
    lives = ", ".join(role.lower() for role in roles)
    warned = ", ".join(dict.fromkeys(str(marker.properties.get("type", "WARNING")) for marker in markers))
    return f"Lives here ({lives}); {warned or 'no marker stands'}."
