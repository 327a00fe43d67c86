"""Search: names, addresses, identifiers, references, tolerant of typos, order and missing parts.

Full text gives candidates, a bounded number for each marking; `graph.read.rank` alone scores and orders them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from graph.answer import EntityView, Page
from graph.marking_numbers import text_index
from graph.model import VALUES
from graph.open import Graph
from graph.read.asked import Asked, loose_query, strict_query, understand
from graph.read.link import check_kinds
from graph.read.page import Window
from graph.read.projection import entity_view
from graph.read.rank import FLOOR, Matched, Ranking, value_score
from graph.read.typed import prefixes
from security.viewer import Viewer

CANDIDATES = 300
VALUES_EACH = 50
# Fewer hits than this for all words, and all words but one are tried as well.
ENOUGH = 5


@dataclass(frozen=True, slots=True)
class SearchHit:
    """An entity, how well it answers (0..1), and what matched: field names of GraphQL with their values."""

    entity: EntityView
    score: float
    matched: Matched


def search(
    graph: Graph,
    viewer: Viewer,
    text: str,
    kinds: Sequence[str] | None = None,
    fuzzy: bool = True,
    first: int = 20,
    after: str | None = None,
) -> Page[SearchHit]:
    """What answers the text, best first, then by id; raises BadInput for an empty text or one over 200 characters."""
    check_kinds(kinds)
    asked = understand(text, fuzzy=fuzzy)
    scope = f"search:{asked.text}:{None if kinds is None else sorted(kinds)!r}:{fuzzy}"
    window = Window(graph, viewer, scope, first, after)
    found, _ = _hits(graph, viewer, asked, kinds)
    hits = sorted(found, key=lambda hit: (-hit.score, hit.entity.id))
    if window.position is not None:
        last_score, last_id = window.position
        hits = [hit for hit in hits if (-hit.score, hit.entity.id) > (-last_score, last_id)]
    rows = [{"hit": hit} for hit in hits[: window.limit]]
    return window.page(rows, lambda row: row["hit"], lambda row: [row["hit"].score, row["hit"].entity.id])


def found_ids(
    graph: Graph,
    viewer: Viewer,
    text: str,
    kinds: Sequence[str] | None = None,
    fuzzy: bool = True,
    passes: Callable[[SearchHit], bool] = lambda _: True,
) -> tuple[list[str], bool]:
    """The ids of all that `search` finds and that pass, by id, and whether candidates were as many as are looked at."""
    check_kinds(kinds)
    hits, capped = _hits(graph, viewer, understand(text, fuzzy=fuzzy), kinds)
    return sorted(hit.entity.id for hit in hits if passes(hit)), capped


def _hits(graph: Graph, viewer: Viewer, asked: Asked, kinds: Sequence[str] | None) -> tuple[list[SearchHit], bool]:
    """What is found, and whether candidates were cut anywhere."""
    found: dict[str, SearchHit] = {}
    capped = False
    ranking = Ranking(asked)
    if kinds is None or not set(kinds) <= set(VALUES):
        found, capped = _by_text(graph, viewer, ranking, kinds, strict_query(asked))
        loose = loose_query(asked) if asked.fuzzy and len(found) < ENOUGH else None
        if loose is not None:
            more, cut = _by_text(graph, viewer, ranking, kinds, loose)
            found, capped = found | more, capped or cut
    values, cut = _by_value(graph, viewer, asked, kinds)
    return [*found.values(), *values], capped or cut


def _by_text(
    graph: Graph, viewer: Viewer, ranking: Ranking, kinds: Sequence[str] | None, query: str
) -> tuple[dict[str, SearchHit], bool]:
    given = {
        "indexes": [text_index(mk) for mk in viewer.allowed],
        "query": query,
        "kinds": None if kinds is None else list(kinds),
        "limit": CANDIDATES,
    }
    # As one list: hundreds of records would cost the driver more than their ranking does.
    (rows,) = graph.store.read_several(viewer, [("search/text", given)])
    hits = (SearchHit(view, *ranking.score(view)) for view in (entity_view(row["node"]) for row in rows))
    found = {hit.entity.id: hit for hit in hits if hit.score >= FLOOR}
    return found, _full((row["node"]["mk"] for row in rows), CANDIDATES)


def _full(groups: Iterable[object], most: int) -> bool:
    """Whether a group has as many as are looked at of one."""
    return any(count >= most for count in Counter(groups).values())


def _by_value(graph: Graph, viewer: Viewer, asked: Asked, kinds: Sequence[str] | None) -> tuple[list[SearchHit], bool]:
    typed = {kind: some if kinds is None or kind in kinds else [] for kind, some in prefixes(asked.text).items()}
    if not any(typed.values()):
        return [], False
    params = {f"{kind.lower()}s": some for kind, some in typed.items()}
    best: dict[str, SearchHit] = {}
    rows = graph.store.read(viewer, "search/value", limit=VALUES_EACH, **params)
    for row in rows:
        view = entity_view(row["node"])
        value = str(view.properties["value"])
        hit = SearchHit(view, value_score(row["typed"], value), (("value", value),))
        if view.id not in best or hit.score > best[view.id].score:
            best[view.id] = hit
    return list(best.values()), _full((row["node"]["kind"] for row in rows), VALUES_EACH)
