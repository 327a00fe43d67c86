"""A model trained without any truth: shipped tables in, tables in that fit the records out, and what they show.

The same records of the same people give the same model in any order. Which classes of pairs there are, and which rules
stand, is chosen by the likelihood of pairs held out and by what the model itself expects; never by labels.
"""

from __future__ import annotations

import copy
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from resolution.abreast import all_of
from resolution.candidate import candidates
from resolution.column import Flags
from resolution.estimate import Document, classes_of, estimate, likelihood_of
from resolution.frequency import at_random, with_shares, with_strangers
from resolution.model import RULES, Ints, Model, parse_model, probability
from resolution.pattern import Patterns, judge_patterns, patterns
from resolution.score import Comparison, Floats, Rules
from resolution.table import Table

# From all classes to the fewest that a model of people can have.
STRUCTURES: tuple[frozenset[str], ...] = (
    frozenset(),
    frozenset({"flatmate"}),
    frozenset({"flatmate", "household"}),
    frozenset({"flatmate", "household", "moved"}),
)
# What a further class must add to the logarithm of the likelihood of the pairs held out: a class that is there adds
# thousands, and one that a few odd pairs make up would bring a rule that parts many others.
_GAIN = 10.0
_SURE = 0.97  # the least mean probability of the pairs that join
_LOWEST, _HIGHEST = 1.0, 8.0  # bits between which a trained model joins
_STEP = 0.25
# A rule that would part more than one in so many of the pairs that join and know what it asks does not fit the records.
# It takes more to give up twins and numbers that are issued to one person each.
_PARTED = {"twins": 20, "two births": 30, "conflicting identifiers": 20}


@dataclass(frozen=True, slots=True)
class Trained:
    """A model's document, what it was trained on, and what it expects of it.

    `pairs`: of each class; `structures`: the logarithm of the likelihood of the pairs held out, by the classes that
    were left out; `dropped`: rules that do not fit the records.
    """

    document: Document
    records: int
    compared: int
    patterns: int
    pairs: Mapping[str, float]
    structures: Mapping[str, float]
    dropped: tuple[str, ...]

    @property
    def model(self) -> Model:
        """The model."""
        return parse_model(self.document)


def train(
    table: Table,
    shipped: Document,
    version: str,
    structures: Sequence[frozenset[str]] = STRUCTURES,
    people: Ints | None = None,
) -> Trained:
    """Return the model that fits the records of a table in the order of their ids, from a shipped document.

    `structures`: the classes that may be left out, from none to the most; `people`: see `with_shares`.
    """
    document = with_shares(shipped, table, people)
    # What depends on values alone is worked out once; of the models only the tables differ.
    comparison = Comparison(table, parse_model(document))
    random = at_random(comparison)
    document = with_strangers(document, shipped, table, random)
    left, right = candidates(table, comparison.model.caps)
    half = _half(table, left)
    seen, _ = patterns(comparison.under(parse_model(document)), left[half], right[half])
    document = with_strangers(estimate(document, seen, 0.5).document, shipped, table, random)
    seen, which = patterns(comparison.under(parse_model(document)), left, right)
    halves = [seen.among(which[side]) for side in (half, ~half)]
    likelihoods = all_of(
        lambda left_out: _held_out(_without(document, left_out), *(_classes(h, document, left_out) for h in halves)),
        structures,
    )
    found = dict(zip(map(_name, structures), likelihoods, strict=True))
    chosen = _chosen(found, structures)
    seen = _classes(seen, document, chosen)
    final = estimate(_without(document, chosen), seen)
    document = {**final.document, "version": version, "about": f"Trained from {shipped['version']}, without a truth."}
    dropped = _decide(document, seen)
    return Trained(document, len(table), len(left), len(seen.counts), final.pairs, found, dropped)


def _name(left_out: frozenset[str]) -> str:
    return ", ".join(sorted(left_out)) or "none"


def _half(table: Table, left: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which pairs are trained on when the classes are chosen: by the id of one record, never by its place."""
    parity = np.array([zlib.crc32(id_.encode()) & 1 for id_ in table.ids], bool)
    return parity[left]


def _held_out(document: Document, trained: Patterns, held: Patterns) -> float:
    return likelihood_of(estimate(document, trained, 0.5).document, held, 0.5)


def _chosen(found: Mapping[str, float], structures: Sequence[frozenset[str]]) -> frozenset[str]:
    """Return what is left out: as much as the pairs held out do not miss."""
    best = max(found.values())
    return next(left_out for left_out in reversed(structures) if found[_name(left_out)] >= best - _GAIN)


def _without(document: Document, left_out: frozenset[str]) -> Document:
    document = copy.deepcopy(document)
    for part in ("matches", "others", "shared"):
        document[part] = {one: said for one, said in document[part].items() if one not in left_out}
    for spec in document["fields"].values():
        for part in ("probabilities", "rarity"):
            if part in spec:
                spec[part] = {one: said for one, said in spec[part].items() if one not in left_out}
    return document


def _classes(seen: Patterns, document: Document, left_out: frozenset[str]) -> Patterns:
    """Return patterns with the rarity of the classes that are left only."""
    kept = [place for place, one in enumerate(classes_of(document)) if one not in left_out]
    return Patterns(seen.fields, seen.levels, seen.rarity[:, kept], seen.counts, seen.pairs)


def _decide(document: Document, seen: Patterns) -> tuple[str, ...]:
    """Write into the document from which score on a pair joins and which rules stand; return those that do not."""
    bits, rules, silent = judge_patterns(seen, parse_model(document))
    document["thresholds"]["join"] = join = join_of(bits, seen.counts)
    document["thresholds"]["keep"] = (join + document["thresholds"]["review"]) / 2
    joining = np.where(bits >= join, seen.counts, 0)
    dropped = [
        rule
        for number, rule in enumerate(RULES, 1)
        # Twins agree like one person whose given name is wrong; where there are families, the benefit is theirs.
        if not (rule == "twins" and "household" in document["others"])
        and int(joining[rules == number].sum()) * _PARTED[rule] > int(joining[~_silent(silent, number)].sum())
    ]
    document["rules"] = [rule for rule in RULES if rule not in dropped]
    return tuple(dropped)


def _silent(silent: Rules, rule: int) -> Flags:
    """Return which pairs do not know what a rule asks; that of twins asks for births as that of two births does."""
    return np.asarray(silent & (1 << max(rule, 1 + RULES.index("two births"))) != 0)


def join_of(bits: Floats, counts: Ints) -> float:
    """Return the lowest score from which on the pairs are as sure on average as pairs that join have to be."""
    sure = np.array([probability(one) for one in bits.tolist()])
    for threshold in np.arange(_LOWEST, _HIGHEST, _STEP).tolist():
        above = bits >= threshold
        if (number := counts[above].sum()) and counts[above] @ sure[above] >= _SURE * number:
            return float(threshold)
    return _HIGHEST


def sample(ids: Sequence[str], most: int) -> list[int]:
    """Return the places of at most so many records, in the order of their ids: the same records in any order.

    An id is a hash under the installation's key, so the least ids are as good as any, and nobody outside can say which.
    """
    return sorted(range(len(ids)), key=ids.__getitem__)[:most]
