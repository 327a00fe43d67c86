"""A stream of checked rows and rejects out of data files: the reading half of a load.

A row key that comes twice in one delivery is found by a first pass over the keys alone (eight bytes a row); the rows
that have one are held back to the end, then taken once where they are equal and rejected where they are not. Files of
one chunk need no such pass, nor do rows that are known by their place in the file.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from graph.collector import collector_off
from loaders.check import Checker
from loaders.check_property import DATE_FINDING
from loaders.mapping.spec import FileMapping, ValueSpec
from loaders.reader_format import tables
from loaders.reader_place import Delivery, deliveries
from loaders.reader_table import Table
from loaders.row import Code, Reject, SourceRow

__all__ = [
    "Chunk",
    "Delivery",
    "Held",
    "HeldRow",
    "Places",
    "check_columns",
    "deliveries",
    "numbered",
    "part",
    "read",
    "repeats",
    "warnings",
]

# The places of rows in a file, counted over those that could be taken apart, from 0 and in order.
Places = npt.NDArray[np.int64]


@dataclass(slots=True)
class Chunk:
    """Some rows of a data file: good ones, rejects, how many were read, how many came again, findings by serial.

    Over all chunks of a file: read = len(rows) + len(rejects) + repeated. Findings are counted over good rows.
    """

    rows: list[SourceRow] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    read: int = 0
    repeated: int = 0
    findings: Counter[str] = field(default_factory=Counter)


class HeldRow(NamedTuple):
    """A good row whose key comes again: with its text as it stood and the findings that it would count."""

    row: SourceRow
    original: bytes
    findings: Counter[str] | None


@dataclass(slots=True)
class _Repeated:
    """The rows of one key that came more than once."""

    row: SourceRow
    findings: Counter[str] | None
    rejects: list[Reject] = field(default_factory=list)
    equal: bool = True


class Held:
    """The rows of a file that are held back to its end."""

    def __init__(self) -> None:
        self._by_key: dict[str, _Repeated] = {}

    def __bool__(self) -> bool:
        return bool(self._by_key)

    def add(self, rows: Iterable[HeldRow]) -> None:
        """Hold these rows."""
        for row, original, findings in rows:
            reason = "another row of this delivery has the same row key and other content"
            reject = Reject(row.line, None, Code.ROW_KEY_REPEATED, reason, row.key, original, row.marking)
            known = self._by_key.setdefault(row.key, _Repeated(row, findings))
            known.rejects.append(reject)
            known.equal = known.equal and known.row.content == row.content
            if (row.as_of or 0) > (known.row.as_of or 0):
                known.row = row

    def settled(self) -> Chunk:
        """The rows that are equal, each once, and the rejects of those that are not."""
        good = [one for one in self._by_key.values() if one.equal]
        rejects = [reject for one in self._by_key.values() if not one.equal for reject in one.rejects]
        findings: Counter[str] = Counter()
        for one in good:
            findings.update(one.findings or {})
        return Chunk(
            sorted((one.row for one in good), key=lambda row: row.line),
            sorted(rejects, key=lambda reject: reject.line),
            repeated=sum(len(one.rejects) - 1 for one in good),
            findings=findings,
        )


def check_columns(delivery: Delivery, entry: FileMapping) -> None:
    """Return where the data file can be opened and has every column that the mapping names.

    Raises MappingError or LoadError as `read` does, so that a load can look at all its files before it writes a row.
    """
    next(tables(delivery, entry, 1), None)


def read(
    delivery: Delivery, entry: FileMapping, *, as_of: int | None, today: int, chunk_rows: int = 20_000
) -> Iterator[Chunk]:
    """The rows of a data file in chunks, in their order but for those whose key comes twice, which come last.

    `as_of`: the delivery's date for rows that have none of their own (without it an archive member's); `today`: the day
    of the load; both in epoch seconds. Raises MappingError for a column that is not there and LoadError for a file that
    cannot be read, before the first chunk where the first megabyte shows it.
    """
    checker = Checker(entry, as_of=delivery.as_of if as_of is None else as_of, today=today)
    held = Held()
    for table, places in numbered(delivery, entry, chunk_rows, lambda: repeats(checker, delivery, entry, chunk_rows)):
        with collector_off():
            chunk, more = part(checker, table, places)
        held.add(more)
        yield chunk
    if held:
        yield held.settled()


def numbered(
    delivery: Delivery, entry: FileMapping, chunk_rows: int, again: Callable[[], Places | None]
) -> Iterator[tuple[Table, Collection[int] | None]]:
    """The tables of a data file, and of each the places in it of rows whose key may come again.

    `again` gives them for the whole file; None, here too, where nothing is known of them, as of a file of one table.
    """
    parts = tables(delivery, entry, chunk_rows)
    first, second = next(parts, None), next(parts, None)
    if first is None:
        return
    if second is None:
        yield first, None
        return
    found, offset = again(), 0
    for table in chain([first, second], parts):
        end = offset + len(table.rows)
        low, high = (0, 0) if found is None else np.searchsorted(found, [offset, end])
        yield table, set() if found is None else set((found[low:high] - offset).tolist())
        offset = end


def repeats(checker: Checker, delivery: Delivery, entry: FileMapping, chunk_rows: int) -> Places | None:
    """The places of the rows of a file whose key comes more than once, by a pass over its keys; None without any."""
    if checker.keyed_by_place:
        return None
    hashes = array("q")
    for table in tables(delivery, entry, chunk_rows):
        hashes.extend(map(hash, checker.keys(table)))
    return _repeated(np.frombuffer(hashes, dtype=np.int64)) if hashes else None


def _repeated(hashes: npt.NDArray[np.int64]) -> Places | None:
    ordered = np.sort(hashes)
    twice = ordered[1:][ordered[1:] == ordered[:-1]]
    # Rows without a key are bad, however many there are.
    twice = twice[twice != hash("")]
    return np.flatnonzero(np.isin(hashes, twice)) if len(twice) else None


def part(checker: Checker, table: Table, places: Collection[int] | None) -> tuple[Chunk, list[HeldRow]]:
    """What a table says, and the good rows among `places`, to be held; None is all whose key comes again in it."""
    checked = checker.check(table)
    chunk = Chunk(rejects=sorted(checked.rejects, key=lambda reject: reject.line), read=table.read)
    if checked.undated:
        chunk.findings[DATE_FINDING] = checked.undated
    again = _lines_again(checked.rows) if places is None else {table.lines[place] for place in places}
    if not again:
        chunk.rows = checked.rows
        for findings in filter(None, checked.findings):
            chunk.findings.update(findings)
        return chunk, []
    held: list[HeldRow] = []
    at = {line: place for place, line in enumerate(table.lines)}
    for row, found in zip(checked.rows, checked.findings, strict=True):
        if row.line in again:
            held.append(HeldRow(row, table.original(at[row.line]), found))
        else:
            chunk.rows.append(row)
            if found is not None:
                chunk.findings.update(found)
    return chunk, held


def _lines_again(rows: Sequence[SourceRow]) -> set[int]:
    counts = Counter([row.key for row in rows])
    return set() if len(counts) == len(rows) else {row.line for row in rows if counts[row.key] > 1}


def warnings(delivery: Delivery, entry: FileMapping, as_of: int | None) -> list[str]:
    """What to say about a delivery that has no date: changes cannot be told, two-figure years hang on today."""
    if entry.as_of is not None or as_of is not None or delivery.as_of is not None:
        return []
    said = [f"{delivery.path}: no date of its own; give --as-of so that changes can be told"]
    short = sorted({spec.line for spec in _values(entry) if spec.short_years})
    if short:
        lines = ", ".join(str(line) for line in short)
        said.append(f"{delivery.path}: two-figure years ({entry.mapping}:{lines}) are placed by the day of the load")
    return said


def _values(entry: FileMapping) -> Iterator[ValueSpec]:
    for record in entry.records:
        for part in record.properties:
            yield from part.values
    for link in entry.links:
        yield from link.properties.values()
