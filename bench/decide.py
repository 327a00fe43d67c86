"""What a preview, a word and its taking back cost, beside settling the same two records for no reason.

Run after `make demo ARGS=--once`, with the same settings: `python -m bench.decide [pairs]`. The first pairs of the
review queue are previewed, said to be one and taken back; at the end the canonical dump must differ in the decisions
alone.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from cli.session import opened
from graph.dump import dump
from graph.marking_numbers import StoredMarkings
from graph.open import Graph
from graph.store import Transaction
from loaders.decide import Saying, Verdict, decide, retract
from loaders.settle import settle_within
from resolution.preview import merge_preview
from resolution.review import review_queue
from security.marking import EVERYTHING

_PAIRS = 60
# The first wait for the database's plans.
_WARM = 10
T = TypeVar("T")


def main() -> None:
    """Print a row for each thing an analyst does."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else _PAIRS
    with opened() as graph:
        viewer = graph.catalogue.viewer("bench", EVERYTHING)
        before = _dumped(graph)
        taken: dict[str, list[float]] = {name: [] for name in ("queue", "preview", "decide", "retract", "baseline")}
        for _ in range(_WARM + 10):
            page = _timed(taken["queue"], lambda: review_queue(graph, viewer, 20))
        page = review_queue(graph, viewer, pairs + _WARM)
        for item in page.items:
            a, b = item.pair.a.id, item.pair.b.id
            shown = _timed(taken["preview"], lambda a=a, b=b: merge_preview(graph, viewer, a, b))  # type: ignore[misc]
            said = Saying(a, b, Verdict.SAME, "a benchmark", shown.token)
            done = _timed(taken["decide"], lambda said=said: decide(graph, viewer, said))  # type: ignore[misc]
            word = done.decision.id
            _timed(taken["retract"], lambda word=word: retract(graph, viewer, word, "a benchmark"))  # type: ignore[misc]
            _timed(taken["baseline"], lambda a=a, b=b: _settle(graph, [a, b]))  # type: ignore[misc]
        assert _dumped(graph) == before, "taking words back left a trace"
    _print(taken, len(page.items) - _WARM)


def _settle(graph: Graph, ids: list[str]) -> None:
    markings = StoredMarkings(graph.store)

    def work(transaction: Transaction) -> None:
        transaction.run("load/lock")
        transaction.run_text("UNWIND $ids AS id MATCH (r:Record {id: id}) SET r:Unplaced", {"ids": ids})
        assert settle_within(graph, transaction, markings)

    markings.within(lambda: graph.store.write(work))


def _timed(taken: list[float], work: Callable[[], T]) -> T:
    started = time.perf_counter()
    result = work()
    taken.append((time.perf_counter() - started) * 1000)
    return result


def _dumped(graph: Graph) -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "dump.jsonl"
        dump(graph, file)
        return [line for line in file.read_bytes().splitlines() if not line.startswith(b'["decision"')]


def _print(taken: dict[str, list[float]], pairs: int) -> None:
    base = _quantile(taken["baseline"], 0.5)
    print(f"{pairs} pairs; baseline: settling the same two records. ms")
    for name, times in taken.items():
        p50, p95 = _quantile(times, 0.5), _quantile(times, 0.95)
        print(f"{name:10} p50 {p50:7.1f}  p95 {p95:7.1f}  to the baseline {p50 / base:5.2f}")


def _quantile(times: list[float], share: float) -> float:
    ordered = sorted(times[_WARM:])
    return ordered[int(share * (len(ordered) - 1))]


if __name__ == "__main__":
    main()
