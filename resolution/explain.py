"""Two records compared field by field: the bits of each, which sum with the prior to the score that decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from resolution.compare import Compared
from resolution.feature import Features
from resolution.key import fold
from resolution.model import UNIT, Model, probability
from resolution.names import NameComparison
from resolution.score import RULES, capped, compare, conflicts
from resolution.table import Table


@dataclass(frozen=True, slots=True)
class Evidence:
    """One comparison: the two values, the level they reached, what it is worth in bits, and a sentence."""

    field: str
    left: str | None
    right: str | None
    level: str
    bits: float
    sentence: str


@dataclass(frozen=True, slots=True)
class PairScore:
    """The log2 posterior odds of a pair, the probability, the evidence, the rule that forbids to join it, if any."""

    bits: float
    probability: float
    evidence: tuple[Evidence, ...]
    rule: str
    sentence: str


def explain(a: Features, b: Features, model: Model, holders: Mapping[int, int] | None = None) -> PairScore:
    """The score of two records and what it is made of.

    `holders`: how many different names hold each contact or address key in the pair's compartments; one where unsaid.
    """
    table = Table.of(["a", "b"], np.zeros(2, np.int32), np.zeros(2, np.int64), [fold(a), fold(b)], holders or {})
    left, right = np.array([0]), np.array([1])
    logs = np.zeros((1, len(model.classes)), np.int64)
    before = int(model.total(logs)[0])
    evidence: list[Evidence] = []
    levels = {name: np.full(1, -1, np.int64) for name in model.fields}
    for one in compare(table, left, right, model, NameComparison(table, model)):
        if len(one.pair):
            logs = logs + one.logs
            after = int(model.total(logs)[0])
            # Names read straight are the rule; only another order is evidence.
            if one.field.name != "name_order" or int(one.level[0]) > 0:
                evidence.append(_evidence(one, table, (after - before) / UNIT))
            levels[one.field.name][:] = one.level
            before = after
    rules = conflicts(levels, model)
    rule, bits = RULES[int(rules[0])], float(capped(np.array([before / UNIT]), rules, model)[0])
    if bits < before / UNIT:
        less = bits - before / UNIT
        evidence.append(Evidence("rule", None, None, rule, less, f"rule of {rule}: {less:+.1f} bits"))
    return PairScore(bits, probability(bits), tuple(evidence), rule, _sentence(bits, evidence, rule, model))


def _evidence(one: Compared, table: Table, bits: float) -> Evidence:
    name, level = one.field.name, one.field.levels[int(one.level[0])]
    column = table.columns.get(name)
    values = column.values if column is not None else table.names.words
    left, right = (values[int(code[0])] if 0 <= int(code[0]) < len(values) else None for code in (one.a, one.b))
    words = name.replace("_", " ")
    values_met = f" ({left} / {right})" if left is not None or right is not None else ""
    sentence = f"{words}: {level}{values_met}, {bits:+.1f} bits"
    return Evidence(name, left, right, level, bits, sentence)


def _sentence(bits: float, evidence: list[Evidence], rule: str, model: Model) -> str:
    best = sorted(evidence, key=lambda e: (-e.bits, e.field))[:2]
    worst = min(evidence, key=lambda e: (e.bits, e.field), default=None)
    good = [e.field.replace("_", " ") for e in best if e.bits > 0]
    pro = f"{' and '.join(good) or 'nothing'} {'speak' if len(good) > 1 else 'speaks'} for it"
    con = f"; {worst.field.replace('_', ' ')} speaks against it" if worst is not None and worst.bits < 0 else ""
    if rule:
        verdict = f"kept apart by the rule of {rule}"
    elif bits >= model.join:
        verdict = "one person"
    elif bits >= model.review:
        verdict = "possibly one person"
    else:
        verdict = "not one person"
    return f"{verdict} at {bits:.1f} bits (join at {model.join:.1f}): {pro}{con}"
