"""What speaks against letting a trained model stand; each guard is a sentence, and none of them knows a truth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from resolution.assign import Word
from resolution.candidate import candidates
from resolution.cluster import partition
from resolution.estimate import FIXED, SILENT, Document, classes_of, row_of
from resolution.model import UNIT, Ints, Model, parse_model
from resolution.profile import judge_profiles
from resolution.score import judge
from resolution.table import Table

GUARDS = ("largest", "share", "drift", "calibration")
_LARGE = 50  # records of an entity that nobody minds
_LARGER = 2.0  # times the largest entity of the model that stands
_CHAINED = 1.5  # times the pairs that the model itself expects to be one
_DRIFT = 2.0  # bits
_TOLD = 0.01  # the least share of pairs that are one in which a level's drift is told
_DECIDED, _CONTRADICTED = 20, 0.1


@dataclass(frozen=True, slots=True)
class Objection:
    """A guard that fires, and why; `refuses`: or only to be told."""

    guard: str
    reason: str
    refuses: bool = True


def objections(
    new: Document, standing: Document, table: Table, words: Sequence[Word], *, first: bool = False
) -> list[Objection]:
    """Return what speaks against a model, held against the one that stands, on records and decisions about them.

    `first`: what stands are the shipped defaults. Those are judgements, made before any record was seen, so that a
    model which fits the records differs from them as it should: how much is told, and refuses nothing.
    """
    model, old = parse_model(new), parse_model(standing)
    drift = [
        replace(each, reason=f"{each.reason}; against the shipped defaults, which fit no records yet", refuses=False)
        if first
        else each
        for each in _drift(new, standing)
    ]
    return [*_entities(table, model, old), *drift, *_calibration(table, model, words)]


def _entities(table: Table, model: Model, old: Model) -> Iterator[Objection]:
    (sizes, expected), (before, _) = _sizes(table, model), _sizes(table, old)
    largest, limit = int(sizes.max(initial=0)), max(_LARGE, int(_LARGER * before.max(initial=0)))
    if largest > limit:
        yield Objection("largest", f"the largest entity has {largest:,} records, more than {limit:,}")
    found = int((sizes * (sizes - 1) // 2).sum())
    if found > _CHAINED * expected + _LARGE:
        reason = f"{found:,} pairs come to be one where the model expects {expected:,.0f}"
        yield Objection("share", f"{reason}: entities are chained together")


def _sizes(table: Table, model: Model) -> tuple[Ints, float]:
    """Return the sizes of the entities, and how many of the compared pairs the model expects to be one."""
    left, right = candidates(table, model.caps)
    found = judge(table, left, right, model)
    entities = partition(
        table.ids,
        table.mks,
        table.first_as_of,
        left,
        right,
        found,
        (),
        (),
        model,
        partial(judge_profiles, table, model),
    )
    sizes = np.unique(entities.seed, return_counts=True)[1].astype(np.int64)
    return sizes, float((1 / (1 + np.exp2(-np.clip(found.bits, -100, 100)))).sum())


def _drift(new: Document, standing: Document) -> Iterator[Objection]:
    """Objections for levels that weigh otherwise by more than two bits, the worst of them told."""
    stood = weights(standing)
    drifts = sorted(
        (-abs(now - before), field, level, before, now)
        for (field, level), now in weights(new).items()
        if (before := stood.get((field, level))) is not None and abs(now - before) > _DRIFT
    )
    if drifts:
        _, field, level, before, now = drifts[0]
        worst = f"{field.replace('_', ' ')} {level} from {before:+.1f} to {now:+.1f}"
        yield Objection("drift", f"{len(drifts)} weights differ by more than {_DRIFT:.0f} bits, the most {worst}")


def weights(document: Document) -> dict[tuple[str, str], float]:
    """Return the bits of each level that pairs which are one reach at all: against strangers, by (field, level)."""
    found = {}
    names, stranger = classes_of(document), classes_of(document)[len(document["matches"])]
    model = parse_model(document)
    for name, field in model.fields.items():
        spec = document["fields"][name]
        table = field.weights[0] - field.weights[names.index(stranger)]
        for place, level in enumerate(spec["levels"]):
            often = spec["probabilities"][row_of(document, name, names[0])][place] >= _TOLD
            if name not in FIXED and level != SILENT and often:
                found[name, level] = float(table[place]) / UNIT
    return found


def _calibration(table: Table, model: Model, words: Sequence[Word]) -> Iterator[Objection]:
    place = {id_: at for at, id_ in enumerate(table.ids)}
    told = [word for word in words if word.a in place and word.b in place]
    if len(told) < _DECIDED:
        return
    left, right = (np.array([place[getattr(word, side)] for word in told]) for side in "ab")
    bits, same = judge(table, left, right, model).bits, np.array([word.same for word in told])
    wrong = int((np.where(same, bits < model.review, bits >= model.join)).sum())
    if wrong > _CONTRADICTED * len(told):
        yield Objection("calibration", f"it contradicts {wrong:,} of {len(told):,} decisions of analysts")
