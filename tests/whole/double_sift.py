"""What is asked of two double worlds about lists: every list chosen from and ordered by what its items say."""

from __future__ import annotations

from collections.abc import Sequence

from tests.whole.double import Asker, Known
from tests.whole.double_selection import PAGE, leaves

EDGES = f"{PAGE} edges {{ cursor node {{ __typename }} }}"
# Where the list is, its own part of the question, conditions, orders, and whether it is counted.
List = tuple[str, str, Sequence[str], Sequence[str], str]
LINK = (
    '{property: "role", exists: true}',
    '{not: {property: "source.id", eq: "a"}}',
    '{property: "to.label", gte: "b"}',
)
BY_LINK = ('{property: "to.label"}, {property: "recordedAt", descending: true}',)
RECORD = ('{property: "marking", startsWith: "O"}',)
BY_RECORD = ('{property: "source.id"}, {property: "key", descending: true}',)
FOUND = ('{property: "entity.label", contains: "a"}', '{property: "score", gte: "0.4"}')
BY_FOUND = ('{property: "entity.label"}', '{property: "entity.surname", descending: true}')
COUNTED, UNCOUNTED = "totalCount totalCountCapped", ""
# What the log says differs from one run to the next: asked of a time before it.
UNSEEN = 'since: "2000-01-01T00:00:00Z", until: "2001-01-01T00:00:00Z"'
OF_A_THING: tuple[List, ...] = (
    ("entity(id: $id)", "links", LINK, BY_LINK, COUNTED),
    ("entity(id: $id)", "records", RECORD, BY_RECORD, COUNTED),
    ("subjectProfile(id: $id)", "events", LINK, BY_LINK, COUNTED),
    ("subjectProfile(id: $id)", "associates", FOUND[:1], ('{property: "lastSeen"}',), COUNTED),
    ("", "timeline ids: [$id],", LINK, BY_LINK, COUNTED),
    ("", "usage id: $id,", LINK, BY_LINK, COUNTED),
    ("", "changesSince ids: [$id],", ('{property: "what", in: ["NEW_LINK", "NEW_RECORD"]}',), (), UNCOUNTED),
    ("", f"accessHistory id: $id, {UNSEEN},", ('{property: "act", exists: true}',), ('{property: "user"}',), UNCOUNTED),
)
OF_ALL: tuple[List, ...] = (
    ("", "reviewQueue", ('{property: "pair.a.kind", eq: "PERSON"}',), ('{property: "pair.weight"}',), COUNTED),
    ("", "repeats kind: LOCATION, windowDays: 3660,", ('{property: "count", gte: "2"}',), BY_FOUND[:1], COUNTED),
)


def sifted(ask: Asker, known: Known) -> None:
    """Every list by a condition, by an order and by both: its first page and the next."""
    ids = [id_ for kind in ("Person", "Phone") for id_ in known.some(kind, 1)]
    for one in OF_A_THING:
        queries = _queries(one, "$id: ID!, ")
        for id_ in known.few(ids, 1):
            for query in (*known.few(queries[:-1], 1), queries[-1]):
                _two_pages(ask, query, id=id_)
    for one in OF_ALL:
        for query in _queries(one, ""):
            _two_pages(ask, query)
    facet = f"facets {{ {leaves('Facet')} values {{ {leaves('FacetValue')} }} }}"
    for text in (*known.chance.sample(sorted({line.cells[2] for line in known.people}), 1), "0770090"):
        for where, order in zip(FOUND, BY_FOUND, strict=True):
            hits = f"search(text: $text, where: {where}, orderBy: [{order}], first: 5) {{ {facet} {EDGES} }}"
            ask.maybe(f"query($text: String!) {{ {hits} }}", text=text)


def _two_pages(ask: Asker, query: str, **given: object) -> None:
    data = ask(query, after=None, **given)
    page = (data if "page" in data else data.get("of") or {}).get("page") or {}
    if page.get("pageInfo", {}).get("hasNextPage"):
        ask(query, after=page["pageInfo"]["endCursor"], **given)


def _queries(one: List, declared: str) -> list[str]:
    outer, inner, wheres, orders, counted = one
    name, _, given = inner.partition(" ")
    asked = [*(f"where: {each}" for each in wheres), *(f"orderBy: [{each}]" for each in orders)]
    if orders:
        asked.append(f"where: {wheres[0]}, orderBy: [{orders[-1]}]")
    pages = (f"page: {name}({given} {each}, first: 3, after: $after) {{ {counted} {EDGES} }}" for each in asked)
    return [f"query({declared}$after: String) {{ {f'of: {outer} {{ {page} }}' if outer else page} }}" for page in pages]
