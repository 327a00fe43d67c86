"""Rows of data files: every row read, checked and normalised into what it says, or rejected with its reason.

A file is read twice: first only for the keys of its rows, so that rows with one key and unequal content are told apart
before any of them is handed on; memory holds one small hash for each row.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field

import orjson

from loaders.check_label import marking_vector
from loaders.check_link import LinkPlan
from loaders.check_property import Clock, read_date
from loaders.check_record import RecordPlan
from loaders.check_value import Bad, Memo, RowError, keys, refine, texts
from loaders.mapping.spec import FileMapping, ValueSpec
from loaders.reader_place import Delivery, deliveries
from loaders.reader_table import Table, tables
from loaders.row import End, LinkClaim, RecordClaim, Reject, SourceRow

__all__ = ["Chunk", "Delivery", "deliveries", "read"]

_KEY_TABLE_ROWS = 20_000
_HASH_CHARACTERS = 32


@dataclass(slots=True)
class Chunk:
    """Some rows of a delivery: good ones, bad ones, how many were read and repeated, and what failed its standard."""

    rows: list[SourceRow] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    read: int = 0
    repeated: int = 0
    findings: Counter[str] = field(default_factory=Counter)


def read(
    delivery: Delivery, entry: FileMapping, *, as_of: int | None, today: int, chunk_rows: int = 20_000
) -> Iterator[Chunk]:
    """The rows of one data file in chunks; read = good + repeated + rejected once all are read.

    `as_of` (epoch seconds) is the delivery's own date where rows have none, `today` places two-figure years. Raises
    MappingError for a column that is not there, LoadError for a file that cannot be read as what it is said to be.
    """
    reader = _Reader(delivery, entry, as_of, today)
    reader.find_repeated()
    yield from reader.chunks(chunk_rows)


@dataclass(slots=True)
class _Held:
    """A row whose key stands in the delivery more than once, kept until all of them are known."""

    row: SourceRow
    original: bytes
    findings: Counter[str]


class _Reader:
    def __init__(self, delivery: Delivery, entry: FileMapping, as_of: int | None, today: int) -> None:
        self._delivery = delivery
        self._entry = entry
        self._as_of = as_of
        self._today = today
        self._records = [RecordPlan(spec, entry) for spec in entry.records]
        self._links = [LinkPlan(spec, entry) for spec in entry.links]
        self._markings = marking_vector(entry.markings, entry.known)
        self._dates = _date_memo(entry.as_of) if entry.as_of is not None else None
        self._repeated: set[bytes] = set()

    def find_repeated(self) -> None:
        """Learn which row keys stand more than once."""
        seen: set[bytes] = set()
        for table in tables(self._delivery, self._entry, _KEY_TABLE_ROWS):
            for key in self._keys(table):
                small = _small(key)
                (self._repeated if small in seen else seen).add(small)

    def chunks(self, size: int) -> Iterator[Chunk]:
        """The rows, those with repeated keys last."""
        held: defaultdict[str, list[_Held]] = defaultdict(list)
        for table in tables(self._delivery, self._entry, size):
            yield self._chunk(table, held)
        if held:
            yield _judge(held)

    def _keys(self, table: Table) -> list[str]:
        if self._entry.row_key is not None:
            return keys(self._entry.row_key, table)
        parts: list[Sequence[str]] = []
        for record in self._records:
            when, key, value = record.stated(table)
            named = zip(when or [True] * len(key), key, value, strict=True)
            parts.append([f"{record.name}={key}={value}" if stated else "" for stated, key, value in named])
        for link in self._links:
            when, origin, target = link.ends(table)
            ends = zip(when or [True] * len(origin), origin, target, strict=True)
            parts.append([f"{_end(a)}>{_end(b)}" if stated else "" for stated, a, b in ends])
        return ["\x1f".join(row) for row in zip(*parts, strict=True)]

    def _chunk(self, table: Table, held: defaultdict[str, list[_Held]]) -> Chunk:
        chunk = Chunk(rejects=list(table.rejects), read=table.read)
        row_keys = self._keys(table)
        dates = self._row_dates(table)
        clock = Clock(dates, self._as_of, self._today)
        records = [record.columns(table, clock) for record in self._records]
        links = [link.columns(table, clock) for link in self._links]
        markings = self._markings(table)
        for place, line in enumerate(table.lines):
            findings: Counter[str] = Counter()
            try:
                if not row_keys[place]:
                    raise RowError(Bad(None, "no-key", "the row's key has an empty column", ""))
                marking = markings[place]
                if isinstance(marking, Bad):
                    raise RowError(marking)
                claims: list[RecordClaim] = []
                made_links: list[LinkClaim] = []
                for column in records:
                    claim = column.claim(place, findings)
                    if claim is not None:
                        claims.append(claim)
                        more = column.made(claim)
                        if more is not None:
                            claims += more[0]
                            made_links += more[1]
                present = {claim.name for claim in claims}
                stated = [found for column in links if (found := column.claim(place, present, findings)) is not None]
            except RowError as error:
                bad = error.bad
                original = table.original(place)
                chunk.rejects.append(Reject(line, bad.column, bad.code, bad.reason, bad.value, original))
                continue
            as_of = self._as_of if dates is None or dates[place] is None else dates[place]
            said = (*stated, *made_links)
            content = _content(marking, claims, said)
            row = SourceRow(line, row_keys[place], as_of, marking, content, table.raw(place), tuple(claims), said)
            if _small(row.key) in self._repeated:
                held[row.key].append(_Held(row, table.original(place), findings))
            else:
                chunk.rows.append(row)
                chunk.findings.update(findings)
        return chunk

    def _row_dates(self, table: Table) -> list[int | None] | None:
        if self._entry.as_of is None or self._dates is None:
            return None
        moment = self._today if self._as_of is None else self._as_of
        return self._dates.over([(text, moment) for text in texts(self._entry.as_of, table)])


def _date_memo(spec: ValueSpec) -> Memo[tuple[str, int], int | None]:
    def epoch(pair: tuple[str, int]) -> int | None:
        refined = refine(spec, pair[0])
        found = read_date(spec, refined.text, pair[1]) if refined.text else None
        return None if found is None else found.epoch

    return Memo(epoch)


def _end(end: End | None) -> str:
    if end is None:
        return ""
    return end.record or f"{'|'.join(end.kinds)}:{end.source}:{end.key}:{end.by}"


def _small(key: str) -> bytes:
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _content(marking: str, records: Sequence[RecordClaim], links: Sequence[LinkClaim]) -> str:
    """The hash of all that a row says; columns that no mapping reads do not matter."""
    said = [marking, [asdict(record) for record in records], [asdict(link) for link in links]]
    text = orjson.dumps(said, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(text).hexdigest()[:_HASH_CHARACTERS]


def _judge(held: defaultdict[str, list[_Held]]) -> Chunk:
    """Rows with one key: equal ones are one row repeated, unequal ones are all rejected."""
    chunk = Chunk()
    for group in held.values():
        if len({each.row.content for each in group}) == 1:
            chunk.rows.append(group[0].row)
            chunk.findings.update(group[0].findings)
            chunk.repeated += len(group) - 1
            continue
        reason = f"{len(group)} rows of this delivery have this key and say different things"
        for each in group:
            key = each.row.key.replace("\x1f", " ")
            chunk.rejects.append(Reject(each.row.line, None, "row-key-repeated", reason, key, each.original))
    return chunk
