"""Rows of a table checked: what each says as claims, or why it is rejected."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import orjson

from loaders.check_label import marking_vector
from loaders.check_link import LinkColumns, LinkPlan
from loaders.check_property import Clock, read_date
from loaders.check_record import RecordColumns, RecordPlan
from loaders.check_value import Bad, Memo, RowError, column_of, keys, refine, texts
from loaders.mapping.spec import FileMapping
from loaders.mapping.template import ROW
from loaders.reader_table import Table
from loaders.row import End, LinkClaim, RecordClaim, Reject, SourceRow
from security.marking import FLOOR, parse_marking

_CONTENT_LENGTH = 32


@dataclass(slots=True)
class CheckedRows:
    """The good and bad rows of a table; `findings` beside each good one, None where it fails no standard."""

    rows: list[SourceRow] = field(default_factory=list)
    findings: list[Counter[str] | None] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    undated: int = 0


@dataclass(frozen=True, slots=True)
class _Columns:
    keys: Sequence[str]
    as_of: Sequence[int | None]
    markings: Sequence[str | Bad]
    records: Sequence[RecordColumns]
    links: Sequence[LinkColumns]


class Checker:
    """Checks the rows of one data file. `as_of` (None: undated) and `today` are epoch seconds."""

    def __init__(self, entry: FileMapping, *, as_of: int | None, today: int) -> None:
        self._entry = entry
        self._as_of = as_of
        self._today = today
        self._records = [RecordPlan(spec, entry) for spec in entry.records]
        self._links = [LinkPlan(spec, entry) for spec in entry.links]
        self._markings = marking_vector(entry.markings, entry.known)
        self._days = Memo(self._day)
        self._joined = Memo(_join)

    def keys(self, table: Table) -> list[str]:
        """Each row's key: by `row_key` (empty where a column of it is), else by all keys and values the row names."""
        if self._entry.row_key is not None:
            return keys(self._entry.row_key, table)
        parts = [*self._record_parts(table), *self._end_parts(table)]
        if not parts:
            return table.column(ROW)
        found = [orjson.dumps([part for part in row if part]).decode() for row in zip(*parts, strict=True)]
        if "[]" not in found:
            return found
        # A row that says nothing is still a row: it is known by all its cells.
        return [own if own != "[]" else cells for own, cells in zip(found, table.column(ROW), strict=True)]

    def _record_parts(self, table: Table) -> Iterator[list[str]]:
        for plan in self._records:
            when, key, value = plan.stated(table)
            named = [f"{plan.name}={k or v}" if k or v else "" for k, v in zip(key, value, strict=True)]
            yield named if when is None else [name if yes else "" for name, yes in zip(named, when, strict=True)]

    def _end_parts(self, table: Table) -> Iterator[list[str]]:
        for plan in self._links:
            when, *ends = plan.ends(table)
            for spec, column in zip((plan.spec.origin, plan.spec.target), ends, strict=True):
                if spec.record is not None:
                    continue
                named = ["" if end is None else end.key or "=".join(end.by or ()) for end in column]
                yield named if when is None else [name if yes else "" for name, yes in zip(named, when, strict=True)]

    def check(self, table: Table) -> CheckedRows:
        """The rows of a table, in their order; those that could not be taken apart are rejects already."""
        checked = CheckedRows(rejects=list(table.rejects))
        columns = self._columns(table, checked)
        seen: Counter[str] = Counter()
        for row, line in enumerate(table.lines):
            try:
                checked.rows.append(self._row(table, columns, row, seen))
                checked.findings.append(seen if seen else None)
            except RowError as error:
                bad = error.bad
                marking = self._marking(columns, row)
                parts = (line, bad.column, bad.code, bad.reason, bad.value, table.original(row))
                checked.rejects.append(Reject(*parts, marking))
            if seen:
                seen = Counter()
        return checked

    def _columns(self, table: Table, checked: CheckedRows) -> _Columns:
        own = self._own_days(table, checked)
        clock = Clock(own, self._as_of, self._today)
        as_of = [self._as_of] * len(table.rows) if own is None else [self._as_of if d is None else d for d in own]
        return _Columns(
            self.keys(table),
            as_of,
            self._markings(table),
            [plan.columns(table, clock) for plan in self._records],
            [plan.columns(table, clock) for plan in self._links],
        )

    def _own_days(self, table: Table, checked: CheckedRows) -> list[int | None] | None:
        """The day that each row gives itself; one that is none counts as a finding."""
        if self._entry.as_of is None:
            return None
        given = texts(self._entry.as_of, table)
        days = self._days.over(given)
        checked.undated += sum(1 for text, day in zip(given, days, strict=True) if text and day is None)
        return days

    def _day(self, text: str) -> int | None:
        spec = self._entry.as_of
        refined = refine(spec, text).text if spec is not None else ""
        moment = self._today if self._as_of is None else self._as_of
        found = read_date(spec, refined, moment) if spec is not None and refined else None
        return None if found is None else found.epoch

    def _marking(self, columns: _Columns, row: int) -> str | None:
        """The marking at or above all that a bad row might have said, None where one of its parts has none."""
        parts = [columns.markings, *(r.markings for r in columns.records), *(k.markings for k in columns.links)]
        markings = {part[row] for part in parts}
        texts_of = frozenset(marking for marking in markings if isinstance(marking, str))
        return self._joined[texts_of] if len(texts_of) == len(markings) else None

    def _row(self, table: Table, columns: _Columns, row: int, findings: Counter[str]) -> SourceRow:
        key = columns.keys[row]
        if not key:
            column = column_of(self._entry.row_key) if self._entry.row_key is not None else None
            raise RowError(Bad(column, "no-key", "the row has no key: a column of row_key is empty", ""))
        marking = columns.markings[row]
        if isinstance(marking, Bad):
            raise RowError(marking)
        records, made = self._records_of(columns, row, findings)
        present = {record.name for record in records}
        links: list[LinkClaim] = []
        for link_columns in columns.links:
            link = link_columns.claim(row, present, findings)
            if link is not None:
                links.append(link)
        links += made
        markings = {marking, *[record.marking for record in records], *[link.marking for link in links]}
        if len(markings) > 1:
            marking = self._joined[frozenset(markings)]
        return SourceRow(
            table.lines[row],
            key,
            columns.as_of[row],
            marking,
            _content(marking, records, links),
            table.raw(row),
            tuple(records),
            tuple(links),
        )

    def _records_of(
        self, columns: _Columns, row: int, findings: Counter[str]
    ) -> tuple[list[RecordClaim], list[LinkClaim]]:
        records: list[RecordClaim] = []
        links: list[LinkClaim] = []
        for record_columns in columns.records:
            claim = record_columns.claim(row, findings)
            if claim is None:
                continue
            records.append(claim)
            made = record_columns.made(claim)
            if made is not None:
                records += made[0]
                links += made[1]
        return records, links


def _content(marking: str, records: Sequence[RecordClaim], links: Sequence[LinkClaim]) -> str:
    """The hash of all that a row says; columns that the mapping does not read do not matter."""
    said = (
        marking,
        [(r.name, r.kind, r.key, r.marking, r.grade, r.value, r.scheme, r.valid, r.properties) for r in records],
        [
            (
                link.type,
                _end(link.origin),
                _end(link.target),
                link.marking,
                link.grade,
                link.role,
                link.status,
                link.valid_from,
                link.valid_to,
                link.precision,
            )
            for link in links
        ],
    )
    return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()[:_CONTENT_LENGTH]


def _end(end: End) -> object:
    return end.record or (end.kinds, end.source, end.key, end.by, end.missing)


def _join(texts_of: frozenset[str]) -> str:
    """The marking of a row: at or above all that it says, so that its cells are never more open than a part of them."""
    joined = FLOOR
    for text in texts_of:
        joined = joined.join(parse_marking(text))
    return joined.text
