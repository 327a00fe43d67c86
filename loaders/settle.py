"""Settle the graph after rows were written: entities first, then links, until nothing waits."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from graph.marking_numbers import MarkingNumbers
from graph.open import Graph
from graph.store import Transaction
from loaders.link import ROWS, link_rows, link_within
from resolution.model import Model
from resolution.run import KindReport, resolve, resolve_within
from resolution.waiting import Waiting

# Told how far a stage is: its name, done, and the total where it is known.
Progress = Callable[[str, int, int | None], None]
# Seconds of writing to one of settling, at least.
_WRITING = 4


class Pace:
    """When a load that goes on for long settles what it has written: after `least_s` seconds of writing.

    And no sooner than four times the seconds that the last settling took, so that at most a fifth of its time goes
    there. Nothing but that depends on the clock: settling in between, or not, ends in the same graph.
    """

    def __init__(self, least_s: float) -> None:
        self._least_s = least_s
        self._due = time.monotonic() + least_s

    @property
    def due(self) -> bool:
        """Whether it is time."""
        return time.monotonic() >= self._due

    def settled(self, took_s: float) -> None:
        """It has settled, which took so many seconds."""
        self._due = time.monotonic() + max(self._least_s, _WRITING * took_s)


def silent(stage: str, done: int, total: int | None) -> None:
    """Report nothing."""


def settle(
    graph: Graph,
    markings: MarkingNumbers,
    *,
    kinds: Sequence[str] | None = None,
    resolve_evidence: bool = True,
    rebuild: bool = False,
    model: Model | None = None,
    progress: Progress,
) -> list[KindReport]:
    """Place records and link rows until the graph is at rest; returns what was resolved.

    `rebuild` resolves these `kinds` again, or all. `resolve_evidence=False` gives every new record an
    entity of its own; `model` is another than the shipped one. Each step is derived from what is in the
    graph, so a run that was cut short is simply run again. Linking may make records (`missing: make`) and
    resolving may free links that waited; both end, because what is made or bound depends on identifiers alone.
    """
    reports: list[KindReport] = []
    again = rebuild
    while True:
        reports += resolve(
            graph,
            markings,
            kinds=kinds if again else None,
            rebuild=again,
            by_evidence=resolve_evidence,
            model=model,
            progress=lambda kind, done, total: progress(f"resolving {kind}", done, total),
        )
        again = False
        waiting = _waiting(graph)
        if waiting.rows:
            link_rows(graph, markings, lambda done: progress("linking rows", done, None))
            waiting = _waiting(graph)
        if waiting.made and not waiting.rows:
            graph.store.write(_unmake)
            waiting = _waiting(graph)
        if not waiting.unplaced and not waiting.rows:
            return reports


def settle_within(graph: Graph, transaction: Transaction, markings: MarkingNumbers) -> bool:
    """Settle, by evidence, in a transaction that has the writer's lock.

    Returns False where so much waits that it is for `settle` to go on, in parts; what is done by then may stay.
    """
    while True:
        waiting = Waiting.of(transaction.run("resolve/waits", by_evidence=True))
        if waiting.rows > ROWS or not resolve_within(graph, transaction, markings, waiting):
            return False
        if waiting.kinds or waiting.rows:
            link_within(graph, transaction, markings)
        elif waiting.made:
            transaction.run("load/unmake")
        else:
            return True


def _waiting(graph: Graph) -> Waiting:
    return Waiting.of(graph.store.internal("resolve/waits", by_evidence=False))


def _unmake(transaction: Transaction) -> None:
    transaction.run("load/lock")
    transaction.run("load/unmake")
