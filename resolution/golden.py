"""The golden record: one value for each property out of the records of an entity, with the rule that chose it.

For each property: a verified identifier's source, then source priority, recency, completeness; ties by record id.
Properties that repeat by nature keep all their values, in that same order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
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
    ranked = sorted(records, key=_rank)
    values: dict[str, Any] = {}
    provenance: dict[str, Chosen] = {}
    for declared in KINDS[kind].properties:
        holders = [record for record in ranked if record.properties.get(declared.name) not in (None, [])]
        if not holders:
            continue
        if declared.repeatable:
            values[declared.name] = list(dict.fromkeys(v for r in holders for v in r.properties[declared.name]))
            provenance[declared.name] = Chosen(Rule.ALL_VALUES, holders[0].id, ())
        else:
            values[declared.name] = holders[0].properties[declared.name]
            provenance[declared.name] = _chosen(declared.name, holders)
    return Golden(values, provenance)


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
