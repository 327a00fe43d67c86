"""The figures of what is happening, and where, that are asked of both of two double worlds."""

from __future__ import annotations

from tests.whole.double import Asker, Known
from tests.whole.double_selection import LISTS, select


def figures(ask: Asker, known: Known) -> None:
    """Every window, everywhere and at some places."""
    fields = select("Metrics", 3)
    places = [*known.some("Postcode", 2), *known.some("Area", 1), *known.some("Person", 1), known.hidden[0]]
    for area in ("", *(f'area: "{id_}", ' for id_ in known.few(places, 2))):
        for window in known.few(("15m", "24h", "30d"), 2):
            ask.maybe(f'{{ metrics({area}window: "{window}") {{ {fields} }} }}')
            ask.watch(f'subscription {{ metrics({area}window: "{window}") {{ {fields} }} }}')
    for tiles in ('["waiting_longest", "committed"]', '["incidents_by_area", "none"]'):
        ask.maybe(f"{{ metrics(tiles: {tiles}) {{ {fields} }} }}")
        ask.watch(f"subscription {{ metrics(tiles: {tiles}) {{ {fields} }} }}")


def cells(ask: Asker, known: Known) -> None:
    """Where more happens, less, and most, of some types, in cells of some sizes, everywhere and at some places."""
    fields = select("Hotspot", 2)
    year, summer = 'from: "2025-01-01", to: "2025-12-31"', 'from: "2025-07-01", to: "2025-09-30"'
    places = [*known.some("Address", 1), *known.some("Postcode", 1), *known.some("Person", 1), known.hidden[0]]
    for span in (year, summer):
        for given in ("", 'types: ["BURGLARY", "INCIDENT"], ', "cellMetres: 10000, ", "first: 1, "):
            for trend in ("EMERGING", "COOLING", "ENDURING"):
                ask.maybe(f"{{ hotspots({given}{span}, trend: {trend}) {{ {fields} }} }}")
        for area in places:
            ask.maybe(f'{{ hotspots({span}, area: "{area}", types: ["CRIME", "CALL"]) {{ {fields} }} }}')


def demand(ask: Asker, known: Known) -> None:
    """How many officers matches need, stored ones and others, and ordinary shifts, in some places too."""
    fields = select("DemandForecast", 2, LISTS)
    others = [*known.some("Person", 1), known.hidden[0]]
    events = [*known.some("PublicEvent", 2), *others]
    match = 'kind: "FOOTBALL", at: "2026-03-01T15:00:00Z"'
    for given in (
        *(f'eventId: "{id_}"' for id_ in events),
        *(f'eventId: "{id_}", at: "2026-03-01T15:00:00Z", attendance: 9000, category: "C"' for id_ in events[:1]),
        match,
        *(f'{match}, venue: "{id_}"' for id_ in (*known.some("Address", 1), *others)),
        'kind: "CONCERT", at: "2026-03-01T15:00:00Z"',
        'at: "2025-11-01T20:00:00Z", hours: 2',
        *(f'at: "2025-11-01T20:00:00Z", hours: 1, venue: "{id_}"' for id_ in (*known.some("Address", 1), *others)),
        "hours: 25",
    ):
        ask.maybe(f"{{ demandForecast({given}) {{ {fields} }} }}")
