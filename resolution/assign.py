"""Which entity each record belongs to: a pure function of live records, analysts' decisions and the model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from graph.ids import TOKEN_LENGTH, Ids, entity_of
from graph.marking_numbers import MarkingNumbers
from graph.model import VALUES
from resolution.alike import Met, contents, met
from resolution.cluster import ANALYST, partition
from resolution.column import Ints
from resolution.fetch import Held
from resolution.folded import table_of
from resolution.model import PERSON, Model
from resolution.overfull import overfull_count
from resolution.part import Part
from resolution.profile import judge_profiles
from resolution.score import Judgement, judge
from resolution.strong import further_pairs
from resolution.table import Table

_Pairs = tuple[Ints, Ints, Judgement]  # left and right places


@dataclass(frozen=True, slots=True)
class Tie:
    """Two entities, the lesser id first, known to be one under a marking; `raised`: higher than both of theirs."""

    a: str
    b: str
    mk: int
    bits: float
    raised: bool

    def stored(self, ids: Ids, markings: MarkingNumbers) -> dict[str, Any]:
        """The properties of the link; `token` tells the ties of two entities apart, null where it is the usual one."""
        token = ids.token("tie", markings.marking(self.mk).text)[:TOKEN_LENGTH] if self.raised else None
        return {"mk": self.mk, "weight": self.bits, "recorded_at": 0, "token": token}


@dataclass(slots=True)
class Assignment:
    """The entity of each live record by record id, ties across compartments, and pairs that may be one.

    `ties`: two entities may be tied under several markings, so that a hidden word takes no visible tie away.
    `possible`: (lesser, greater record) to bits. `crowded`: how many keys too many records share to meet by them.
    """

    entities: dict[str, str]
    ties: dict[tuple[str, str, int], Tie] = field(default_factory=dict)
    possible: dict[tuple[str, str], float] = field(default_factory=dict)
    crowded: int = 0


@dataclass(frozen=True, slots=True)
class Word:
    """An analyst's word on two records; `kept`: an older model's that joined them, which evidence has to bear."""

    a: str
    b: str
    same: bool
    mk: int
    kept: bool = False


def assign_part(kind: str, part: Part, words: Iterable[Word], model: Model, markings: MarkingNumbers) -> Assignment:
    """What `assign` of all records says of the core of a part: its entities, its ties and its pairs that may be one."""
    telling = [word for word in words if word.a in part.core or word.b in part.core]
    found = assign(kind, part.held, telling, model, markings, part)
    entities = {id_: entity for id_, entity in found.entities.items() if id_ in part.core}
    own = set(entities.values())
    ties = {at: tie for at, tie in found.ties.items() if tie.a in own or tie.b in own}
    possible = {two: bits for two, bits in found.possible.items() if not part.core.isdisjoint(two)}
    return Assignment(entities, ties, possible, part.crowded)


def assign(
    kind: str,
    held: Sequence[Held],
    words: Iterable[Word],
    model: Model,
    markings: MarkingNumbers,
    part: Part | None = None,
) -> Assignment:
    """The assignment of the live ones among these records; `part`: what they are a part of, its core alone matters."""
    live = [record for record in held if record.live]
    if kind in VALUES:
        return Assignment({record.id: str(record.properties["value_id"]) for record in live})
    standing = [Standing(record.id, record.mk) for record in live]
    spoken = _spoken(standing, words, markings)
    model = model.of(kind)
    table = table_of(kind, live) if part is None else part.table
    alone = spoken.alone
    pairs = _judged(table, model, alone) if part is None else _judged_part(table, live, part.core, model, alone)
    return _by_evidence(table, standing, pairs, spoken, model, markings)


@dataclass(frozen=True, slots=True)
class Compared:
    """All live records of a kind, and the pairs of them that meet, by places; `kept`: pairs that a word keeps."""

    table: Table
    left: Ints
    right: Ints
    judged: Judgement
    kept: list[tuple[int, int]]


def compared(
    kind: str, live: Sequence[Held], words: Iterable[Word], model: Model, markings: MarkingNumbers
) -> Compared:
    """The pairs by which `assign` decides, of all live records of a kind."""
    spoken = _spoken([Standing(record.id, record.mk) for record in live], words, markings)
    table = table_of(kind, live)
    return Compared(table, *_judged(table, model.of(kind), spoken.alone), spoken.kept)


def assign_table(kind: str, table: Table, words: Iterable[Word], model: Model, markings: MarkingNumbers) -> Assignment:
    """As `assign` of all live records of a kind, which this table holds in the order of their ids."""
    standing = [Standing(id_, mk) for id_, mk in zip(table.ids, table.mks.tolist(), strict=True)]
    spoken = _spoken(standing, words, markings)
    model = model.of(kind)
    pairs = _judged(table, model, spoken.alone)
    return _by_evidence(table, standing, pairs, spoken, model, markings)


class Standing(NamedTuple):
    """A live record's id and the number of its marking."""

    id: str
    mk: int


class _Spoken(NamedTuple):
    """Analysts' words by the places of their records.

    `same` shapes entities, `different` keeps entities apart and untied, `across` can only tie, under its marking;
    `kept` are joined by less evidence than others.
    """

    same: list[tuple[int, int]]
    different: list[tuple[int, int]]
    across: list[tuple[int, int, int]]
    kept: list[tuple[int, int]]

    @property
    def alone(self) -> frozenset[int]:
        """The places of records that are compared themselves, whatever others say the same."""
        return frozenset(place for pair in (*self.different, *self.kept) for place in pair)


