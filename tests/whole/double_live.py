"""The figures of what is happening, and where, that are asked of both of two double worlds."""

from __future__ import annotations

from tests.whole.double import Asker, Known
from tests.whole.double_selection import select


def figures(ask: Asker, known: Known) -> None:
    """Every window, everywhere and at some places."""
    fields = select("Metrics", 3)
    places = [*known.some("Postcode", 2), *known.some("Area", 1), *known.some("Person", 1), known.hidden[0]]
    for area in ("", *(f'area: "{id_}", ' for id_ in places)):
        for window in ("15m", "24h", "30d"):
            ask(f'{{ metrics({area}window: "{window}") {{ {fields} }} }}')


def cells(ask: Asker, known: Known) -> None:
    """Where more happens, less, and most, of some types, in cells of some sizes, everywhere and at some places."""
    fields = select("Hotspot", 2)
    year, summer = 'from: "2025-01-01", to: "2025-12-31"', 'from: "2025-07-01", to: "2025-09-30"'
    places = [*known.some("Address", 1), *known.some("Postcode", 1), *known.some("Person", 1), known.hidden[0]]
    for span in (year, summer):
        for given in ("", 'types: ["BURGLARY", "INCIDENT"], ', "cellMetres: 10000, ", "first: 1, "):
            for trend in ("EMERGING", "COOLING", "ENDURING"):
                ask(f"{{ hotspots({given}{span}, trend: {trend}) {{ {fields} }} }}")
        for area in places:
            ask(f'{{ hotspots({span}, area: "{area}", types: ["CRIME", "CALL"]) {{ {fields} }} }}')
