"""The question of how many officers: of an event, stored or meant, or else of an ordinary shift."""

from __future__ import annotations

from analysis.bound import DAY_S
from analysis.demand import Asked, DemandView, event_forecast
from analysis.london import local
from analysis.shift import shift_forecast
from graph.errors import BadInput
from graph.open import Graph
from graph.read.page import within
from security.viewer import Viewer

_MOST_PEOPLE = 2_000_000
# What is further away than this from what is known is not foretold.
_FURTHEST_S = 2 * 366 * DAY_S
_LONGEST = 200


def demand_forecast(graph: Graph, viewer: Viewer, asked: Asked) -> DemandView:
    """The officers that an event needs, by those before it; without an event and a kind, those of an ordinary shift.

    Raises BadInput for what is out of range or does not go together, and what `event_forecast` and `shift_forecast` do.
    """
    for name, text in (("kind", asked.kind), ("category", asked.category)):
        if text is not None and not 0 < len(text.strip()) <= _LONGEST:
            raise BadInput(f"{name}: 1 to {_LONGEST} characters are needed")
    if asked.attendance is not None:
        within("attendance", asked.attendance, 1, _MOST_PEOPLE)
    if asked.at is not None and asked.at > graph.clock() + _FURTHEST_S:
        raise BadInput(f"at: {local(asked.at):%d/%m/%Y} is more than two years away; nothing known now reaches so far")
    if asked.event_id is not None or asked.kind is not None:
        return event_forecast(graph, viewer, asked)
    for name, value in (("attendance", asked.attendance), ("category", asked.category)):
        if value is not None:
            raise BadInput(f"{name}: it is of an event; name its `kind`, such as FOOTBALL, or its `eventId`")
    return shift_forecast(graph, viewer, asked)
