"""The facts of many watches of one viewer, asked together: whoever begins to listen has a hundred of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from alert.anything import anything_of
from alert.fact import Fact, first_of
from alert.together import involved, together
from alert.vulnerable import MOST_TIED, tied, told_of
from alert.watch import WatchPattern, WatchView
from graph.answer import EntityView
from graph.batch import batched
from graph.errors import NotFound
from graph.open import Graph
from graph.read.entity import groups
from resolution.change import Owners, Span, owners_among
from security.viewer import Viewer

# Groups are asked for so many things at a time.
_AT_ONCE = 500
Ready = Mapping[tuple[str, WatchPattern], list[Fact]]


def owning(graph: Graph, viewer: Viewer, watches: Iterable[WatchView]) -> dict[str, Owners]:
    """Who is watched by each of those that watch subjects, groups included, by the watch's id; all are read at once.

    Those of a watch that names what is not there any more are left out.
    """
    named = {each.id: each.ids for each in watches if each.ids is not None}
    known: dict[str, tuple[EntityView, ...]] = {}
    for ids in batched(sorted({id_ for some in named.values() for id_ in some}), _AT_ONCE):
        known |= groups(graph, viewer, ids)
    found: dict[str, Owners] = {}
    for watch, some in named.items():
        with suppress(NotFound):
            found[watch] = owners_among(known, some)
    return found


def ready(
    graph: Graph, viewer: Viewer, watched: Mapping[str, Owners], watches: Iterable[WatchView], until: int, limit: int
) -> Ready:
    """All facts of watches of subjects, by watch and pattern, as far as they can be had together.

    `watched`: who is watched, by the id of the watch. What is not in it is to be asked alone: ways, areas, and what
    there is very much of.
    """
    some = [each for each in watches if each.area_id is None and each.id in watched and each.since < until]
    spans = {each.id: Span(each.since, min(until, each.until), None) for each in some}
    plain = {each.id: watched[each.id] for each in _by(WatchPattern.ANYTHING, some)}
    found = {
        (id_, WatchPattern.ANYTHING): facts for id_, facts in anything_of(graph, viewer, plain, spans, limit).items()
    }
    found |= _together(graph, viewer, watched, _by(WatchPattern.TOGETHER, some), spans)
    return found | _vulnerable(graph, viewer, watched, _by(WatchPattern.VULNERABLE, some), spans)


def _by(pattern: WatchPattern, watches: Iterable[WatchView]) -> list[WatchView]:
    return [each for each in watches if pattern in each.patterns]


def _together(
    graph: Graph, viewer: Viewer, watched: Mapping[str, Owners], watches: Sequence[WatchView], spans: Mapping[str, Span]
) -> dict[tuple[str, WatchPattern], list[Fact]]:
    ids = {id_ for each in watches for id_ in watched[each.id]}
    rows = involved(graph, viewer, ids) if ids else []
    return {
        (each.id, WatchPattern.TOGETHER): _all(together(rows, watched[each.id], each), spans[each.id])
        for each in watches
    }


def _vulnerable(
    graph: Graph, viewer: Viewer, watched: Mapping[str, Owners], watches: Sequence[WatchView], spans: Mapping[str, Span]
) -> dict[tuple[str, WatchPattern], list[Fact]]:
    rows = tied(graph, viewer, sorted({id_ for each in watches for id_ in watched[each.id]}))
    if len(rows) > MOST_TIED:
        return {}

    def facts(watch: WatchView) -> Iterator[Fact]:
        mine = [row for row in rows if row["id"] in watched[watch.id]]
        return told_of(graph, viewer, mine)

    return {(each.id, WatchPattern.VULNERABLE): _all(facts(each), spans[each.id]) for each in watches}


def _all(facts: Iterable[Fact], span: Span) -> list[Fact]:
    found = list(facts)
    return first_of(found, span, len(found))
