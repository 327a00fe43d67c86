"""The questions about networks that are asked of both of two double worlds."""

from __future__ import annotations

from itertools import combinations

from tests.whole.double import Asker, Known
from tests.whole.double_selection import LINK, LINK_TYPES, LINKS, LISTS, SINCE, THING, select


def expand(ask: Asker, known: Known) -> None:
    """Networks, with limits that a hidden neighbour would use up."""
    network = f"{{ nodes {{ {THING} }} links {{ {LINK} }} truncated {{ {select('Truncation', 1, LISTS)} }} }}"
    starts = [id_ for kind in ("Person", "Phone", "Crime", "Address", "Vehicle") for id_ in known.some(kind, 2)]
    for id_ in starts:
        for hops, limit in ((1, 200), (1, 2), (2, 6)):
            ask.maybe(f"query($ids: [ID!]!) {{ expand(ids: $ids, hops: {hops}, limit: {limit}) {network} }}", ids=[id_])
    for id_ in starts[:2]:
        for hops, limit in ((3, 12), (6, 2_000)):
            ask.maybe(f"query($ids: [ID!]!) {{ expand(ids: $ids, hops: {hops}, limit: {limit}) {network} }}", ids=[id_])
    filters = (
        f"types: {LINK_TYPES}", "types: [IN, HANDLED_BY, OCCURRED_AT]", "kinds: [PERSON, PHONE]",
        "kinds: [CRIME, OFFICER, PERSON]",
        f"since: {SINCE}", f"until: {SINCE}", 'minGrade: {source: 2, intelligence: "C"}', f"validAt: {SINCE}",
        'knownAt: "2026-01-01T00:00:00Z"',
    )  # fmt: skip
    for given in filters:
        ask.maybe(f"query($ids: [ID!]!) {{ expand(ids: $ids, hops: 2, limit: 8, {given}) {network} }}", ids=starts[:3])


def paths(ask: Asker, known: Known) -> None:
    """How things are joined, in few and many hops, few and many paths."""
    result = f"{{ {select('PathResult', 2, LISTS)} }}"
    ends = [*known.some("Person", 3), *known.some("Phone", 1), *known.some("Vehicle", 1)]
    query = "query($a: ID!, $b: ID!) {{ paths(from: $a, to: $b, {}) {} }}"
    for a, b in combinations(ends, 2):
        hops, first = known.chance.choice(((2, 1), (6, 1), (3, 3), (4, 20), (3, 2)))
        ask.maybe(query.format(f"maxHops: {hops}, first: {first}", result), a=a, b=b)
    filters = (
        f"types: {LINK_TYPES}", f'excludeIds: ["{known.hidden[0]}", "{ends[2]}"]', "excludeKinds: [PHONE]",
        f"since: {SINCE}", f"until: {SINCE}", 'minGrade: {source: 2, intelligence: "C"}', f"validAt: {SINCE}",
        'knownAt: "2026-01-01T00:00:00Z"',
    )  # fmt: skip
    for given in filters:
        ask.maybe(query.format(f"maxHops: 4, {given}", result), a=ends[0], b=ends[1])


def connect(ask: Asker, known: Known) -> None:
    """What joins several things, one that may not be seen among them."""
    network = f"{{ nodes {{ {THING} }} links {{ {LINK} }} truncated {{ {select('Truncation', 1, LISTS)} }} }}"
    people = known.some("Person", 5)
    mixed = [*people[:2], *known.some("Phone", 1), *known.some("Crime", 1), known.hidden[0]]
    for ids in (people[:2], people, mixed):
        for given in (
            "",
            ", maxHops: 2",
            ", maxHops: 6",
            f", types: {LINK_TYPES}",
            ', minGrade: {source: 2, intelligence: "C"}',
        ):
            ask.maybe(f"query($ids: [ID!]!) {{ connect(ids: $ids{given}) {network} }}", ids=ids)


