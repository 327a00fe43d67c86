"""What the audit log costs: durable entries a second with several processes, one entry alone, and verification.

Run: `python -m bench.audit [--entries 100000] [--processes 2] [--threads 16] [--folder DIR] [--postgres]`. Entries are
of the size of an answer that names eight things. The folder decides: it is the disk's full sync that is waited for.
With --postgres the log is in a PostgreSQL that is started for it, its folder in TMPDIR, and reached by a socket.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from security.audit import Act, Entry, verify
from security.viewer import Purpose, PurposeCode
from tests.audit.conftest import log_in
from tests.postgres import served

_ALONE = 500
_PURPOSE = Purpose(PurposeCode.INVESTIGATION, "case 7")


def entry_of(number: int) -> Entry:
    """An entry of an answer that names eight things."""
    ids = tuple(f"e_{number * 8 + place:020}" for place in range(8))
    return Entry(
        Act.CONSULTATION, "pc 77", "expand", f"{number:032}", "api", purpose=_PURPOSE, document="0" * 64, ids=ids
    )


def append(folder: Path, count: int, threads: int) -> None:
    """Append so many entries, one a call, from so many threads."""
    log = log_in(folder)
    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(lambda number: log.append(entry_of(number)), range(count)):
            pass
    log.close()


def _together(folder: Path, count: int, processes: int, threads: int) -> float:
    """Entries a second; the second that the processes take to start is measured apart and left out."""
    command = [sys.executable, "-m", "bench.audit", "--append", "--folder", str(folder), "--threads", str(threads)]

    def run(each: int) -> float:
        started = time.perf_counter()
        running = [subprocess.Popen([*command, "--entries", str(each)]) for _ in range(processes)]
        assert not any(process.wait() for process in running)
        return time.perf_counter() - started

    few = run(1)
    return count / (run(count // processes) - few)


def _alone(folder: Path) -> list[float]:
    """Milliseconds of single entries, sorted."""
    log = log_in(folder)
    taken = []
    for number in range(_ALONE):
        started = time.perf_counter()
        log.append(entry_of(number))
        taken.append((time.perf_counter() - started) * 1000)
    log.close()
    return sorted(taken)


def _verified(folder: Path) -> tuple[int, float, float]:
    """Entries, and how many of them are verified in a second, and in a second of the processor."""
    started, worked = time.perf_counter(), time.process_time()
    verdict = verify(log_in(folder))
    assert verdict.problems == ()
    return (
        verdict.entries,
        verdict.entries / (time.perf_counter() - started),
        verdict.entries / (time.process_time() - worked),
    )


def main() -> None:
    """Measure, and print a line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=16)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--postgres", action="store_true", help="in PostgreSQL instead of a file")
    parser.add_argument("--append", action="store_true", help="only append; what the benchmark starts")
    given = parser.parse_args()
    if given.append:
        append(given.folder, given.entries, given.threads)
        return
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=given.folder)))
        if given.postgres:
            (folder / "audit.url").write_text(stack.enter_context(served()).database())
        alone = _alone(folder)
        print(f"one entry alone: median {statistics.median(alone):.2f} ms, p95 {alone[len(alone) * 95 // 100]:.2f} ms")
        rate = _together(folder, given.entries, given.processes, given.threads)
        print(f"{given.processes} processes of {given.threads} threads: {rate:,.0f} durable entries/s")
        count, rate, worked = _verified(folder)
        size = sum(len(link.body) for link in log_in(folder).links()) / count
        print(f"verification: {count:,} entries of {size:.0f} bytes, {rate:,.0f}/s; of our processor {worked:,.0f}/s")


if __name__ == "__main__":
    main()
