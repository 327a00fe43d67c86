"""Two records compared field by field: the bits of each, which sum with the prior to the score that decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import numpy as np

from resolution.compare import Comparable, Compared
from resolution.folded import Read, compared
from resolution.model import UNIT, Ints, Model, probability
from resolution.profile import ProfileComparison, Profiles
from resolution.score import RULES, Comparison, capped, conflicts, of_levels, weigh

_TWO = np.array([0]), np.array([1])
_KIN = "kin"  # the level of evidence that a pair does not know births, and could be two of a family


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
class Weighed:
    """The fields of one pair that both records know, in the order in which they are weighed."""

    model: Model
    fields: tuple[Compared, ...]

    def judged(self, without: str | None = None) -> tuple[float, str]:
        """The bits of the pair, and the rule that forbids to join it, if any; `without`: a field left out."""
        levels = {name: np.full(1, -1, np.int64) for name in self.model.fields}
        told = [one for one in self.fields if one.field.name != without]
        for one in told:
            levels[one.field.name][:] = one.level
        bits, rules, _ = of_levels(levels, self._logs(told), self.model)
        return float(capped(bits, rules, self.model)[0]), RULES[int(rules[0])]

    def _logs(self, told: Iterable[Compared]) -> Ints:
        return sum((one.logs for one in told), np.zeros((1, len(self.model.classes)), np.int64))

    def alternative(self) -> tuple[str, float]:
        """The likeliest class of two people, and how many bits more likely one person is than that one class."""
        model, logs = self.model, (self._logs(self.fields) + self.model.priors)[0]
        n = len(model.matches)
        place = int(np.argmax(logs[n:]))
        matches = float(np.logaddexp2.reduce(logs[:n] / UNIT))
        return model.others[place], matches - float(logs[n + place]) / UNIT


@dataclass(frozen=True, slots=True)
class PairScore:
    """The log2 posterior odds of a pair, the probability, the evidence, the rule that forbids to join it, if any."""

    bits: float
    probability: float
    evidence: tuple[Evidence, ...]
    rule: str
    sentence: str
    weighed: Weighed


def explain(a: Read, b: Read, model: Model, holders: Mapping[int, int] | None = None) -> PairScore:
    """The score of two records and what it is made of.

    `holders`: how many different names hold each contact or address key in the pair's compartments; one where unsaid.
    """
    table = compared(model.kind, [a, b], holders)
    return Explanations(table, *_TWO, model).of(0)


def explain_together(
    left: Sequence[Read], right: Sequence[Read], model: Model, holders: Mapping[int, int] | None = None
) -> PairScore:
    """As `explain`, of all that the left records know against all that the right records know."""
    table = compared(model.kind, [*left, *right], holders)
    profiles = Profiles.of(table, np.repeat([0, 1], [len(left), len(right)]), 2)
    return Explanations(profiles, *_TWO, model, ProfileComparison(profiles, model)).of(0)


class Explanations:
    """Pairs of records of one table, weighed together; each can be explained. `bits`: the score of each.

    `comparison`: what compares them, where they are not records but profiles.
    """

    def __init__(
        self, table: Comparable, left: Ints, right: Ints, model: Model, comparison: ProfileComparison | None = None
    ) -> None:
        self._table, self._model = table, model
        self._fields = tuple((comparison or Comparison(table, model)).compare(left, right))
        bits, self._rules, _ = weigh(self._fields, len(left), model)
        self.bits = capped(bits, self._rules, model)

    def of(self, place: int) -> PairScore:
        """The score of one of the pairs and what it is made of."""
        return self.each([place])[0]

    def each(self, places: Sequence[int]) -> list[PairScore]:
        """The scores of some of the pairs and what they are made of, worked out together."""
        model, at = self._model, np.array(places, np.int64)
        told = zip(*(one.each(at) for one in self._fields), strict=True)
        found = [Weighed(model, tuple(one for one in fields if one is not None)) for fields in told]
        nothing = np.zeros((1, len(model.classes)), np.int64)
        # What each pair comes to with one field more, from none on.
        rows = [np.cumsum([nothing[0], *(one.logs[0] for one in weighed.fields)], axis=0) for weighed in found]
        totals = iter(model.total(np.concatenate([nothing, *rows]))[1:].tolist())
        return [
            self._score(place, weighed, list(islice(totals, len(weighed.fields) + 1)))
            for place, weighed in zip(places, found, strict=True)
        ]

    def _score(self, place: int, weighed: Weighed, totals: Sequence[int]) -> PairScore:
        """The score of a pair; `totals`: what it comes to before the first field and after each."""
        table, model = self._table, self._model
        evidence = [
            _evidence(one, table, (after - before) / UNIT)
            for one, (before, after) in zip(weighed.fields, pairwise(totals), strict=True)
            # Names read straight are the rule; only another order is evidence.
            if one.field.name != "name_order" or int(one.level[0]) > 0
        ]
        before, bits, rule = totals[-1], float(self.bits[place]), RULES[int(self._rules[place])]
        if bits < before / UNIT:
            less = bits - before / UNIT
            why = f"rule of {rule}" if rule else "births do not tell, and two of a family fit too"
            evidence.append(Evidence("rule", None, None, rule or _KIN, less, f"{why}: {less:+.1f} bits"))
        return PairScore(
            bits, probability(bits), tuple(evidence), rule, _sentence(bits, evidence, rule, model), weighed
        )


def rules(left: Sequence[Read], right: Sequence[Read], model: Model) -> list[tuple[int, int, str]]:
    """The pairs of one of the left with one of the right that a rule keeps apart, by their places, with the rule."""
    table = compared(model.kind, [*left, *right])
    a = np.repeat(np.arange(len(left)), len(right))
    b = np.tile(np.arange(len(left), len(table)), len(left))
    levels = {name: np.full(len(a), -1, np.int64) for name in model.fields}
    for one in Comparison(table, model).compare(a, b):
        levels[one.field.name][one.pair] = one.level
    found = conflicts(levels, model)
    return [(int(a[at]), int(b[at]) - len(left), RULES[int(found[at])]) for at in np.nonzero(found)[0]]


def _evidence(one: Compared, table: Comparable, bits: float) -> Evidence:
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
    one = model.kind.lower()
    pro = f"{' and '.join(good) or 'nothing'} {'speak' if len(good) > 1 else 'speaks'} for it"
    con = ""
    if worst is not None and worst.bits < 0:
        against = "that two of a family fit too" if worst.level == _KIN else worst.field.replace("_", " ")
        con = f"; {against} speaks against it"
    if rule:
        verdict = f"kept apart by the rule of {rule}"
    elif bits >= model.join:
        verdict = f"one {one}"
    elif bits >= model.review:
        verdict = f"possibly one {one}"
    else:
        verdict = f"not one {one}"
    return f"{verdict} at {bits:.1f} bits (join at {model.join:.1f}): {pro}{con}"
