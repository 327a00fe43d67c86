"""Malformed rows among good ones: what they cost, and that each is quarantined with its code and no good row is lost.

`python -m bench.malformed --rows 1000000 --wrong 10000`: the forty kinds of the tests, read, checked and encoded as a
load does it, in turn with the same good rows alone; rates are of all rows, the ratio of processor time as well.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from graph.ids import Ids
from graph.marking_numbers import MarkingNumbers
from loaders.job import Job
from loaders.mapping import SourceMapping, load_mappings
from loaders.reader import deliveries
from loaders.reading import read_job
from loaders.row import Code
from tests.loaders.malformed import MAPPING, Wrong, mixed

_TODAY = 1_750_000_000
_KEY = bytes(range(32))
_ROUNDS = 3


@dataclass(slots=True)
class _Read:
    """What was read: good rows, codes by line, and the microseconds that a row took, by clock and by processor."""

    good: int = 0
    codes: dict[int, Code] = field(default_factory=dict)
    clock_us: float = 0.0
    processor_us: float = 0.0


def main() -> None:
    """Print rows a second and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000, help="good rows")
    parser.add_argument("--wrong", type=int, default=2_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="polegraph-bench-") as folder:
        clean, kinds = _reader(Path(folder) / "clean", given.rows, 0)
        dirty, wrong = _reader(Path(folder) / "dirty", given.rows, given.wrong)
        rounds = [(clean(), dirty()) for _ in range(_ROUNDS)]
    for one, other in rounds:
        _held(one, kinds)
        _held(other, wrong)
    for name, at in (("clean", 0), ("with wrong rows", 1)):
        clock = median(pair[at].clock_us for pair in rounds)
        processor = median(pair[at].processor_us for pair in rounds)
        print(f"{name}: {1e6 / clock:,.0f} rows/s, {processor:.1f} us of the processor a row")
    by_clock = median(one.clock_us / other.clock_us for one, other in rounds)
    by_processor = median(one.processor_us / other.processor_us for one, other in rounds)
    print(
        f"rate with {given.wrong:,} wrong rows: {by_clock:.2f} of the clean one, {by_processor:.2f} by processor time"
    )


def _reader(folder: Path, rows: int, wrong: int) -> tuple[Callable[[], _Read], list[Wrong | None]]:
    folder.mkdir()
    content, kinds = mixed(seed=7, rows=rows, wrong=wrong)
    (folder / "rows.csv").write_bytes(content)
    (folder / "mapping.yaml").write_text(MAPPING, "utf-8")
    (mapping,) = load_mappings([folder / "mapping.yaml"], ("OFFICIAL-SENSITIVE",))
    return (lambda: _read(mapping, folder)), kinds


def _read(mapping: SourceMapping, folder: Path) -> _Read:
    (entry,) = mapping.files
    (delivery,) = deliveries(entry, folder)
    job = Job(mapping.source, entry, delivery, None, _TODAY, 2_000)
    found, count = _Read(), 0
    clock, processor = time.perf_counter(), time.process_time()
    for chunk in read_job(job, Ids(_KEY), MarkingNumbers()):
        count += chunk.read
        found.good += len(chunk.rows)
        found.codes.update((reject.line, reject.code) for reject in chunk.rejects)
    found.clock_us = (time.perf_counter() - clock) / count * 1e6
    found.processor_us = (time.process_time() - processor) / count * 1e6
    return found


def _held(read: _Read, kinds: list[Wrong | None]) -> None:
    expected = {line: kind.code for line, kind in enumerate(kinds, 2) if kind is not None and kind.code is not None}
    assert read.codes == expected
    assert read.good == len(kinds) - len(expected)


if __name__ == "__main__":
    main()
