"""Scores of pairs: the log2 posterior odds that two records are one person, and the rules that no score outweighs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from resolution.compare import Compared, ValueComparison
from resolution.model import RULES as MODEL_RULES
from resolution.model import UNIT, Ints, Model
from resolution.names import NameComparison
from resolution.table import Table

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_CHUNK = 1 << 18  # pairs compared at once: bounds memory, changes no score


@dataclass(frozen=True, slots=True)
class Judgement:
    """`bits`: posterior odds of each pair. `veto`: the number of the rule in `RULES` that forbids to join, 0 for none.

    Twins have no veto: their pair never joins by itself, but a name that another record gives as an alias still may.
    """

    bits: Floats
    veto: npt.NDArray[np.int8]


RULES = ("", *MODEL_RULES)
_TWINS = 1


def score(table: Table, left: Ints, right: Ints, model: Model) -> Floats:
    """Return the log2 posterior odds of each pair of places in the table.

    A pure function of the pair and the model, but for the holders of shared contacts inside the pair's compartments.
    """
    return judge(table, left, right, model).bits


def judge(table: Table, left: Ints, right: Ints, model: Model) -> Judgement:
    """Return the scores and the hard conflicts of each pair of places in the table."""
    left, right = np.asarray(left, np.int64), np.asarray(right, np.int64)
    bits, rules = judge_bare(table, left, right, model)
    return Judgement(capped(bits, rules, model), np.where(rules == _TWINS, 0, rules).astype(np.int8))


def judge_bare(table: Table, left: Ints, right: Ints, model: Model) -> tuple[Floats, npt.NDArray[np.int8]]:
    """Return the scores of pairs as if there were no rules, and the number of the rule that every pair breaks."""
    comparison = Comparison(table, model)
    bits, rules = np.zeros(len(left)), np.zeros(len(left), np.int8)
    for start in range(0, len(left), _CHUNK):
        part = slice(start, start + _CHUNK)
        ends = left[part], right[part]
        bits[part], rules[part] = weigh(comparison.compare(*ends), len(ends[0]), model)
    return bits, rules


class Comparison:
    """Compares records of one table under one model, field by field."""

    def __init__(self, table: Table, model: Model) -> None:
        self._names = NameComparison(table, model)
        self._others = ValueComparison(table, model)

    def compare(self, left: Ints, right: Ints) -> Iterator[Compared]:
        """Yield every field of the model for pairs of places in the table, names first."""
        yield from self._names.compare(left, right)
        yield from self._others.compare(left, right)


def weigh(fields: Iterable[Compared], count: int, model: Model) -> tuple[Floats, npt.NDArray[np.int8]]:
    """Return the scores of so many pairs from their fields, as without rules, and the rule that each breaks."""
    logs = np.zeros((count, len(model.classes)), np.int64)
    levels: dict[str, Ints] = {}
    for one in fields:
        if len(one.pair) == count:
            logs += one.logs
            levels[one.field.name] = one.level
            continue
        logs[one.pair] += one.logs
        levels[one.field.name] = np.full(count, -1, np.int64)
        levels[one.field.name][one.pair] = one.level
    return model.total(logs) / UNIT, conflicts(levels, model)


def capped(bits: Floats, rules: npt.NDArray[np.int8], model: Model) -> Floats:
    """Return the scores with those of twins brought down to what the model gives them at most."""
    return np.where(rules == _TWINS, np.minimum(bits, model.twins), bits)


def conflicts(levels: dict[str, Ints], model: Model) -> npt.NDArray[np.int8]:
    """Return for each pair the model's rule that forbids to join it, 0 for none; a shared identifier outweighs each.

    Twins: one surname and birth, different given names and no middle name in common, and homes known or different
    genders. Two births: full dates that no usual mistake explains. Source: the twin rule of HMPPS Person Match.
    """

    def at_least(field: str, name: str) -> Flags:
        return np.asarray(levels[field] >= model.fields[field].level(name))

    def is_at(field: str, name: str) -> Flags:
        return np.asarray(levels[field] == model.fields[field].level(name))

    known = at_least("identifier", "near")
    # One home, or two that are known to be two: nothing but surname and birth speaks for them.
    home = at_least("postcode", "different") | at_least("address", "different") | is_at("phone", "same")
    family = at_least("surname", "part") & is_at("given_name", "different") & at_least("birth", "same")
    twins = family & (home | is_at("gender", "different")) & ~is_at("middle_name", "same")
    found = np.zeros(len(known), np.int8)
    for rule, hit in ((3, is_at("identifier", "conflict")), (2, is_at("birth", "different")), (_TWINS, twins)):
        if RULES[rule] in model.rules:
            found[hit] = rule
    found[known] = 0
    return found
