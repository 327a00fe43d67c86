"""The questions about what recurs in lives and places that are asked of both of two double worlds."""

from __future__ import annotations

from tests.whole.double import Asker, Known, follow
from tests.whole.double_selection import LISTS, PAGE, select

_YEARS = 'from: "2000-01-01T00:00:00Z", to: "2026-06-01T00:00:00Z"'


def repeats(ask: Asker, known: Known) -> None:
    """Who or what appears again and again, in the whole world and in parts of it; page by page."""
    fields = select("RepeatConnection", 3, LISTS)
    areas = [id_ for kind in ("Area", "Postcode", "Address") for id_ in known.some(kind, 1)]
    for kind in ("VICTIM", "CALLER", "LOCATION", "VEHICLE"):
        for given in ("", f", {_YEARS}", ", windowDays: 3660, min: 3", f", {_YEARS}, kinds: [CRIME, CALL, SIGHTING]"):
            ask(f"{{ repeats(kind: {kind}{given}, first: 100) {{ {fields} }} }}")
        page = (
            f"repeats(kind: {kind}, {_YEARS}, first: 2, after: $after) {{ {PAGE} edges {{ cursor node {{ count }} }} }}"
        )
        follow(ask, f"query($after: String) {{ page: {page} }}")
        for area in (*areas, known.hidden[0], *known.some("Person", 1)):
            ask(f"query($area: ID) {{ repeats(kind: {kind}, area: $area, {_YEARS}) {{ {fields} }} }}", area=area)
    for roles in ('["SUSPECT", "OFFENDER"]', '["VICTIM", "WITNESS", "USED"]'):
        ask(f"{{ repeats(kind: VICTIM, roles: {roles}, {_YEARS}) {{ {fields} }} }}")
    ask(f'{{ repeats(kind: LOCATION, roles: ["VICTIM"]) {{ {fields} }} }}')
