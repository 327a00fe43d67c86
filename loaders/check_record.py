"""Records of rows: keys, values and properties of a whole table, then what each row claims."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from graph.model import Identity
from loaders.check_label import grade_vector, marking_vector
from loaders.check_property import Clock, vector
from loaders.check_short import Maker
from loaders.check_standard import check_identity
from loaders.check_value import (
    LONGEST_KEY,
    Bad,
    Memo,
    Out,
    Troubles,
    column_of,
    holds,
    keys,
    refiner,
    texts,
    too_long,
)
from loaders.mapping.spec import FileMapping, RecordSpec, ValueSpec
from loaders.reader_table import Table
from loaders.row import FAILED, Code, RecordClaim, Value
from standards.result import Checked

_IDENTIFYING = ("type", "issuer")


class Stated(NamedTuple):
    """For each row whether a record is stated (`when` None: always), its key, and its value as it stands."""

    when: Sequence[bool] | None
    key: Sequence[str]
    value: Sequence[str]


class RecordPlan:
    """How one record of a mapping is got out of a table; built once for a file."""

    def __init__(self, spec: RecordSpec, entry: FileMapping) -> None:
        self.spec = spec
        self.name = spec.name
        # A person's whole name and date of birth go first: their parts given apart win over what is taken from them.
        ordered = sorted(spec.properties, key=lambda p: p.property.name not in ("name", "date_of_birth"))
        self._vectors = [vector(spec.kind, part) for part in ordered]
        self.markings = marking_vector(entry, spec.marking)
        self._grades = grade_vector((spec.grade, entry.grade))
        self._identities = Memo(self._identity)
        self._has_value = spec.kind.identity is Identity.VALUE
        self._has_scheme = spec.kind.name in ("Document", "Account")
        names = frozenset(part.property.name for part in spec.properties)
        self.maker = Maker(spec.kind.name, spec.name, entry.source) if Maker.is_for(names, spec.kind.name) else None

    def stated(self, table: Table) -> Stated:
        """Where the record is stated, and what it is known by."""
        count = len(table.rows)
        key = keys(self.spec.key, table) if self.spec.key is not None else [""] * count
        value = refined_texts(self.spec.value, table) if self.spec.value is not None else [""] * count
        return Stated(holds(self.spec.when, table), key, value)

    def claims(self, table: Table, clock: Clock, stated: Stated, troubles: Troubles) -> list[RecordClaim | None]:
        """What each row says about the record, None where it does not state it or is bad."""
        vectors = [part(table, clock) for part in self._vectors]
        outs: Sequence[tuple[Out | None, ...]] = list(zip(*vectors, strict=True)) or [()] * len(table.rows)
        identity = stated.value if self._has_value else stated.key
        columns = zip(stated.key, stated.value, identity, self.markings(table), self._grades(table), outs, strict=True)
        name, kind, when, claims = self.name, self.spec.kind.name, stated.when, list[RecordClaim | None]()
        for row, (key, value, known_by, marking, grade, given) in enumerate(columns):
            if when is not None and not when[row]:
                claims.append(None)
                continue
            if not known_by or len(known_by) > LONGEST_KEY or isinstance(marking, Bad):
                troubles.reject(row, self._bad_identity(known_by) or marking)
                claims.append(None)
                continue
            if isinstance(grade, str):
                troubles.find(row, grade)
                grade = None
            properties: dict[str, Value] = {}
            failed: tuple[str, ...] = ()
            for out in given:
                if out is not None:
                    properties.update(out.properties)
                    if out.findings or out.bad is not None:
                        _note(out, row, troubles)
                        failed += out.findings
            if failed:
                properties[FAILED] = sorted(set(failed))
            claim = RecordClaim(name, kind, key or None, marking, grade, properties)
            claims.append(self._valued(claim, value, row, troubles) if value else claim)
        return claims

    def _valued(self, claim: RecordClaim, value: str, row: int, troubles: Troubles) -> RecordClaim:
        """The claim of a value kind with its scheme and checked value."""
        given = claim.properties
        scheme = "|".join(str(given.get(name, "")) for name in _IDENTIFYING) if self._has_scheme else ""
        found = self._identities[scheme, value]
        if not found.valid:
            troubles.find(row, found.serial)
        return claim._replace(value=found.value, scheme=scheme, valid=found.valid)

    def _identity(self, pair: tuple[str, str]) -> Checked:
        return check_identity(self.spec.kind.name, *pair)

    def _bad_identity(self, known_by: str) -> Bad | None:
        """Why a row is rejected whose record is stated but has no key, or (a value kind) no value, or one too long."""
        if known_by:
            return too_long(self.spec.value if self._has_value else self.spec.key, known_by)
        if self._has_value:
            return _missing(Code.NO_VALUE, self.spec.value, f"record {self.name!r} has no value")
        return _missing(Code.NO_KEY, self.spec.key, f"record {self.name!r} has no key: a column of it is empty")


def _missing(code: Code, spec: ValueSpec | None, reason: str) -> Bad:
    return Bad(column_of(spec) if spec is not None else None, code, reason, "")


def _note(out: Out, row: int, troubles: Troubles) -> None:
    if out.findings:
        troubles.find(row, *out.findings)
    if out.bad is not None:
        troubles.reject(row, out.bad)


def refined_texts(spec: ValueSpec, table: Table) -> list[str]:
    """The text of each row after `extract` and `map`; of a value, one that the map does not know stays."""
    refine = refiner(spec)
    found = texts(spec, table)
    return found if refine is None else [refined.text for refined in Memo(refine).over(found)]
