"""Scores of pairs: the log2 posterior odds that two records are one person, and the rules that no score outweighs."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from resolution.abreast import in_parts
from resolution.column import Flags
from resolution.compare import Comparable, Compared, ValueComparison
from resolution.compare_thing import ThingComparison
from resolution.model import FAMILY, PERSON, THING_RULES, UNIT, Ints, Model
from resolution.model import RULES as MODEL_RULES
from resolution.names import NameComparison
from resolution.table import Table

Floats = npt.NDArray[np.float64]
Rules = npt.NDArray[np.int8]

_Part = NameComparison | ValueComparison | ThingComparison
# Every field of pairs of places.
Compare = Callable[[Ints, Ints], Iterable[Compared]]
_CHUNK = 1 << 16  # pairs compared at once: they stay near the processor; changes no score


@dataclass(frozen=True, slots=True)
class Judgement:
    """`bits`: posterior odds of each pair. `veto`: the number of the rule in `RULES` that forbids to join, 0 for none.

    Twins have no veto: their pair never joins by itself, but a name that another record gives as an alias still may.
    `silent`: the sum of 2^rule over the rules of which a pair says nothing, because one of the two does not know it.
    """

    bits: Floats
    veto: Rules
    silent: Rules

    def take(self, places: Flags | Ints) -> Judgement:
        """Return these pairs alone."""
        return Judgement(self.bits[places], self.veto[places], self.silent[places])

    def plus(self, other: Judgement) -> Judgement:
        """Return these pairs and others behind them."""
        return Judgement(
            np.concatenate((self.bits, other.bits)),
            np.concatenate((self.veto, other.veto)),
            np.concatenate((self.silent, other.silent)),
        )

    @staticmethod
    def sure(pairs: int, bits: float) -> Judgement:
        """Return so many pairs of one score and without any conflict."""
        return Judgement(np.full(pairs, bits), np.zeros(pairs, np.int8), np.zeros(pairs, np.int8))


RULES = ("", *MODEL_RULES, *THING_RULES)
_TWINS = 1
_ASKED = {"two births": ("birth", "birth_part"), "conflicting identifiers": ("identifier",)}


def score(table: Table, left: Ints, right: Ints, model: Model) -> Floats:
    """Return the log2 posterior odds of each pair of places in the table.

    A pure function of the pair and the model, but for the holders of shared contacts inside the pair's compartments.
    """
    return judge(table, left, right, model).bits


def judge(table: Table, left: Ints, right: Ints, model: Model) -> Judgement:
    """Return the scores and the hard conflicts of each pair of places in the table."""
    return judged_by(Comparison(table, model).compare, left, right, model, _CHUNK)


def judged_by(compare: Compare, left: Ints, right: Ints, model: Model, chunk: int) -> Judgement:
    """Return the scores and the hard conflicts of pairs by their fields, so many pairs compared at once."""
    left, right = np.asarray(left, np.int64), np.asarray(right, np.int64)
    bits, rules, silent = np.zeros(len(left)), np.zeros(len(left), np.int8), np.zeros(len(left), np.int8)

    def work(part: slice) -> None:
        ends = left[part], right[part]
        bits[part], rules[part], silent[part] = weigh(compare(*ends), len(ends[0]), model)

    in_parts(work, len(left), chunk)
    return Judgement(capped(bits, rules, model), np.where(rules == _TWINS, 0, rules).astype(np.int8), silent)


class Comparison:
    """Compares records of one table under one model, field by field."""

    def __init__(self, table: Comparable, model: Model, principal: Flags | None = None) -> None:
        self.model, self.size = model, len(table.names.starts) - 1
        self._parts: tuple[_Part, ...] = (
            (NameComparison(table, model, principal), ValueComparison(table, model))
            if model.kind == PERSON
            else (ThingComparison(table, model),)
        )

    def under(self, model: Model) -> Comparison:
        """Return the comparison of the same records under a model with the same shares of names and generic values."""
        other = copy.copy(self)
        other.model, other._parts = model, tuple(part.under(model) for part in self._parts)
        return other

    def compare(self, left: Ints, right: Ints) -> Iterator[Compared]:
        """Yield every field of the model for pairs of places in the table, names first."""
        for part in self._parts:
            yield from part.compare(left, right)


def weigh(fields: Iterable[Compared], count: int, model: Model) -> tuple[Floats, Rules, Rules]:
    """Return the scores of so many pairs from their fields, the rules that they break, and those they are silent of."""
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
    return of_levels(levels, logs, model)


def of_levels(levels: Mapping[str, Ints], logs: Ints, model: Model) -> tuple[Floats, Rules, Rules]:
    """As `weigh`, from the level of each field, -1 where it is not known of both, and the sums of the weights."""
    silent = np.zeros(len(logs), np.int8)
    for rule, asked in asked_of(model).items():
        silent |= (np.maximum.reduce([levels[name] for name in asked]) < 0).astype(np.int8) << RULES.index(rule)
    bits = model.total(logs) / UNIT
    if model.kin > 0 and FAMILY in model.others:
        bits = _beside_kin(bits, levels, logs, model)
    return bits, conflicts(levels, model), silent


def _beside_kin(bits: Floats, levels: Mapping[str, Ints], logs: Ints, model: Model) -> Floats:
    """Return the scores, lower where a pair would join whose births do not tell, and two of a family fit it too.

    A parent and child of one name at one home differ in their births alone. Such a pair loses what it lacks of `kin`,
    but never so much that nobody is asked about it.
    """
    odds = model.against(FAMILY, logs) / UNIT
    known = levels["identifier"] >= model.fields["identifier"].level("near")
    blind = (np.maximum(levels["birth"], levels["birth_part"]) < 0) & ~known
    unsure = blind & (bits >= model.join) & (odds < model.kin)
    return np.where(unsure, np.maximum(model.join + odds - model.kin, model.review), bits)


def asked_of(model: Model) -> Mapping[str, tuple[str, ...]]:
    """Return the fields that each of the rules asks that forbid to join a pair."""
    return _ASKED if model.kind == PERSON else {each.rule: (each.field,) for each in model.apart}


def capped(bits: Floats, rules: Rules, model: Model) -> Floats:
    """Return the scores with those of twins brought down to what the model gives them at most."""
    return np.where(rules == _TWINS, np.minimum(bits, model.twins), bits)


def conflicts(levels: Mapping[str, Ints], model: Model) -> Rules:
    """Return for each pair the model's rule that forbids to join it, 0 for none; a shared identifier outweighs each.

    Twins: one surname and birth, different given names and no middle name in common, and homes known or different
    genders. Two births: full dates that no usual mistake explains. Source: the twin rule of HMPPS Person Match.
    Of other kinds the model says what breaks a rule, and what outweighs it.
    """
    if model.kind != PERSON:
        return _broken(levels, model)

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


def _broken(levels: Mapping[str, Ints], model: Model) -> Rules:
    """Return the last of the model's rules that each pair breaks."""
    found = np.zeros(len(next(iter(levels.values()))), np.int8)
    for each in model.apart:
        level = levels[each.field]
        found[(level >= 0) & (level <= each.most)] = RULES.index(each.rule)
    for name in model.despite:
        found[levels[name] == len(model.fields[name].levels) - 1] = 0
    return found
