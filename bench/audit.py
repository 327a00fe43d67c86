"""What the audit log costs: durable entries a second with several processes, one entry alone, verification, a look-up.

Run: `python -m bench.audit [--entries 100000] [--processes 2] [--threads 16] [--folder DIR] [--postgres] [--whole
1000000]`. Entries are of the size of an answer that names eight things. The folder decides: it is the disk's full sync
that is waited for. With --postgres the log is in a PostgreSQL that is started for it, its folder in TMPDIR, and reached
by a socket. `--whole`: so many entries are in the log when somebody asks who asked after an id.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from security.audit import GENESIS, Act, AuditLog, Entry, Index, Link, verify
from security.audit.chain import hash_of
from security.audit.entry import moment
from security.audit.look import who
from security.audit.subject import looks
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


def log_of(folder: Path) -> AuditLog:
    """The log of a folder, with what leads to its entries."""
    plain = log_in(folder)
    return AuditLog(plain.book, plain.seal, index=Index(folder / "index"))


def append(folder: Path, count: int, threads: int) -> None:
    """Append so many entries, one a call, from so many threads."""
    log = log_of(folder)
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
    log = log_of(folder)
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


def _more(log: AuditLog, count: int) -> Iterator[Link]:
    """What is there, and entries after it until there are so many."""
    last = Link(0, b"", GENESIS)
    for last in log.links():
        yield last
    for seq in range(last.seq + 1, count + 1):
        body = entry_of(seq).canonical(1.7e9 + seq * 3)
        last = Link(seq, body, hash_of(last.hash, seq, body))
        yield last


def _looked_up(folder: Path, count: int) -> None:
    """Print what it takes to say who asked after an id among so many entries, and who looked at whom in a month."""
    log = log_of(folder)
    log.put_back(_more(log, count))
    chance = random.Random(7)

    def clocked(name: str, times: int, ask: Callable[[], object]) -> None:
        taken, worked = [], time.process_time()
        for _ in range(times):
            started = time.perf_counter()
            ask()
            taken.append((time.perf_counter() - started) * 1000)
        worked = (time.process_time() - worked) / times * 1000
        print(f"{name}: median {statistics.median(taken):.1f} ms; of our processor {worked:.1f} ms")

    def who_asked() -> None:
        id_ = f"e_{chance.randrange(count // 2, count) * 8:020}"
        assert [*who(log, id_)], id_

    clocked("who asked after an id, the index not made yet", 1, who_asked)
    clocked("who asked after an id", 50, who_asked)
    clocked("the same by a process that just began", 5, lambda: [*who(log_of(folder), f"e_{8 * count:020}")])
    clocked("the same by all of the log", 1, lambda: [*who(log_in(folder), f"e_{8 * count:020}")])
    since, until = moment(1.7e9 + count * 1.5), moment(1.7e9 + count * 1.5 + 43_200)
    clocked("the looks of twelve hours", 5, lambda: [*looks(log, since, until)])
    clocked("the same by all of the log", 1, lambda: [*looks(log_in(folder), since, until)])
    size = sum(path.stat().st_size for path in (folder / "index").glob("*.part"))
    print(f"index: {size / 1e6:.0f} MB")


def main() -> None:
    """Measure, and print a line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=16)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--postgres", action="store_true", help="in PostgreSQL instead of a file")
    parser.add_argument("--whole", type=int, default=0, help="look-ups among so many entries")
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
        if given.whole:
            _looked_up(folder, given.whole)


if __name__ == "__main__":
    main()
