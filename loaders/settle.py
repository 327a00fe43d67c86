"""Settle the graph after rows were written: entities first, then links, until nothing waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graph.marking_numbers import MarkingNumbers
from graph.open import Graph
from graph.store import Transaction
from loaders.link import link_rows
from resolution.run import KindReport, resolve

# Told how far a stage is: its name, done, and the total where it is known.
Progress = Callable[[str, int, int | None], None]


def settle(
    graph: Graph,
    markings: MarkingNumbers,
    *,
    kinds: Sequence[str] | None = None,
    resolve_evidence: bool = True,
    rebuild: bool = False,
    progress: Progress,
) -> list[KindReport]:
    """Place records and link rows until the graph is at rest; returns what was resolved.

    `rebuild` resolves these `kinds` again, or all. `resolve_evidence=False` gives every new record an
    entity of its own. Each step is derived from what is in the
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
            progress=lambda kind, done, total: progress(f"resolving {kind}", done, total),
        )
        again = False
        link_rows(graph, markings, lambda done: progress("linking rows", done, None))
        graph.store.write(_unmake)
        unplaced = any(row["unplaced"] for row in graph.store.internal("resolve/unplaced"))
        if not unplaced and not graph.store.internal("load/waiting")[0]["rows"]:
            return reports


def _unmake(transaction: Transaction) -> None:
    gone = transaction.run("load/unmake")
    transaction.run("resolve/drop_empty", ids=[row["entity"] for row in gone])