def exports(ask: Asker, known: Known) -> None:
    """Networks as texts, in every format."""
    fields = select("NetworkExport", 2, LISTS)
    starts = [id_ for kind in ("Person", "Phone", "Crime") for id_ in known.some(kind, 2)]
    for format_ in ("GRAPHML", "NODE_LINK", "CSV"):
        for given in ("", ", hops: 2, limit: 8"):
            ask.maybe(
                f"query($ids: [ID!]!) {{ exportNetwork(ids: $ids, format: {format_}{given}) {{ {fields} }} }}",
                ids=starts[:3],
            )
    filters = (
        f"types: {LINK_TYPES}", "kinds: [PERSON, PHONE]", f"since: {SINCE}", f"until: {SINCE}",
        'minGrade: {source: 2, intelligence: "C"}', f"validAt: {SINCE}", 'knownAt: "2026-01-01T00:00:00Z"',
    )  # fmt: skip
    for given in filters:
        ask.maybe(
            f"query($ids: [ID!]!) {{ exportNetwork(ids: $ids, hops: 2, {given}) {{ {fields} }} }}", ids=starts[3:]
        )


def strong_paths(ask: Asker, known: Known) -> None:
    """How things are joined, the strongest first and through what very many share."""
    result = f"{{ {select('PathResult', 2, LISTS)} }}"
    ends = [*known.some("Person", 3), *known.some("Phone", 1), *known.some("Crime", 1)]
    for start, end in combinations(ends, 2):
        for given in ("maxHops: 4, orderBy: STRENGTH, first: 3", "maxHops: 3, passCrowded: true", "orderBy: STRENGTH"):
            ask.maybe(f"query($a: ID!, $b: ID!) {{ paths(from: $a, to: $b, {given}) {result} }}", a=start, b=end)


def usage(ask: Asker, known: Known) -> None:
    """Who has had a thing, at any time and at one."""
    things = [id_ for kind in ("Phone", "Vehicle", "Address", "Email") for id_ in known.some(kind, 3)]
    for id_ in (*things, *known.some("Person", 1), known.hidden[0]):
        for given in ("", ', at: "2024-03-01T00:00:00Z"'):
            ask.maybe(f"query($id: ID!) {{ usage(id: $id{given}) {{ {LINKS} }} }}", id=id_)


def event_context(ask: Asker, known: Known) -> None:
    """What bears on events and places, near and far."""
    fields = select("EventContext", 3, LISTS)
    events = [id_ for kind in ("Crime", "Incident", "StopSearch", "IntelReport") for id_ in known.some(kind, 2)]
    for id_ in (*events, *known.some("Address", 2)):
        for given in ("", ", windowDays: 3660, radiusMetres: 50000", ", first: 1", ", radiusMetres: 0"):
            ask.maybe(f"query($id: ID!) {{ eventContext(id: $id{given}) {{ {fields} }} }}", id=id_)
    for id_ in (*known.some("Person", 1), known.hidden[0]):
        ask.maybe(f"query($id: ID!) {{ eventContext(id: $id) {{ {fields} }} }}", id=id_)
    earlier, homes = select("EarlierCall", 2, LISTS), select("Resident", 2, LISTS)
    for id_ in (*known.some("Incident", 2), *known.some("Call", 1), *known.some("Address", 1)):
        some = f"earlierCalls(days: 3660, first: 1) {{ {earlier} }} residents(first: 1) {{ {homes} }}"
        ask.maybe(f"query($id: ID!) {{ eventContext(id: $id) {{ {some} }} }}", id=id_)


def calls(ask: Asker, known: Known) -> None:
    """With whom phones and people were in calls, and whom they have in common."""
    analysis, common = select("CallAnalysis", 2, LISTS), select("CommonContact", 2, LISTS)
    some = [*known.some("Phone", 4), *known.some("Person", 3)]
    span = ', since: "2024-03-01T00:00:00Z", until: "2025-09-01T00:00:00Z"'
    for id_ in (*some, known.hidden[0], *known.some("Crime", 1)):
        for given in ("", span, ', zone: "UTC", first: 1'):
            ask.maybe(f"query($id: ID!) {{ callAnalysis(id: $id{given}) {{ {analysis} }} }}", id=id_)
    for ids in (some[:2], some, [some[0], known.hidden[0]]):
        for given in ("", span, ", first: 1"):
            ask.maybe(f"query($ids: [ID!]!) {{ commonContacts(ids: $ids{given}) {{ {common} }} }}", ids=ids)
