"""The golden record: one value for each property out of the records of an entity, with the rule that chose it.

For each property: a verified identifier's source, then source priority, recency, completeness; ties by record id.
Properties that repeat by nature keep all their values, in that same order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from graph.model import KINDS
from standards.identifier import check_nhs, check_ni, check_pnc

_UNDATED = -(2**62)
_VERIFIABLE = {"pnc_id": check_pnc, "nhs_number": check_nhs, "ni_number": check_ni}


class Rule(StrEnum):
    """Why a value won."""

    ONLY_VALUE = "only value"
    VERIFIED_IDENTIFIER = "verified identifier"
    SOURCE_PRIORITY = "source priority"
    RECENCY = "recency"
    COMPLETENESS = "completeness"
    RECORD_ID = "record id"
    ALL_VALUES = "all values"


@dataclass(frozen=True, slots=True)
class GoldenInput:
    """A record as survivorship sees it: `as_of` in epoch seconds or None, `properties` by their names in the model."""

    id: str
    priority: int
    as_of: int | None
    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A value's rule, the record it came from, and what it beat: other values with the records that hold them."""

    rule: Rule
    record: str
    others: tuple[tuple[Any, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Golden:
    """The values by property, and where each came from."""

    values: dict[str, Any]
    provenance: dict[str, Chosen] = field(default_factory=dict)


def golden(kind: str, records: Sequence[GoldenInput]) -> Golden:
    """The golden record of these records; the same for any order of them."""
    ranked = _ranked(records)
    values = _values(kind, ranked)
    provenance: dict[str, Chosen] = {}
    for name in values:
        holders = [record for record in ranked if record.properties.get(name) not in (None, [])]
        if KINDS[kind].by_name[name].repeatable:
            provenance[name] = Chosen(Rule.ALL_VALUES, holders[0].id, ())
        else:
            provenance[name] = _chosen(name, holders)
    return Golden(values, provenance)


def golden_values(kind: str, records: Sequence[GoldenInput]) -> dict[str, Any]:
    """The values alone of the golden record of these records."""
    return _values(kind, _ranked(records))


def _ranked(records: Sequence[GoldenInput]) -> Sequence[GoldenInput]:
    return sorted(records, key=_rank) if len(records) > 1 else records


def _values(kind: str, ranked: Sequence[GoldenInput]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    given = [record.properties for record in ranked]
    for name, repeatable in _declared(kind):
        held = [value for properties in given if (value := properties.get(name)) not in (None, [])]
        if held:
            values[name] = list(dict.fromkeys(v for each in held for v in each)) if repeatable else held[0]
    return values


@cache
def _declared(kind: str) -> tuple[tuple[str, bool], ...]:
    return tuple((declared.name, declared.repeatable) for declared in KINDS[kind].properties)


def _rank(record: GoldenInput) -> tuple[bool, int, int, int, str]:
    """The better record comes first."""
    as_of = _UNDATED if record.as_of is None else record.as_of
    return (not _verified(record), -record.priority, -as_of, -len(record.properties), record.id)


def _verified(record: GoldenInput) -> bool:
    return any(
        check(str(value)).valid for name, check in _VERIFIABLE.items() for value in record.properties.get(name) or ()
    )


def _chosen(name: str, holders: Sequence[GoldenInput]) -> Chosen:
    winner = holders[0]
    value = winner.properties[name]
    others: dict[Any, list[str]] = {}
    for record in holders[1:]:
        if record.properties[name] != value:
            others.setdefault(record.properties[name], []).append(record.id)
    losing = tuple((other, tuple(ids)) for other, ids in others.items())
    rival = next((record for record in holders[1:] if record.properties[name] != value), None)
    return Chosen(_rule(winner, rival), winner.id, losing)


def _rule(winner: GoldenInput, rival: GoldenInput | None) -> Rule:
    if rival is None:
        return Rule.ONLY_VALUE
    rules = (Rule.VERIFIED_IDENTIFIER, Rule.SOURCE_PRIORITY, Rule.RECENCY, Rule.COMPLETENESS, Rule.RECORD_ID)
    return next(rule for rule, a, b in zip(rules, _rank(winner), _rank(rival), strict=True) if a != b)
