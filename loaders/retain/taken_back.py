"""What sources took back long ago, and what of it somebody's word keeps as history.

It has no entity and no links any more: who had a part in what is read from what its rows state, as they were delivered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import orjson

from graph.batch import batched
from graph.open import Graph
from loaders.bind import meant

_IDS = 2_000


def taken_back(graph: Graph, before: int) -> list[str]:
    """The rows that ceased to be before a moment, where no live row says anything of what they speak of; in order."""
    return sorted(row["row"] for row in graph.store.stream("retain/withdrawn", before=before))


def kept_back(graph: Graph, rows: Sequence[str], kept: Collection[str]) -> tuple[set[str], set[str]]:
    """What stays because of records and events that are kept, live or taken back: who is near them, and of these rows.

    Near are these themselves, events in which one of them had a part, and whoever had a part in any of those; the rows
    are those that state such a part.
    """
    if not kept or not rows:
        return set(kept), set()
    theirs = [row["row"] for ids in batched(sorted(kept), _IDS) for row in graph.store.internal("retain/rows", ids=ids)]
    parts = list(_parts(graph, sorted({*theirs, *rows})))
    events = {id_ for _, who, at in parts if not (who | at).isdisjoint(kept) for id_ in at}
    told = [(row, who, at) for row, who, at in parts if not at.isdisjoint(events)]
    return {id_ for _, who, at in told for id_ in (*who, *at)}.union(kept), {row for row, *_ in told}.intersection(rows)


def said_by(graph: Graph, rows: Sequence[str]) -> Iterator[tuple[str, set[str]]]:
    """Each row with the records and things that it speaks of."""
    for part in batched(rows, _IDS):
        for found in graph.store.internal("retain/said", rows=part):
            yield found["row"], set(found["said"])


def _parts(graph: Graph, rows: Sequence[str]) -> Iterator[tuple[str, set[str], set[str]]]:
    """Each part in an event that rows state: the row, and whom and which events its ends may mean."""
    for part in batched(rows, _IDS):
        for found in graph.store.internal("retain/stated", rows=part):
            for link in orjson.loads(found["links"] or "[]"):
                if link["t"] == "INVOLVED_IN":
                    yield found["row"], {*meant(link["f"])}, {*meant(link["o"])}
