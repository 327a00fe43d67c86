"""The questions about what recurs in lives and places that are asked of both of two double worlds."""

from __future__ import annotations

from tests.whole.double import Asker, Known, follow
from tests.whole.double_selection import LISTS, PAGE, select

_YEARS = 'from: "2000-01-01T00:00:00Z", to: "2026-06-01T00:00:00Z"'


def repeats(ask: Asker, known: Known) -> None:
    """Who or what appears again and again, in the whole world and in parts of it; page by page."""
    fields = select("RepeatConnection", 3, LISTS)
    areas = [id_ for kind in ("Area", "Postcode", "Address") for id_ in known.some(kind, 1)]
    paged = known.few(("VICTIM", "CALLER", "LOCATION", "VEHICLE"), 1)
    for kind in ("VICTIM", "CALLER", "LOCATION", "VEHICLE"):
        for given in ("", f", {_YEARS}", ", windowDays: 3660, min: 3", f", {_YEARS}, kinds: [CRIME, CALL, SIGHTING]"):
            ask.maybe(f"{{ repeats(kind: {kind}{given}, first: 100) {{ {fields} }} }}")
        page = (
            f"repeats(kind: {kind}, {_YEARS}, first: 2, after: $after) {{ {PAGE} edges {{ cursor node {{ count }} }} }}"
        )
        if kind in paged:
            follow(ask, f"query($after: String) {{ page: {page} }}")
        for area in (*areas, known.hidden[0], *known.some("Person", 1)):
            ask.maybe(f"query($area: ID) {{ repeats(kind: {kind}, area: $area, {_YEARS}) {{ {fields} }} }}", area=area)
    for roles in ('["SUSPECT", "OFFENDER"]', '["VICTIM", "WITNESS", "CHILD"]'):
        ask.maybe(f"{{ repeats(kind: VICTIM, roles: {roles}, {_YEARS}) {{ {fields} }} }}")
    ask.maybe(f'{{ repeats(kind: LOCATION, roles: ["VICTIM"]) {{ {fields} }} }}')


def lives(ask: Asker, known: Known) -> None:
    """Patterns of life, in few and many events, lists that are cut, spans in which something changed."""
    fields = select("PatternOfLife", 2, LISTS)
    subjects = [id_ for kind in ("Person", "Vehicle", "Phone", "Organisation") for id_ in known.some(kind, 3)]
    for id_ in (*subjects, known.hidden[0], *known.some("Crime", 1)):
        for given in (
            "",
            f", {_YEARS}, first: 100",
            ', from: "2025-01-01T00:00:00Z", to: "2026-01-01T00:00:00Z", first: 1',
            ", windowDays: 3000, through: []",
            ', windowDays: 700, kinds: [CALL, CRIME], through: [PHONE], zone: "UTC"',
        ):
            ask.maybe(f"query($id: ID!) {{ patternOfLife(id: $id{given}) {{ {fields} }} }}", id=id_)


def changes(ask: Asker, known: Known) -> None:
    """What is new on things and in areas, at once and page by page."""
    fields = select("ChangeConnection", 2, LISTS)
    since = 'since: "2001-01-01T00:00:00Z"'
    kinds = ("Person", "Phone", "Crime", "Vehicle")
    some = [id_ for kind in kinds for id_ in known.some(kind, 3)]
    for ids in ([one] for one in (*some, known.hidden[0])):
        ask.maybe(f"query($ids: [ID!]) {{ changesSince(ids: $ids, {since}, first: 500) {{ {fields} }} }}", ids=ids)
    ask.maybe(f"query($ids: [ID!]) {{ changesSince(ids: $ids, {since}, first: 500) {{ {fields} }} }}", ids=some)
    page = (
        f"changesSince(ids: [$id], {since}, first: 2, after: $after) {{ {PAGE} edges {{ cursor node {{ at what }} }} }}"
    )
    for id_ in known.few(some[:4], 1):
        follow(ask, f"query($id: ID!, $after: String) {{ page: {page} }}", id_)
    for kind in ("Area", "Postcode", "Address", "Person"):
        for area in known.some(kind, 1):
            ask.maybe(f"query($area: ID) {{ changesSince(area: $area, {since}) {{ {fields} }} }}", area=area)
    ask.maybe(f"query($area: ID) {{ changesSince(area: $area, {since}) {{ {fields} }} }}", area=known.hidden[0])
