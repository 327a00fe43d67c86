"""How right a resolution is, held against a truth: pairs after closure, B-cubed, and the clusters that are wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Labelled(NamedTuple):
    """One record with its truth: who it is, its marking and the entity it was put in."""

    record: str
    truth: str
    mk: int
    entity: str


@dataclass(frozen=True, slots=True)
class Rate:
    """Precision, recall and their harmonic mean, each 0..1; 1 where there was nothing to find."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Wrong:
    """An entity that holds records of more than one truth: its members as (record, truth), in order."""

    entity: str
    members: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of pairs inside one marking, `across` those of pairs across markings (None without groups)."""

    records: int
    truths: int
    entities: int
    true_pairs: int
    found_pairs: int
    pairwise: Rate
    bcubed: Rate
    largest: int
    largest_true: int
    wrong: tuple[Wrong, ...]
    across: Rate | None = None


def evaluate(records: Sequence[tuple[str, str, int, str]], groups: Mapping[str, str] | None = None) -> Evaluation:
    """Return the evaluation of records given as (record id, truth, marking number, entity id).

    Pairs inside one marking count. `groups` gives for an entity the group that `SAME_IDENTITY` links make of it; with
    it the pairs across markings are measured apart. Wrong clusters come largest first.
    """
    rows = [Labelled(*row) for row in records]
    entity, truth = Counter((r.mk, r.entity) for r in rows), Counter((r.mk, r.truth) for r in rows)
    both = Counter((r.mk, r.entity, r.truth) for r in rows)
    return Evaluation(
        records=len(rows),
        truths=len(truth),
        entities=len(entity),
        true_pairs=_pairs(truth.values()),
        found_pairs=_pairs(entity.values()),
        pairwise=_rate(_pairs(both.values()), _pairs(entity.values()), _pairs(truth.values())),
        bcubed=_bcubed(rows, entity, truth, both),
        largest=max(entity.values(), default=0),
        largest_true=max(truth.values(), default=0),
        wrong=_wrong(rows),
        across=_across(rows, groups) if groups is not None else None,
    )


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def _rate(right: float, found: float, true: float) -> Rate:
    precision, recall = right / found if found else 1.0, right / true if true else 1.0
    return Rate(precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0)


def _bcubed(
    rows: list[Labelled],
    entity: Counter[tuple[int, str]],
    truth: Counter[tuple[int, str]],
    both: Counter[tuple[int, str, str]],
) -> Rate:
    """Return the means over records. Source: Bagga and Baldwin, Algorithms for Scoring Coreference Chains, 1998."""
    if not rows:
        return Rate(1.0, 1.0, 1.0)
    precision = sum(both[(r.mk, r.entity, r.truth)] / entity[(r.mk, r.entity)] for r in rows) / len(rows)
    recall = sum(both[(r.mk, r.entity, r.truth)] / truth[(r.mk, r.truth)] for r in rows) / len(rows)
    return Rate(precision, recall, 2 * precision * recall / (precision + recall))


def _wrong(rows: list[Labelled]) -> tuple[Wrong, ...]:
    members: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        members[row.entity].append((row.record, row.truth))
    mixed = [Wrong(entity, tuple(sorted(held))) for entity, held in members.items() if len({t for _, t in held}) > 1]
    return tuple(sorted(mixed, key=lambda one: (-len(one.members), one.entity)))


def _across(rows: list[Labelled], groups: Mapping[str, str]) -> Rate:
    """Return the rate of pairs across markings: all pairs less those inside one."""
    group = [groups.get(row.entity, row.entity) for row in rows]

    def apart(whole: Iterable[object], inside: Iterable[object]) -> int:
        return _pairs(Counter(whole).values()) - _pairs(Counter(inside).values())

    found = apart(group, [(g, r.mk) for g, r in zip(group, rows, strict=True)])
    true = apart([r.truth for r in rows], [(r.truth, r.mk) for r in rows])
    right = apart(
        [(g, r.truth) for g, r in zip(group, rows, strict=True)],
        [(g, r.truth, r.mk) for g, r in zip(group, rows, strict=True)],
    )
    return _rate(right, found, true)
