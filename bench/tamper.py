"""Whether anything that somebody does to a long audit log stays unfound, and how long finding it takes.

Run: `python -m bench.tamper [--entries 1000000] [--attempts 10] [--seed 1] [--folder DIR]`. Each attempt changes the
file as its owner can, at places drawn from the seed; then the whole log is verified, the first problem must be where
the change was, and what was there is put back. Prints a line for each kind: found of tried, and the seconds it took.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from bench.audit import entry_of
from security.audit import AuditLog, verify
from security.audit.chain import hash_of
from tests.audit.conftest import file_of, log_in

_TOGETHER = 500
_TRIGGERS = ("entry_stays", "entry_is_so")
# So many entries behind a change move, or are chained anew: past the next checkpoint, one of which stands in 1,000.
_BEHIND = 1_500

Row = tuple[int, bytes, bytes]
# Takes the entries from a place on, `_BEHIND` and one, and returns what shall stand there instead.
Change = Callable[[list[Row], random.Random], Sequence[Row]]


def _flipped(rows: list[Row], draw: random.Random) -> Sequence[Row]:
    seq, body, hash_ = rows[0]
    return [(seq, _bit(body, draw), hash_), *rows[1:]]


def _flipped_hash(rows: list[Row], draw: random.Random) -> Sequence[Row]:
    seq, body, hash_ = rows[0]
    return [(seq, body, _bit(hash_, draw)), *rows[1:]]


def _bit(content: bytes, draw: random.Random) -> bytes:
    spoilt = bytearray(content)
    spoilt[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
    return bytes(spoilt)


def _deleted(rows: list[Row], draw: random.Random) -> Sequence[Row]:
    return rows[draw.randrange(1, 6) :]


def _closed_up(rows: list[Row], draw: random.Random) -> Sequence[Row]:
    gap = draw.randrange(1, 6)
    return [(seq - gap, body, hash_) for seq, body, hash_ in rows[gap:]]


def _inserted(rows: list[Row], draw: random.Random) -> Sequence[Row]:
    _, body, hash_ = rows[draw.randrange(1, _BEHIND)]
    return [(rows[0][0], body, hash_), *((seq + 1, body, hash_) for seq, body, hash_ in rows[:-1])]


def _reordered(rows: list[Row], draw: random.Random) -> Sequence[Row]:
    other = draw.randrange(1, _BEHIND)
    order = [other, *range(1, other), 0, *range(other + 1, len(rows))]
    return [(row[0], *rows[place][1:]) for row, place in zip(rows, order, strict=True)]


def _cut(rows: list[Row], draw: random.Random) -> Sequence[Row]:
    return ()


def _chained_anew(rows: list[Row], draw: random.Random) -> Sequence[Row]:
    """An older file put back and written on: everything behind an entry is another, and every hash fits."""
    seq, body, before = rows[0]
    anew = [(seq, body, before)]
    for seq, body, _ in rows[1:]:
        other = body.replace(b'"pc 77"', b'"pc 78"')
        before = hash_of(before, seq, other)
        anew.append((seq, other, before))
    return anew


ANYWHERE: dict[str, Change] = {
    "flipped bit": _flipped,
    "flipped hash": _flipped_hash,
    "deletion": _deleted,
    "deletion, closed up": _closed_up,
    "insertion": _inserted,
    "changed order": _reordered,
    "chained anew": _chained_anew,
}
AT_THE_END: dict[str, Change] = {"end cut off": _cut, "rolled back": _chained_anew}


def _attempt(log: AuditLog, change: Change, at: int, draw: random.Random) -> tuple[str, float]:
    """Return the first problem that verifying the changed log tells, and its seconds; the log is as before then."""
    with closing(sqlite3.connect(file_of(log))) as connection:
        rows: list[Row] = connection.execute(
            "SELECT seq, body, hash FROM entry WHERE seq >= ? ORDER BY seq LIMIT ?", (at, _BEHIND + 1)
        ).fetchall()
        _put(connection, rows, change(rows, draw))
        began = time.perf_counter()
        problems = verify(log).problems
        taken = time.perf_counter() - began
        _put(connection, rows, rows)
    return problems[0] if problems else "", taken


def _put(connection: sqlite3.Connection, old: Sequence[Row], new: Sequence[Row]) -> None:
    connection.execute("DELETE FROM entry WHERE seq BETWEEN ? AND ?", (old[0][0], old[-1][0]))
    connection.executemany("INSERT INTO entry VALUES (?, ?, ?)", new)
    connection.commit()


def _held(log: AuditLog, kind: str, change: Change, places: range, given: argparse.Namespace) -> None:
    draw = random.Random(f"{given.seed} {kind}")
    taken = []
    for _ in range(given.attempts):
        at = draw.choice(places)
        problem, seconds = _attempt(log, change, at, draw)
        told = int(re.findall(r"\d+", problem)[0]) if problem else -1
        assert at - 1 <= told <= at + _BEHIND + 1, (kind, at, problem)
        taken.append(seconds)
    print(f"{kind:20} {len(taken)} of {given.attempts} found, median {statistics.median(taken):.2f} s")


def main() -> None:
    """Write the log, change it in every way, and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--attempts", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        log = log_in(Path(name))
        began = time.perf_counter()
        for first in range(0, given.entries, _TOGETHER):
            log.append(*(entry_of(number) for number in range(first, min(first + _TOGETHER, given.entries))))
        log.close()
        print(f"{given.entries:,} entries written in {time.perf_counter() - began:.1f} s, {_TOGETHER} a commit")
        began, worked = time.perf_counter(), time.process_time()
        assert verify(log).problems == ()
        clock, processor = time.perf_counter() - began, time.process_time() - worked
        print(f"verified: {given.entries / clock:,.0f} a second, {given.entries / processor:,.0f} of the processor")
        with closing(sqlite3.connect(file_of(log))) as connection:
            for trigger in _TRIGGERS:
                connection.execute(f"DROP TRIGGER {trigger}")
        for kind, change in ANYWHERE.items():
            _held(log, kind, change, range(2, given.entries - _BEHIND), given)
        for kind, change in AT_THE_END.items():
            _held(log, kind, change, range(given.entries - _BEHIND, given.entries), given)
        assert verify(log).problems == ()
        print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
