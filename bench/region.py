"""How long new and changed records take until they are settled, by what they reach, beside resolving the whole kind.

Run after `make demo ARGS=--once`, with the same settings: `python -m bench.region [sizes]`. Rows about people whom the
graph knows are written as a source of their own, then settled; then some of them again with another phone. At the end
everybody is resolved again as a whole, which is the baseline, and must change no byte of the canonical dump.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, LiteralString, TypeVar

from bench.increment import UnsettledSink
from cli.session import opened
from graph.dump import dump
from graph.marking_numbers import StoredMarkings
from graph.open import Graph
from graph.statements import statements
from graph.store import Store, Transaction
from loaders.load import deliveries_of, load_into
from loaders.mapping import load_mappings
from loaders.options import LoadOptions
from loaders.run import Run, RunLog
from loaders.settle import settle, silent
from resolution.fetch import Held, fetch

_SIZES = (1, 1, 1, 1, 1, 1, 10, 10, 100, 1_000, 10_000)
_MAPPING = """
source: bench
files:
  - path: "rows.csv"
    row_key: "{id}"
    records:
      person:
        kind: Person
        key: "{id}"
        properties: {given_name: given, surname: surname, date_of_birth: {column: dob, parse: date}, phone: phone,
                     address: address, postcode: postcode}
"""
_DAY = 86_400
T = TypeVar("T")


class _Timed(Transaction):
    """A transaction that adds up what each statement takes."""

    def __init__(self, inner: Transaction, taken: defaultdict[str, float]) -> None:
        self._inner = inner
        self._taken = taken

    def run_text(self, text: LiteralString, params: Any) -> list[dict[str, Any]]:  # noqa: ANN401
        started = time.perf_counter()
        rows = self._inner.run_text(text, params)
        self._taken[_NAMES.get(text, text.split("`")[0][:40])] += time.perf_counter() - started
        return rows


_NAMES = {text: one.name for one in statements().values() for text in (one.text, one.together)}


class _TimedStore(Store):
    def __init__(self, store: Store) -> None:
        super().__init__(store.connection, timeout_s=store.timeout_s)
        self.taken: defaultdict[str, float] = defaultdict(float)

    def write(self, work: Callable[[Transaction], T]) -> T:
        return super().write(lambda transaction: work(_Timed(transaction, self.taken)))


def _rows(held: Sequence[Held], count: int, chance: random.Random) -> list[list[str]]:
    rows = []
    for place, record in enumerate(chance.sample(held, count)):
        first: dict[str, Any] = {
            name: value[0] if isinstance(value, list) else value for name, value in record.properties.items()
        }
        names = ("given_name", "surname", "date_of_birth", "phone", "address", "postcode")
        rows.append([f"{chance.getrandbits(40)}-{place}", *(str(first.get(name) or "") for name in names)])
    return rows


def _write(graph: Graph, rows: Sequence[Sequence[str]], day: int) -> float:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = ["id,given,surname,dob,phone,address,postcode"]
        lines += [",".join(f'"{cell}"' for cell in row) for row in rows]
        (folder / "rows.csv").write_text("\n".join([*lines, ""]), "utf-8")
        (folder / "bench.yaml").write_text(_MAPPING, "utf-8")
        started = time.perf_counter()
        now = graph.clock() + day * _DAY
        options, run = LoadOptions(folder, now, now), Run(f"bench {day}", now)
        sink = UnsettledSink(graph, run, RunLog(graph, run), 5.0, silent)
        load_into(sink, deliveries_of(load_mappings([folder / "bench.yaml"], ()), options), options, silent)
        return time.perf_counter() - started


def _settle(
    graph: Graph, store: _TimedStore, markings: StoredMarkings, what: str, count: int, *, rebuild: bool = False
) -> None:
    store.taken.clear()
    started = time.perf_counter()
    kinds = ["Person"] if rebuild else None
    reports = settle(graph, markings, kinds=kinds, rebuild=rebuild, progress=silent)
    seconds = time.perf_counter() - started
    records, written = (sum(getattr(report, part) for report in reports) for part in ("records", "written"))
    print(f"| {what} | {count:,} | {seconds * 1000:,.0f} | {records:,} | {written:,} |")
    costly = sorted(store.taken.items(), key=lambda item: -item[1])[:8]
    told = ", ".join(f"{name} {taken * 1000:,.1f}" for name, taken in costly)
    print(f"  statements (ms): {told}", file=sys.stderr)


def main(arguments: Sequence[str]) -> int:
    """Print the table; 1 where resolving the whole kind changes a byte."""
    sizes = [int(each) for each in arguments] or _SIZES
    chance = random.Random(1)
    with opened() as plain, tempfile.TemporaryDirectory() as name:
        store = _TimedStore(plain.store)
        graph = Graph(store, plain.ids, plain.catalogue, plain.clock)
        markings = StoredMarkings(store)
        held = [record for record in fetch(graph, "Person") if record.live and "surname" in record.properties]
        print(f"{len(held):,} records of persons\n")
        print("| what | records | ms | records in the region | entities written |")
        print("| --- | --- | --- | --- | --- |")
        for day, size in enumerate(sizes):
            rows = _rows(held, size, chance)
            _write(graph, rows, 2 * day)
            _settle(graph, store, markings, "new", size)
            changed = [[*row[:4], f"0770090{chance.randrange(10_000):04d}", *row[5:]] for row in rows]
            _write(graph, changed, 2 * day + 1)
            _settle(graph, store, markings, "another phone", size)
        _settle(graph, store, markings, "nothing", 0)
        dump(graph, Path(name) / "region")
        _settle(graph, store, markings, "all, as a whole", len(held), rebuild=True)
        dump(graph, Path(name) / "whole")
        same = (Path(name) / "region").read_bytes() == (Path(name) / "whole").read_bytes()
    print("\nthe canonical dump is the same" if same else "\nTHE DUMPS DIFFER")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
