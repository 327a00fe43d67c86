"""Links of rows: ends, role, status and times of a whole table, then the claims of each row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from loaders.check_label import grade_vector, marking_vector
from loaders.check_property import DATE_FINDING, Clock, read_date
from loaders.check_standard import normal_identifier
from loaders.check_value import Bad, Memo, Troubles, bad_value, holds, keys, refine, texts
from loaders.mapping.spec import Else, EndSpec, FileMapping, LinkSpec, ValueSpec
from loaders.mapping.warning import STATUSES
from loaders.reader_table import Table
from loaders.row import End, LinkClaim
from standards.date import Precision

PRECISIONS = {precision: number for number, precision in enumerate(Precision, start=1)}

# Epoch and precision; both None where there is no moment.
Moment = tuple[int, int] | tuple[None, None]
_NEVER: Moment = (None, None)


@dataclass(frozen=True, slots=True)
class Got:
    """What one text gives a link: a word or a moment (epoch, precision), a finding, or why the row is rejected."""

    word: str | None = None
    moment: Moment = _NEVER
    finding: str | None = None
    bad: Bad | None = None

    # True where there is something to note of it.
    troubled: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "troubled", self.finding is not None or self.bad is not None)


_NOTHING = Got()


class Ends(NamedTuple):
    """For each row whether a link's own condition holds (None: always), and what its ends are known by."""

    when: Sequence[bool] | None
    origin: Sequence[str]
    target: Sequence[str]


class LinkPlan:
    """How one link of a mapping is got out of a table; built once for a file."""

    def __init__(self, spec: LinkSpec, entry: FileMapping) -> None:
        self.spec = spec
        self.origin, self.target = EndPlan(spec.origin), EndPlan(spec.target)
        self.markings = marking_vector(entry, spec.marking)
        self._grades = grade_vector((spec.grade, entry.grade))
        self._words = [
            self._word_vector("role", spec.type.roles, "ROLE"),
            self._word_vector("status", STATUSES, "STATUS"),
        ]
        self._moments = [_moment_vector(spec.properties.get(name)) for name in ("valid_from", "valid_to")]

    def _word_vector(self, name: str, known: Collection[str], finding: str) -> Callable[[Table], Sequence[Got]]:
        spec = self.spec.properties.get(name)
        if spec is None:
            return lambda table: [_NOTHING] * len(table.rows)
        memo = Memo(partial(_word, spec, known, finding))
        return lambda table: memo.over(texts(spec, table))

    def ends(self, table: Table) -> Ends:
        """Where the link's own condition holds, and its two ends."""
        return Ends(holds(self.spec.when, table), self.origin.texts(table), self.target.texts(table))

    def claims(
        self, table: Table, clock: Clock, ends: Ends, records: Mapping[str, Sequence[object]], troubles: Troubles
    ) -> list[LinkClaim | None]:
        """What each row says about the link, None where it does not state it or is bad.

        `records`: by the names of this row's records, what each row claims of them; a link to none is not stated.
        """
        there = [records[end.record] for end in (self.spec.origin, self.spec.target) if end.record is not None]
        if ends.when is not None:
            there.append([yes or None for yes in ends.when])
        stated = [None not in row for row in zip(*there, strict=True)] if there else [True] * len(table.rows)
        said = zip(*(words(table) for words in self._words), *(m(table, clock) for m in self._moments), strict=True)
        sides = self.origin.ends(ends.origin), self.target.ends(ends.target)
        columns = zip(stated, *sides, self.markings(table), self._grades(table), said, strict=True)
        type_, claims = self.spec.type.name, list[LinkClaim | None]()
        for row, (yes, origin, target, marking, grade, (role, status, start, stop)) in enumerate(columns):
            if not yes or origin is None or target is None:
                claims.append(None)
                continue
            if isinstance(marking, Bad):
                troubles.reject(row, marking)
                claims.append(None)
                continue
            if isinstance(grade, str):
                troubles.find(row, grade)
                grade = None
            if role.troubled or status.troubled or start.troubled or stop.troubled:
                for got in (role, status, start, stop):
                    _note(got, row, troubles)
            since, precision = start.moment
            claims.append(
                LinkClaim(
                    type_, origin, target, marking, grade, role.word, status.word, since, stop.moment[0], precision
                )
            )
        return claims


class EndPlan:
    """How one end of a link is got out of a table."""

    def __init__(self, spec: EndSpec) -> None:
        self._spec = spec
        self._fixed = None if spec.record is None else End(spec.kinds, spec.source, record=spec.record)
        self._values = Memo(self._value)

    def texts(self, table: Table) -> Sequence[str]:
        """What the end of each row is known by: a record's name, a key, an identifier as `scheme=value`; else empty."""
        spec = self._spec
        if spec.record is not None:
            return [spec.record] * len(table.rows)
        if spec.key is not None:
            return keys(spec.key, table)
        if spec.by is None:
            raise ValueError("an end has a record, a key or a by; load_mappings sees to it")
        return self._values.over(keys(spec.by[1], table))

    def _value(self, text: str) -> str:
        scheme = self._spec.by[0] if self._spec.by is not None else ""
        return f"{scheme}={normal_identifier(scheme, text)}" if text else ""

    def ends(self, known_by: Sequence[str]) -> Sequence[End | None]:
        """The ends that are known by these texts."""
        if self._fixed is not None:
            return [self._fixed] * len(known_by)
        kinds, source, missing = self._spec.kinds, self._spec.source, self._spec.missing
        if self._spec.key is not None:
            return [End(kinds, source, None, key, None, missing) if key else None for key in known_by]
        pairs = [text.partition("=") for text in known_by]
        return [End(kinds, source, None, None, (s, value), missing) if s else None for s, _, value in pairs]


def _note(got: Got, row: int, troubles: Troubles) -> None:
    if got.bad is not None:
        troubles.reject(row, got.bad)
    if got.finding is not None:
        troubles.find(row, got.finding)


def _word(spec: ValueSpec, known: Collection[str], finding: str, text: str) -> Got:
    refined = refine(spec, text)
    if refined.bad is not None:
        return Got(bad=refined.bad)
    if not refined.text:
        return _NOTHING
    good = refined.known and (not known or refined.text in known)
    return Got(word=refined.text, finding=None if good else finding)


def _moment_vector(spec: ValueSpec | None) -> Callable[[Table, Clock], list[Got]]:
    if spec is None:
        return lambda table, _: [_NOTHING] * len(table.rows)
    memo = Memo(partial(_moment, spec))

    def vector(table: Table, clock: Clock) -> list[Got]:
        found, years = texts(spec, table), clock.years()
        days = [years] * len(found) if isinstance(years, int) else years
        return memo.over(list(zip(found, days, strict=True)))

    return vector


def _moment(spec: ValueSpec, pair: tuple[str, int]) -> Got:
    refined = refine(spec, pair[0])
    if refined.bad is not None:
        return Got(bad=refined.bad)
    if not refined.text:
        return _NOTHING
    found = read_date(spec, refined.text, pair[1])
    if found is None and spec.otherwise is Else.VALUE:
        found = read_date(spec, spec.other, pair[1])
    if found is not None:
        return Got(moment=(found.epoch, PRECISIONS[found.precision]))
    if spec.otherwise is Else.REJECT:
        return Got(bad=bad_value(spec, refined.text, f"it fails {DATE_FINDING}"))
    return _NOTHING if spec.otherwise is Else.DROP else Got(finding=DATE_FINDING)
