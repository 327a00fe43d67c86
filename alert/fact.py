"""Facts that fire watches: each has its moment here, what identifies it, and what it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alert.watch import WatchPattern
from graph.answer import EntityView, LinkView
from graph.ids import parse_link_id
from graph.open import Graph
from graph.read.path import PathView
from resolution.change import ChangeView, Span
from security.viewer import Viewer

# Where a fact stands among those of one watch and pattern, as changes have it.
Position = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Fact:
    """What fired: when it was whole here (epoch), of which pattern, what tells it from others, and a sentence."""

    at: int
    pattern: WatchPattern
    what: str
    id: str
    sentence: str
    subjects: tuple[EntityView, ...]
    change: ChangeView | None = None
    links: tuple[LinkView, ...] = ()
    events: tuple[EntityView, ...] = ()
    path: PathView | None = None

    @property
    def position(self) -> Position:
        """Its place in the order."""
        return self.at, self.what, self.id

    @property
    def named(self) -> tuple[object, ...]:
        """Everything that it speaks of."""
        change = () if self.change is None else (self.change.record, self.change.link, self.change.decision)
        way = () if self.path is None else (*self.path.nodes, *self.path.links)
        return (*self.subjects, *self.events, *self.links, *change, *way)

    @property
    def identity(self) -> tuple[str, ...]:
        """What stays the same of it however it comes to be told; a change of a record is another at every time."""
        again = (str(self.at),) if self.pattern is WatchPattern.ANYTHING else ()
        return (self.pattern.value, self.what, self.id, *again)


def first_of(found: Iterable[Fact], span: Span, limit: int) -> list[Fact]:
    """The first so many facts of a span, in order."""
    kept = [
        fact
        for fact in found
        if span.since < fact.at <= span.until and (span.behind is None or fact.position > span.behind)
    ]
    return sorted(kept, key=lambda fact: fact.position)[:limit]


def loaded_at(graph: Graph, viewer: Viewer, rows: Iterable[str]) -> dict[str, int]:
    """When each of these visible rows was first loaded, epoch seconds."""
    wanted = sorted(set(rows))
    found = graph.store.read(viewer, "alert/told", rows=wanted) if wanted else []
    return {row["row"]: row["at"] for row in found}


def row_of(link: LinkView) -> str:
    """The row that says a link; none for an identity, which no row says."""
    stated = parse_link_id(link.id)
    return "" if stated is None or link.type == "SAME_IDENTITY" else stated[0]


def and_of(names: Sequence[str]) -> str:
    """Names as a sentence has them."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
