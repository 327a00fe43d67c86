"""Which entity each record belongs to: a pure function of live records, analysts' decisions and the model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from graph.ids import entity_of
from graph.marking_numbers import MarkingNumbers
from graph.model import VALUES
from resolution.candidate import candidates
from resolution.cluster import partition
from resolution.fetch import Held
from resolution.identity import identity_groups
from resolution.key import folded
from resolution.model import Model
from resolution.score import judge
from resolution.table import Table


@dataclass(slots=True)
class Assignment:
    """The entity of each live record by record id, ties across compartments, and pairs that may be one.

    `ties`: (lesser entity, greater entity) to (marking number, bits). `possible`: (lesser, greater record) to bits.
    """

    entities: dict[str, str]
    ties: dict[tuple[str, str], tuple[int, float]] = field(default_factory=dict)
    possible: dict[tuple[str, str], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Word:
    """An analyst's word on two records."""

    a: str
    b: str
    same: bool
    mk: int


def assign(
    kind: str, held: Sequence[Held], words: Iterable[Word], model: Model, markings: MarkingNumbers
) -> Assignment:
    """The assignment of the live ones among these records."""
    live = [record for record in held if record.live]
    if kind in VALUES:
        return Assignment({record.id: str(record.properties["value_id"]) for record in live})
    place = {record.id: index for index, record in enumerate(live)}
    known = [word for word in words if word.a in place and word.b in place]
    inside, across = _split(known, live, place, markings)
    same = [(place[word.a], place[word.b]) for word in inside if word.same]
    different = [(place[word.a], place[word.b]) for word in inside if not word.same]
    if kind == "Person":
        assignment = _by_evidence(live, same, different, model, markings)
    else:
        assignment = _by_identity(kind, live, same, different, markings)
    for word in across:
        _tie(assignment, markings, live[place[word.a]], live[place[word.b]], word.mk, model.join)
    return assignment


def _split(
    words: Iterable[Word], live: Sequence[Held], place: Mapping[str, int], markings: MarkingNumbers
) -> tuple[list[Word], list[Word]]:
    """Words that may shape entities, and those that can only tie: no entity shows what its viewer may not know."""
    inside, across = [], []
    for word in words:
        a, b = live[place[word.a]], live[place[word.b]]
        if a.mk == b.mk and markings.marking(word.mk).at_or_below(markings.marking(a.mk)):
            inside.append(word)
        elif word.same:
            across.append(word)
    return inside, across


def _by_evidence(
    live: Sequence[Held],
    same: list[tuple[int, int]],
    different: list[tuple[int, int]],
    model: Model,
    markings: MarkingNumbers,
) -> Assignment:
    ids = [record.id for record in live]
    mks = np.array([record.mk for record in live], dtype=np.int32)
    first = np.array([record.recorded_at for record in live], dtype=np.int64)
    table = Table.of(ids, mks, first, [record.folded or folded(record.properties) for record in live])
    left, right = candidates(table)
    judged = judge(table, left, right, model)
    found = partition(ids, mks, first, left, right, judged.bits, same, different, judged.veto > 0, model)
    assignment = Assignment({record.id: entity_of(ids[seed]) for record, seed in zip(live, found.seed, strict=True)})
    for i, j, value in found.same_identity:
        _tie(assignment, markings, live[i], live[j], live[i].mk, value)
    for i, j, value in found.possible:
        assignment.possible[min(ids[i], ids[j]), max(ids[i], ids[j])] = float(value)
    return assignment


def _by_identity(
    kind: str,
    live: Sequence[Held],
    same: list[tuple[int, int]],
    different: list[tuple[int, int]],
    markings: MarkingNumbers,
) -> Assignment:
    groups = identity_groups(
        kind,
        [record.id for record in live],
        [record.mk for record in live],
        [record.recorded_at for record in live],
        [record.properties for record in live],
        same,
        different,
    )
    assignment = Assignment(
        {record.id: entity_of(live[seed].id) for record, seed in zip(live, groups.seed, strict=True)}
    )
    for i, j in groups.same_identity:
        _tie(assignment, markings, live[i], live[j], live[i].mk, 99.0)
    return assignment


def _tie(assignment: Assignment, markings: MarkingNumbers, a: Held, b: Held, mk: int, bits: float) -> None:
    entities = sorted((assignment.entities[a.id], assignment.entities[b.id]))
    if entities[0] == entities[1]:
        return
    pair, joined = (entities[0], entities[1]), markings.join(mk, a.mk, b.mk)
    present = assignment.ties.get(pair)
    if present is None or (bits, joined) > (present[1], present[0]):
        assignment.ties[pair] = (joined, float(bits))


def as_words(rows: Iterable[Mapping[str, Any]]) -> list[Word]:
    """Decisions as words."""
    return [Word(row["a"], row["b"], row["verdict"] == "SAME", row["mk"]) for row in rows]
