"""What the search for a pattern finds: entities, signs, and the things whose links are the evidence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.bound import DAY_S
from graph.batch import batched
from graph.errors import TooCostly
from graph.open import Graph
from graph.relevance import ScorePart, score
from security.viewer import Viewer

MOST = 200_000
_AT_ONCE = 5_000
# Links of one finding are to be read by a person: of calls so many are shown.
MOST_CALLS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """A pattern found: `entities`, what it is about first; `evidence`: further things whose links among all say so."""

    entities: tuple[str, ...]
    signs: tuple[ScorePart, ...]
    evidence: frozenset[str]
    sentence: str

    @property
    def order(self) -> tuple[float, str]:
        """Most signs first: the weights of what was found, then the least id."""
        return -score(self.signs) * sum(sign.weight for sign in self.signs), self.entities[0]


@dataclass(frozen=True, slots=True)
class Search:
    """Where and when a pattern is sought: `area` by its id or None, `since` and `until` epoch seconds."""

    graph: Graph
    viewer: Viewer
    area: str | None
    since: int
    until: int

    @property
    def days(self) -> int:
        """The length of the span in days."""
        return round((self.until - self.since) / DAY_S)

    def rows(self, name: str, **params: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - what Bolt carries
        """The rows of a statement."""
        return self.graph.store.read(self.viewer, name, **params)

    def of(self, name: str, ids: Collection[str], **params: Any) -> dict[str, dict[str, Any]]:  # noqa: ANN401
        """The rows of a statement about these things, by id, some thousands at a time."""
        return {
            row["id"]: row for part in batched(sorted(ids), _AT_ONCE) for row in self.rows(name, ids=part, **params)
        }

    def parties(self) -> set[str] | None:
        """Who lives in the area or had a part in what happened there; None where everybody is sought."""
        if self.area is None:
            return None
        rows = self.rows("network/in_area", area=self.area, since=self.since, until=self.until, most=MOST + 1)
        return {row["id"] for row in few(rows)}


Seek = Callable[[Search], list[Finding]]


def few(found: Sequence[Any]) -> Sequence[Any]:
    """The same; raises TooCostly for more than 200,000."""
    if len(found) > MOST:
        raise TooCostly(f"more than {MOST:,} of them in that time; take a smaller area or fewer days")
    return found


def sign(name: str, value: float, weight: float, sentence: str) -> ScorePart:
    """One sign: how strong (0..1), how much it weighs among the signs of its pattern, and in words."""
    return ScorePart(name, round(min(1.0, max(0.0, value)), 9), weight, sentence)
