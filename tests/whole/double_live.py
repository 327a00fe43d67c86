"""The figures of what is happening that are asked of both of two double worlds."""

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
