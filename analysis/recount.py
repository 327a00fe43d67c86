"""What happened in a span, counted anew by the database from what a viewer sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from analysis.span import Row, Span
from graph.open import Graph
from security.viewer import Viewer


class Counted(Protocol):
    """Who counts: rows as the statements of the same names in `cypher/live` return them."""

    def incidents(self) -> Sequence[Row]:
        """Incidents by step, and by all that figures are made of."""
        ...

    def events(self) -> Sequence[Row]:
        """Crimes and policed events by step and type."""
        ...

    def responses(self) -> Sequence[Row]:
        """Percentiles of the seconds from opening to arrival."""
        ...

    def times(self) -> Sequence[Row]:
        """How many were reached within each number of seconds, in the window."""
        ...

    def waits(self) -> Sequence[Row]:
        """How long what waits has waited."""
        ...

    def repeats(self) -> Sequence[Row]:
        """Callers and locations that had two or more."""
        ...

    def areas(self) -> Sequence[Row]:
        """Incidents, and open ones, by window and area."""
        ...

    def committed(self) -> Sequence[Row]:
        """Officers at what was assigned and not closed, by window and unit."""
        ...


@dataclass(frozen=True, slots=True)
class Recount:
    """Counts by the database; `area`: only what lies in it."""

    graph: Graph
    viewer: Viewer
    span: Span
    area: str | None

    def incidents(self) -> Sequence[Row]:
        """Incidents by step, and by all that figures are made of."""
        return self._read("live/incidents", step=self.span.step, span=self.span.steps, ends=self.span.said_ends)

    def events(self) -> Sequence[Row]:
        """Crimes and policed events by step and type."""
        return self._read("live/events", step=self.span.step)

    def responses(self) -> Sequence[Row]:
        """Percentiles of the seconds from opening to arrival."""
        return self._read("live/responses", window=self.span.length, step=self.span.step)

    def times(self) -> Sequence[Row]:
        """How many were reached within each number of seconds, in the window."""
        return self._read("live/times", since=self.span.until - self.span.length)

    def waits(self) -> Sequence[Row]:
        """How long what waits has waited."""
        return self._by_end("live/waits")

    def repeats(self) -> Sequence[Row]:
        """Callers and locations that had two or more."""
        return self._read("live/repeats", window=self.span.length)

    def areas(self) -> Sequence[Row]:
        """Incidents, and open ones, by window and area."""
        return self._by_end("live/areas")

    def committed(self) -> Sequence[Row]:
        """Officers at what was assigned and not closed, by window and unit."""
        return self._by_end("live/committed")

    def _by_end(self, name: str) -> Sequence[Row]:
        """The rows of a statement that is of windows and of how things stood at their ends."""
        return self._read(name, window=self.span.length, ends=self.span.said_ends)

    def _read(self, name: str, **params: Any) -> Sequence[Row]:  # noqa: ANN401 - a statement's parameters
        given = {"since": self.span.since, "until": self.span.until, "area": self.area, **params}
        return self.graph.store.read(self.viewer, name, **given)
