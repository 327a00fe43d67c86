"""Comparison patterns: what pairs agree on, each combination once with the number of its pairs.

A model is estimated from patterns instead of pairs: there are far fewer of them, and they name nobody.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from resolution.abreast import in_parts
from resolution.model import Ints, Model
from resolution.score import Comparison, Floats, Rules, of_levels

UNKNOWN = -1
_ORDER = "name_order"  # by its rows and by the other reading of a swapped name
_STEP = 512  # units of 1/1024 bit to which rarity is rounded
_CHUNK = 1 << 16

# Source: Steele and others, Fast splittable pseudorandom number generators, OOPSLA 2014: a multiplier that mixes well.
_ODD = np.uint64(0xBF58476D1CE4E5B9)

Levels = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Patterns:
    """Each combination of levels once, a row each.

    `levels`: a column a field of the model in its order, -1 where it is not known of both; `rarity`: a column a class,
    in units: what the frequency of the values that met adds to the tables of the model. `counts`: pairs of each
    pattern; `pairs`: all pairs of records that there are, compared or not.
    """

    fields: tuple[str, ...]
    levels: Levels
    rarity: Ints
    counts: Ints
    pairs: int

    def of(self, field: str) -> Levels:
        """Return the level of one field in each pattern."""
        return self.levels[:, self.fields.index(field)]

    def among(self, which: Ints) -> Patterns:
        """Return the patterns of these pairs alone, given by their places among the patterns."""
        return dataclasses.replace(self, counts=np.bincount(which, minlength=len(self.counts)))


def patterns(comparison: Comparison, left: Ints, right: Ints) -> tuple[Patterns, Ints]:
    """Return the patterns of pairs of places in the table that is compared, and the place of each pair's among them.

    The order of the patterns does not depend on that of the records.
    """
    model, size = comparison.model, comparison.size
    fields = tuple(model.fields)
    found = np.zeros((len(left), len(fields) + len(model.classes)), np.int16)

    def work(part: slice) -> None:
        found[part] = _rows(left[part], right[part], comparison)

    in_parts(work, len(left), _CHUNK)
    rows, places = _places(found)
    counts = np.bincount(places, minlength=len(rows)).astype(np.int64)
    levels, rarity = rows[:, : len(fields)].astype(np.int8), rows[:, len(fields) :].astype(np.int64) * _STEP
    return Patterns(fields, levels, rarity, counts, size * (size - 1) // 2), places


def judge_patterns(seen: Patterns, model: Model) -> tuple[Floats, Rules, Rules]:
    """Return of each pattern what `weigh` says of its pairs, but for how finely rarity is told."""
    logs = seen.rarity.copy()
    levels = {name: seen.of(name).astype(np.int64) for name in seen.fields}
    for name, each in levels.items():
        logs += np.where(each[:, None] == UNKNOWN, 0, model.fields[name].weights.T[each])
    return of_levels(levels, logs, model)


def _rows(left: Ints, right: Ints, comparison: Comparison) -> npt.NDArray[np.int16]:
    model = comparison.model
    levels = np.full((len(left), len(model.fields)), UNKNOWN, np.int16)
    rarity = np.zeros((len(left), len(model.classes)), np.int64)
    place = {name: at for at, name in enumerate(model.fields)}
    for one in comparison.compare(left, right):
        levels[one.pair, place[one.field.name]] = one.level
        if one.field.rarity or one.field.name == _ORDER:
            rarity[one.pair] += one.logs - one.field.weights.T.take(one.level, axis=0)
    return np.concatenate((levels, np.rint(rarity / _STEP).astype(np.int16)), axis=1)


def _places(rows: npt.NDArray[np.int16]) -> tuple[npt.NDArray[np.int16], Ints]:
    """Return the distinct rows in an order of their own, and the place of each row among them."""
    mixed = _mixed(rows)
    order = np.argsort(mixed)
    head = np.ones(len(order), bool)
    head[1:] = mixed[order[1:]] != mixed[order[:-1]]
    places = np.empty(len(order), np.int64)
    places[order] = np.cumsum(head) - 1
    distinct = rows[order[head]]
    if (distinct[places] == rows).all():
        return distinct, places
    # Two rows have one hash: once in a million runs.
    distinct, places = np.unique(rows, axis=0, return_inverse=True)
    return distinct, places.astype(np.int64)


def _mixed(rows: npt.NDArray[np.int16]) -> npt.NDArray[np.uint64]:
    """Return a hash of each row, a function of the row alone."""
    mixed = np.zeros(len(rows), np.uint64)
    for column in rows.T:
        mixed = (mixed ^ column.astype(np.uint16)) * _ODD
        mixed ^= mixed >> np.uint64(29)
    return mixed
