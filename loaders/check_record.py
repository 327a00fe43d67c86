"""Records of rows: keys, values and properties of a whole table, then the claims of each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.model import Identity
from loaders.check_label import Graded, grade_vector, marking_vector
from loaders.check_property import Clock, Vector, vector
from loaders.check_short import Made, has_short_forms, make
from loaders.check_standard import check_identity
from loaders.check_value import Bad, Memo, Out, RowError, column_of, holds, keys, refiner, texts
from loaders.mapping.spec import FileMapping, RecordSpec, ValueSpec
from loaders.reader_table import Table
from loaders.row import FAILED, RecordClaim, Value
from standards.result import Checked


class RecordPlan:
    """How one record of a mapping is got out of a table; built once for a file."""

    def __init__(self, spec: RecordSpec, entry: FileMapping) -> None:
        self.spec = spec
        self.name = spec.name
        self._source = entry.source
        # A person's whole name and date of birth go first: their parts given apart win over what is taken from them.
        ordered = sorted(spec.properties, key=lambda p: p.property.name not in ("name", "date_of_birth"))
        self._vectors = [vector(spec.kind, part) for part in ordered]
        own = (spec.marking,) if spec.marking is not None else ()
        self._markings = marking_vector((*own, *entry.markings), entry.known)
        self._grades = grade_vector((spec.grade, entry.grade))
        self._identities = Memo(self._identity)
        self._has_value = spec.kind.identity is Identity.VALUE
        short = has_short_forms(frozenset(part.property.name for part in spec.properties), spec.kind.name)
        self.makes = Memo(self._make) if short else None

    def stated(self, table: Table) -> tuple[list[bool] | None, list[str], list[str]]:
        """For each row whether the record is stated (None: always), its key, and its value as it stands."""
        count = len(table.rows)
        key = keys(self.spec.key, table) if self.spec.key is not None else [""] * count
        value = refined_texts(self.spec.value, table) if self.spec.value is not None else [""] * count
        return holds(self.spec.when, table), key, value

    def columns(self, table: Table, clock: Clock) -> RecordColumns:
        """Everything that the rows of a table say about this record."""
        when, key, value = self.stated(table)
        vectors: list[Vector] = [part(table, clock) for part in self._vectors]
        outs = list(zip(*vectors, strict=True)) if vectors else [()] * len(table.rows)
        return RecordColumns(self, when, key, value, outs, self._markings(table), self._grades(table))

    def identity(self, value: str, properties: dict[str, Value]) -> tuple[str, Checked]:
        """The scheme and checked value of a value kind."""
        if self.spec.kind.name not in ("Document", "Account"):
            return "", self._identities[("", value)]
        scheme = "|".join(str(properties.get(name, "")) for name in ("type", "issuer"))
        return scheme, self._identities[(scheme, value)]

    def _identity(self, pair: tuple[str, str]) -> Checked:
        return check_identity(self.spec.kind.name, *pair)

    def _make(self, claim: _Hashed) -> Made:
        return make(claim.claim, self._source)

    def reject_without_identity(self, key: str, value: str) -> None:
        """Raise RowError for a record that is stated but has no key, or (a value kind) no value."""
        if self._has_value:
            if not value:
                self._raise("no-value", self.spec.value, f"record {self.name!r} has no value")
        elif not key:
            self._raise("no-key", self.spec.key, f"record {self.name!r} has no key: a column of it is empty")

    def _raise(self, code: str, spec: ValueSpec | None, reason: str) -> None:
        raise RowError(Bad(column_of(spec) if spec is not None else None, code, reason, ""))


@dataclass(frozen=True, slots=True)
class _Hashed:
    """A claim that is told apart by what its short forms are made of."""

    seen: tuple[object, ...]
    claim: RecordClaim = field(compare=False)


@dataclass(frozen=True, slots=True)
class RecordColumns:
    """One record's columns over a table."""

    plan: RecordPlan
    when: Sequence[bool] | None
    key: Sequence[str]
    value: Sequence[str]
    outs: Sequence[tuple[Out | None, ...]]
    markings: Sequence[str | Bad]
    grades: Sequence[Graded]

    def claim(self, row: int, findings: Counter[str]) -> RecordClaim | None:
        """What a row says about the record, None where it does not state it; raises RowError for a bad row."""
        if self.when is not None and not self.when[row]:
            return None
        plan, key, value = self.plan, self.key[row], self.value[row]
        plan.reject_without_identity(key, value)
        marking, grade = self.markings[row], self.grades[row]
        if isinstance(marking, Bad):
            raise RowError(marking)
        if isinstance(grade, str):
            findings[grade] += 1
            grade = None
        properties: dict[str, Value] = {}
        failed: set[str] = set()
        for out in self.outs[row]:
            if out is None:
                continue
            properties.update(out.properties)
            if out.findings:
                findings.update(out.findings)
                failed.update(out.findings)
            if out.bad is not None:
                raise RowError(out.bad)
        if failed:
            properties[FAILED] = sorted(failed)
        kind = plan.spec.kind.name
        if not value:
            return RecordClaim(plan.name, kind, key, marking, grade, properties)
        scheme, found = plan.identity(value, properties)
        if not found.valid:
            findings[found.serial] += 1
        return RecordClaim(
            plan.name,
            kind,
            key or None,
            marking,
            grade,
            properties,
            value=found.value,
            scheme=scheme,
            valid=found.valid,
        )

    def made(self, claim: RecordClaim) -> Made | None:
        """What the short forms of a claim make, remembered over claims that are alike."""
        makes = self.plan.makes
        if makes is None:
            return None
        given = claim.properties
        seen = tuple(
            tuple(value) if isinstance(value := given.get(name), list) else value
            for name in ("address", "postcode", "phone", "email", "vrm", "warning")
        )
        key = claim.key if given.get("warning") else None
        return makes[_Hashed((claim.marking, claim.grade, key, *seen), claim)]


def refined_texts(spec: ValueSpec, table: Table) -> list[str]:
    """The text of each row after `extract` and `map`; of a value, one that the map does not know stays."""
    refine = refiner(spec)
    found = texts(spec, table)
    return found if refine is None else [refined.text for refined in Memo(refine).over(found)]