def _spoken(live: Sequence[Standing], words: Iterable[Word], markings: MarkingNumbers) -> _Spoken:
    told = list(words)
    if not told:
        return _Spoken([], [], [], [])
    place = {record.id: index for index, record in enumerate(live)}
    found = _Spoken([], [], [], [])
    for word in told:
        if word.a in place and word.b in place:
            _sort(word, place[word.a], place[word.b], live, markings, found)
    return found


def _tied(
    assignment: Assignment, live: Sequence[Standing], spoken: _Spoken, model: Model, markings: MarkingNumbers
) -> Assignment:
    """The assignment with the ties that words make, and without those that say nothing more."""
    for a, b, mk in spoken.across:
        _tie(assignment, markings, live[a], live[b], mk, model.join)
    assignment.ties = _telling(assignment.ties, markings)
    return assignment


def _sort(word: Word, a: int, b: int, live: Sequence[Standing], markings: MarkingNumbers, found: _Spoken) -> None:
    """Add a word to those that it is among: nothing shows or hides by it but to those who may know of it."""
    one, other = live[a].mk, live[b].mk
    known = markings.marking(word.mk).at_or_below(markings.marking(one).join(markings.marking(other)))
    if word.kept:
        found.kept.append((a, b))
    elif not word.same and known:
        found.different.append((a, b))
    elif word.same and known and one == other:
        found.same.append((a, b))
    elif word.same:
        found.across.append((a, b, word.mk))


def _by_evidence(
    table: Table,
    live: Sequence[Standing],
    pairs: _Pairs,
    spoken: _Spoken,
    model: Model,
    markings: MarkingNumbers,
) -> Assignment:
    ids = table.ids
    left, right, judged = pairs
    same, different = spoken.same, spoken.different

    whole = partial(judge_profiles, table, model)
    found = partition(
        ids, table.mks, table.first_as_of, left, right, judged, same, different, model, whole, spoken.kept
    )
    assignment = Assignment({id_: entity_of(ids[seed]) for id_, seed in zip(ids, found.seed.tolist(), strict=True)})
    assignment.crowded = overfull_count(contents(table), model.caps)
    for i, j, value in found.same_identity:
        _tie(assignment, markings, live[i], live[j], live[i].mk, value)
    for i, j, value in found.possible:
        assignment.possible[min(ids[i], ids[j]), max(ids[i], ids[j])] = float(value)
    return _tied(assignment, live, spoken, model, markings)


def _judged(table: Table, model: Model, apart: Collection[int]) -> _Pairs:
    return _with_same(met(table, model.caps, apart=apart), table, model)


def _with_same(pairs: Met, table: Table, model: Model) -> _Pairs:
    """The judged pairs of a table, and those that say the same."""
    left, right, judged = pairs.left, pairs.right, judge(table, pairs.left, pairs.right, model)
    if table.kind == PERSON:
        return left, right, judged
    further = further_pairs(table, model, left, right, judged.bits >= model.join)
    judged = judged.plus(judge(table, *further, model))
    left, right = np.concatenate((left, further[0])), np.concatenate((right, further[1]))
    first, others = pairs.same
    left, right = np.concatenate((left, first)), np.concatenate((right, others))
    return left, right, judged.plus(Judgement.sure(len(first), ANALYST))


def _judged_part(
    table: Table, live: Sequence[Held], core: Collection[str], model: Model, apart: Collection[int]
) -> _Pairs:
    """The pairs of the core; the entities of all others stand, so their members are chained instead of compared."""
    ends = np.array([record.id in core for record in live], bool)
    left, right, judged = _with_same(met(table, model.caps, ends, apart), table, model)
    last: dict[str | None, int] = {}
    chain = []
    for place, record in enumerate(live):
        if record.id not in core:
            if record.entity in last:
                chain.append((last[record.entity], place))
            last[record.entity] = place
    before, after = np.array(chain, np.int64).reshape(-1, 2).T
    return (
        np.concatenate((left, before)),
        np.concatenate((right, after)),
        judged.plus(Judgement.sure(len(chain), ANALYST)),
    )


def _tie(assignment: Assignment, markings: MarkingNumbers, a: Standing, b: Standing, mk: int, bits: float) -> None:
    one, other = sorted((assignment.entities[a.id], assignment.entities[b.id]))
    if one == other:
        return
    usual = markings.join(a.mk, b.mk)
    joined = markings.join(mk, usual)
    present = assignment.ties.get((one, other, joined))
    if present is None or bits > present.bits:
        assignment.ties[one, other, joined] = Tie(one, other, joined, float(bits), joined != usual)


def _telling(ties: Mapping[tuple[str, str, int], Tie], markings: MarkingNumbers) -> dict[tuple[str, str, int], Tie]:
    """The ties without those that say nothing more to anybody than a less restricted one of the same two."""
    of_pair: defaultdict[tuple[str, str], list[Tie]] = defaultdict(list)
    for tie in ties.values():
        of_pair[tie.a, tie.b].append(tie)
    return {
        place: tie
        for place, tie in ties.items()
        if not any(
            other.mk != tie.mk
            and other.bits >= tie.bits
            and markings.marking(other.mk).at_or_below(markings.marking(tie.mk))
            for other in of_pair[tie.a, tie.b]
        )
    }


def as_words(rows: Iterable[Mapping[str, Any]]) -> list[Word]:
    """Decisions that stand as words."""
    return [Word(row["a"], row["b"], row["verdict"] == "SAME_AS", row["mk"], row["basis"] == "MODEL") for row in rows]
