"""Links of rows: ends, role, status and times of a whole table, then the claims of each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial

from loaders.check_label import Graded, grade_vector, marking_vector
from loaders.check_property import DATE_FINDING, Clock, read_date
from loaders.check_standard import normal_identifier
from loaders.check_value import Bad, Memo, RowError, bad_value, holds, keys, refine, texts
from loaders.mapping.spec import Else, EndSpec, FileMapping, LinkSpec, ValueSpec
from loaders.mapping.warning import STATUSES
from loaders.reader_table import Table
from loaders.row import End, LinkClaim
from standards.date import Precision

_PRECISIONS = {precision: number for number, precision in enumerate(Precision, start=1)}

Moment = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Got:
    """What one text gives a link: a word or a moment (epoch, precision), a finding, or why the row is rejected."""

    word: str | None = None
    moment: Moment = None
    finding: str | None = None
    bad: Bad | None = None


_NOTHING = Got()


class LinkPlan:
    """How one link of a mapping is got out of a table; built once for a file."""

    def __init__(self, spec: LinkSpec, entry: FileMapping) -> None:
        self.spec = spec
        self._origin, self._target = _ends(spec.origin), _ends(spec.target)
        own = (spec.marking,) if spec.marking is not None else ()
        self._markings = marking_vector((*own, *entry.markings), entry.known)
        self._grades = grade_vector((spec.grade, entry.grade))
        self._words = [
            self._word_vector("role", spec.type.roles, "ROLE"),
            self._word_vector("status", STATUSES, "STATUS"),
        ]
        self._moments = [_moment_vector(spec.properties.get(name)) for name in ("valid_from", "valid_to")]

    def _word_vector(self, name: str, known: Collection[str], finding: str) -> Callable[[Table], list[Got]]:
        spec = self.spec.properties.get(name)
        if spec is None:
            return lambda table: [_NOTHING] * len(table.rows)
        memo = Memo(partial(_word, spec, known, finding))
        return lambda table: memo.over(texts(spec, table))

    def ends(self, table: Table) -> tuple[list[bool] | None, list[End | None], list[End | None]]:
        """For each row whether the link's own condition holds (None: always), and its two ends."""
        return holds(self.spec.when, table), self._origin(table), self._target(table)

    def columns(self, table: Table, clock: Clock) -> LinkColumns:
        """Everything that the rows of a table say about this link."""
        words = [vector(table) for vector in self._words]
        moments = [vector(table, clock) for vector in self._moments]
        said = list(zip(*words, *moments, strict=True))
        return LinkColumns(self.spec.type.name, *self.ends(table), said, self._markings(table), self._grades(table))


@dataclass(frozen=True, slots=True)
class LinkColumns:
    """One link's columns over a table; `said` are role, status, valid_from, valid_to."""

    type: str
    when: Sequence[bool] | None
    origin: Sequence[End | None]
    target: Sequence[End | None]
    said: Sequence[tuple[Got, ...]]
    markings: Sequence[str | Bad]
    grades: Sequence[Graded]

    def claim(self, row: int, present: Collection[str], findings: Counter[str]) -> LinkClaim | None:
        """What a row says about the link, None where it does not state it; raises RowError for a bad row.

        `present` are the names of the records that the row states.
        """
        if self.when is not None and not self.when[row]:
            return None
        origin, target = self.origin[row], self.target[row]
        if origin is None or target is None:
            return None
        if (origin.record and origin.record not in present) or (target.record and target.record not in present):
            return None
        marking, grade = self.markings[row], self.grades[row]
        if isinstance(marking, Bad):
            raise RowError(marking)
        if isinstance(grade, str):
            findings[grade] += 1
            grade = None
        role, status, start, stop = said = self.said[row]
        for got in said:
            if got.bad is not None:
                raise RowError(got.bad)
            if got.finding is not None:
                findings[got.finding] += 1
        valid_from, precision = start.moment or (None, None)
        valid_to = stop.moment[0] if stop.moment else None
        return LinkClaim(
            self.type, origin, target, marking, grade, role.word, status.word, valid_from, valid_to, precision
        )


def _ends(spec: EndSpec) -> Callable[[Table], list[End | None]]:
    if spec.record is not None:
        named: End | None = End(spec.kinds, spec.source, record=spec.record)
        return lambda table: [named] * len(table.rows)
    if spec.key is not None:
        by_key = Memo(partial(_by_key, spec))
        template = spec.key
        return lambda table: by_key.over(keys(template, table))
    if spec.by is None:
        raise ValueError("an end has a record, a key or a by; load_mappings sees to it")
    scheme, value = spec.by
    by_identifier = Memo(partial(_by_identifier, spec, scheme))
    return lambda table: by_identifier.over(keys(value, table))


def _by_key(spec: EndSpec, key: str) -> End | None:
    return End(spec.kinds, spec.source, key=key, missing=spec.missing) if key else None


def _by_identifier(spec: EndSpec, scheme: str, text: str) -> End | None:
    if not text:
        return None
    return End(spec.kinds, spec.source, by=(scheme, normal_identifier(scheme, text)), missing=spec.missing)


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
        return Got(moment=(found.epoch, _PRECISIONS[found.precision]))
    if spec.otherwise is Else.REJECT:
        return Got(bad=bad_value(spec, refined.text, f"it fails {DATE_FINDING}"))
    return _NOTHING if spec.otherwise is Else.DROP else Got(finding=DATE_FINDING)
