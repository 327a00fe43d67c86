"""A stream of checked rows and rejects out of data files: the reading half of a load.

A row key that comes twice in one delivery is found by a first pass over the keys alone (eight bytes a row); the rows
that have one are held back to the end, then taken once where they are equal and rejected where they are not. Files of
one chunk need no such pass.
"""

from __future__ import annotations

import gc
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from loaders.check import Checker
from loaders.check_property import DATE_FINDING
from loaders.mapping.spec import FileMapping, ValueSpec
from loaders.reader_format import tables
from loaders.reader_place import Delivery, deliveries
from loaders.reader_table import Table
from loaders.row import Reject, SourceRow

__all__ = ["Chunk", "Delivery", "check_columns", "collector_off", "deliveries", "read", "warnings"]


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


@dataclass(slots=True)
class _Held:
    """The rows of one key that came more than once."""

    row: SourceRow
    findings: Counter[str] | None
    rejects: list[Reject] = field(default_factory=list)
    equal: bool = True


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
    parts = tables(delivery, entry, chunk_rows)
    first, second = next(parts, None), next(parts, None)
    if first is None:
        return
    if second is None:
        twice = _twice(checker, [first])
        following: Iterable[Table] = ()
    else:
        twice = _twice(checker, tables(delivery, entry, chunk_rows))
        following = chain([second], parts)
    held: dict[str, _Held] = {}
    for table in chain([first], following):
        with collector_off():
            chunk = _chunk(checker, table, twice, held)
        yield chunk
    if held:
        yield _settle(held)


@contextmanager
def collector_off() -> Iterator[None]:
    """Do not look for cyclic garbage: none comes to be while rows are checked, and the search took a quarter of it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _twice(checker: Checker, parts: Iterable[Table]) -> frozenset[int]:
    """The hashes of the row keys that come more than once."""
    hashes = array("q")
    for table in parts:
        hashes.extend(hash(key) for key in checker.keys(table) if key)
    found, counts = np.unique(np.frombuffer(hashes, dtype=np.int64), return_counts=True)
    return frozenset(found[counts > 1].tolist())


def _chunk(checker: Checker, table: Table, twice: frozenset[int], held: dict[str, _Held]) -> Chunk:
    checked = checker.check(table)
    chunk = Chunk(rejects=sorted(checked.rejects, key=lambda reject: reject.line), read=table.read)
    if checked.undated:
        chunk.findings[DATE_FINDING] = checked.undated
    place = {line: at for at, line in enumerate(table.lines)} if twice else {}
    for row, findings in zip(checked.rows, checked.findings, strict=True):
        if twice and hash(row.key) in twice:
            _hold(held, row, table.original(place[row.line]), findings)
            continue
        chunk.rows.append(row)
        if findings is not None:
            chunk.findings.update(findings)
    return chunk


def _hold(held: dict[str, _Held], row: SourceRow, original: bytes, findings: Counter[str] | None) -> None:
    reason = "another row of this delivery has the same row key and other content"
    reject = Reject(row.line, None, "row-key-repeated", reason, row.key, original, row.marking)
    known = held.setdefault(row.key, _Held(row, findings))
    known.rejects.append(reject)
    known.equal = known.equal and known.row.content == row.content
    if (row.as_of or 0) > (known.row.as_of or 0):
        known.row = row


def _settle(held: dict[str, _Held]) -> Chunk:
    good = [one for one in held.values() if one.equal]
    rejects = [reject for one in held.values() if not one.equal for reject in one.rejects]
    findings: Counter[str] = Counter()
    for one in good:
        findings.update(one.findings or {})
    return Chunk(
        sorted((one.row for one in good), key=lambda row: row.line),
        sorted(rejects, key=lambda reject: reject.line),
        repeated=sum(len(one.rejects) - 1 for one in good),
        findings=findings,
    )


def warnings(delivery: Delivery, entry: FileMapping, as_of: int | None) -> list[str]:
    """What to say about a delivery that has no date: changes cannot be told, two-figure years hang on today."""
    if entry.as_of is not None or as_of is not None or delivery.as_of is not None:
        return []
    said = [f"{delivery.path}: no date of its own; give --as-of so that changes can be told"]
    short = sorted({spec.line for spec in _values(entry) if _is_short(spec)})
    if short:
        lines = ", ".join(str(line) for line in short)
        said.append(f"{delivery.path}: two-figure years ({entry.mapping}:{lines}) are placed by the day of the load")
    return said


def _is_short(spec: ValueSpec) -> bool:
    return any("YY" in form and "YYYY" not in form for form in spec.formats)


def _values(entry: FileMapping) -> Iterator[ValueSpec]:
    for record in entry.records:
        for part in record.properties:
            yield from part.values
    for link in entry.links:
        yield from link.properties.values()
