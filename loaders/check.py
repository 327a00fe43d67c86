"""Rows of a table checked: what each says as claims, or why it is rejected."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from graph.ids import Ids
from loaders.check_label import marking_vector
from loaders.check_link import Ends, LinkPlan
from loaders.check_property import Clock, read_date
from loaders.check_record import RecordPlan, Stated
from loaders.check_value import LONGEST_KEY, Bad, Memo, Troubles, column_of, keys, refine, texts, too_long
from loaders.mapping.spec import FileMapping, ValueSpec
from loaders.mapping.template import LINE, ROW
from loaders.reader_table import Table, json_rows
from loaders.row import Code, LinkClaim, RecordClaim, Reject, SourceRow
from loaders.said import found_text
from loaders.stamp import Stamper, text_of_digests
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
class Stamped:
    """The digest of each row, nothing where it has no stamp, and the date of each, or of all."""

    digests: list[bytes]
    as_of: list[int | None] | int | None


class Checker:
    """Checks the rows of one data file. `as_of` (None: undated) and `today` are epoch seconds.

    With `ids` good rows get the stamps by which they are known again.
    """

    def __init__(self, entry: FileMapping, *, as_of: int | None, today: int, ids: Ids | None = None) -> None:
        self._entry = entry
        self._as_of = as_of
        self._today = today
        self._records = [RecordPlan(spec, entry) for spec in entry.records]
        self._links = [LinkPlan(spec, entry) for spec in entry.links]
        self._markings = marking_vector(entry)
        # Without a marking of their own, records and links have the row's.
        own = [*(record.marking for record in entry.records), *(link.marking for link in entry.links)]
        self._one_marking = all(marking is None for marking in own)
        self._days = Memo(self._day)
        self._joined = Memo(_join)
        self._stamper = None if ids is None else Stamper(ids, entry, today)

    @property
    def keyed_by_place(self) -> bool:
        """True where a row's key holds its line, so that it comes but once."""
        if self._entry.row_key is not None:
            return _is_line(self._entry.row_key)
        return any(spec.key is not None and not spec.when and _is_line(spec.key) for spec in self._entry.records)

    def keys(self, table: Table) -> list[str]:
        """Each row's key: by `row_key` (empty where a column of it is), else by all keys and values the row names."""
        if self._entry.row_key is not None:
            return keys(self._entry.row_key, table)
        stated = [plan.stated(table) for plan in self._records]
        return self._default_keys(table, stated, [plan.ends(table) for plan in self._links])

    def _keys(self, table: Table, stated: Sequence[Stated], ends: Sequence[Ends]) -> list[str]:
        if self._entry.row_key is not None:
            return keys(self._entry.row_key, table)
        return self._default_keys(table, stated, ends)

    def _default_keys(self, table: Table, stated: Sequence[Stated], ends: Sequence[Ends]) -> list[str]:
        parts = [*self._record_parts(stated), *self._end_parts(ends)]
        if not parts:
            return table.column(ROW)
        if all(map(all, parts)):
            return json_rows(list(zip(*parts, strict=True)))
        found = [orjson.dumps([part for part in row if part]).decode() for row in zip(*parts, strict=True)]
        if "[]" not in found:
            return found
        # A row that says nothing is still a row: it is known by all its cells.
        return [own if own != "[]" else cells for own, cells in zip(found, table.column(ROW), strict=True)]

    def _record_parts(self, stated: Sequence[Stated]) -> Iterator[Sequence[str]]:
        for plan, (when, key, value) in zip(self._records, stated, strict=True):
            named = [f"{plan.name}={k or v}" if k or v else "" for k, v in zip(key, value, strict=True)]
            yield _where(when, named)

    def _end_parts(self, ends: Sequence[Ends]) -> Iterator[Sequence[str]]:
        for plan, (when, *sides) in zip(self._links, ends, strict=True):
            for spec, known_by in zip((plan.spec.origin, plan.spec.target), sides, strict=True):
                if spec.record is None:
                    yield _where(when, known_by)

    def check(self, table: Table) -> CheckedRows:
        """The rows of a table, in their order; those that could not be taken apart are rejects already."""
        checked = CheckedRows(rejects=list(table.rejects))
        own, unread = self._own_days(table)
        checked.undated = len(unread)
        clock = Clock(own, self._as_of, self._today)
        stated = [plan.stated(table) for plan in self._records]
        ends = [plan.ends(table) for plan in self._links]
        row_keys, markings, troubles = self._keys(table, stated, ends), self._markings(table), Troubles()
        self._reject_unknown(row_keys, markings, troubles)
        records = [plan.claims(table, clock, said, troubles) for plan, said in zip(self._records, stated, strict=True)]
        by_name = {plan.name: claims for plan, claims in zip(self._records, records, strict=True)}
        links = [
            plan.claims(table, clock, said, by_name, troubles) for plan, said in zip(self._links, ends, strict=True)
        ]
        as_of = [self._as_of] * len(table.rows) if own is None else [self._as_of if d is None else d for d in own]
        stamps = text_of_digests(self._digests(table, clock, unread))
        columns = zip(table.lines, row_keys, as_of, markings, table.raws(), stamps, *records, *links, strict=True)
        self._add(checked, columns, troubles)
        for row, bad in sorted(troubles.bad.items()):
            marking = self._marking_of_bad(table, row, markings[row])
            parts = (table.lines[row], bad.column, bad.code, bad.reason, bad.value, table.original(row))
            checked.rejects.append(Reject(*parts, marking))
        return checked

    def stamped(self, table: Table) -> Stamped:
        """What the rows of a table are known again by, without a look at what they say."""
        own, unread = self._own_days(table)
        digests = self._digests(table, Clock(own, self._as_of, self._today), unread)
        return Stamped(digests, self._as_of if own is None else [self._as_of if d is None else d for d in own])

    def _digests(self, table: Table, clock: Clock, unread: Iterable[int]) -> list[bytes]:
        if self._stamper is None:
            return [b""] * len(table.rows)
        digests = self._stamper.digests(table, clock.years())
        for row in unread:
            digests[row] = b""
        return digests

    def _reject_unknown(self, row_keys: Sequence[str], markings: Sequence[str | Bad], troubles: Troubles) -> None:
        if not all(row_keys):
            column = column_of(self._entry.row_key) if self._entry.row_key is not None else None
            bad = Bad(column, Code.NO_KEY, "the row has no key: a column of row_key is empty", "")
            for row, key in enumerate(row_keys):
                if not key:
                    troubles.reject(row, bad)
        if max(map(len, row_keys), default=0) > LONGEST_KEY:
            for row, key in enumerate(row_keys):
                if (too := too_long(self._entry.row_key, key)) is not None:
                    troubles.reject(row, too)
        for row, marking in enumerate(markings):
            if marking.__class__ is Bad:
                troubles.reject(row, marking)

    def _add(self, checked: CheckedRows, columns: Iterable[tuple[Any, ...]], troubles: Troubles) -> None:
        """Add the good rows."""
        count, bad, findings = len(self._records), troubles.bad, troubles.findings
        makers = [(at, plan.maker) for at, plan in enumerate(self._records) if plan.maker is not None]
        some = None
        for row, (line, key, as_of, marking, raw, stamp, *claims) in enumerate(columns):
            if row in bad:
                continue
            records: tuple[RecordClaim, ...] = tuple(filter(some, claims[:count]))
            links: tuple[LinkClaim, ...] = tuple(filter(some, claims[count:]))
            for at, maker in makers:
                if claims[at] is not None:
                    made = maker.make(claims[at])
                    records += made[0]
                    links += made[1]
            if not self._one_marking:
                marking = self._joined[frozenset([marking, *[r.marking for r in records], *[k.marking for k in links]])]
            content = _content(marking, records, links)
            if not (records or links) or (self._stamper is not None and not self._stamper.lasts(records)):
                stamp = ""
            found = findings.get(row)
            given = (line, key, as_of, marking, content, raw, records, links, stamp, found_text(found))
            checked.rows.append(SourceRow(*given))
            checked.findings.append(found)

    def _marking_of_bad(self, table: Table, row: int, own: str | Bad) -> str | None:
        """The marking at or above all that a bad row might have said, None where one of its parts has none."""
        if self._one_marking:
            return own if isinstance(own, str) else None
        records, links = [plan.markings for plan in self._records], [plan.markings for plan in self._links]
        vectors = [self._markings, *records, *links]
        said = {vector(table.only(row))[0] for vector in vectors}
        texts_of = frozenset(marking for marking in said if isinstance(marking, str))
        return self._joined[texts_of] if len(texts_of) == len(said) else None

    def _own_days(self, table: Table) -> tuple[list[int | None] | None, list[int]]:
        """The day that each row gives itself, and the rows that give one which is none."""
        if self._entry.as_of is None:
            return None, []
        given = texts(self._entry.as_of, table)
        days = self._days.over(given)
        return days, [row for row, (text, day) in enumerate(zip(given, days, strict=True)) if text and day is None]

    def _day(self, text: str) -> int | None:
        spec = self._entry.as_of
        refined = refine(spec, text).text if spec is not None else ""
        moment = self._today if self._as_of is None else self._as_of
        found = read_date(spec, refined, moment) if spec is not None and refined else None
        return None if found is None else found.epoch


def _is_line(spec: ValueSpec) -> bool:
    return spec.source.alone and spec.source.columns == (LINE,) and spec.extract is None and spec.map is None


def _where(when: Sequence[bool] | None, named: Sequence[str]) -> Sequence[str]:
    return named if when is None else [name if yes else "" for name, yes in zip(named, when, strict=True)]


def _content(marking: str, records: tuple[RecordClaim, ...], links: tuple[LinkClaim, ...]) -> str:
    """The hash of all that a row says; columns that the mapping does not read do not matter."""
    said = orjson.dumps((marking, records, links), default=tuple, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(said).hexdigest()[:_CONTENT_LENGTH]


def _join(texts_of: frozenset[str]) -> str:
    """The marking of a row: at or above all that it says, so that its cells are never more open than a part of them."""
    joined = FLOOR
    for text in texts_of:
        joined = joined.join(parse_marking(text))
    return joined.text
