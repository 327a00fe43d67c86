"""The tables of a model estimated from comparison patterns by expectation and maximisation, without any truth.

Every pair of records belongs to one class. Strangers are all pairs there are, and agree as records taken at random do;
how many pairs the other classes have, and how those agree, is what makes the patterns of the candidates likeliest. The
tables that it starts from count as a number of pairs seen before, so that a class of which the data says little stays
as it is. Source: Winkler, Using the EM Algorithm for Weight Computation in the Fellegi-Sunter Model, 1988; with several
classes of non-matches, and with numbers of pairs instead of shares, since candidates are few of all pairs.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from resolution.model import UNIT, Ints
from resolution.pattern import UNKNOWN, Patterns

Document = dict[str, Any]
Floats = npt.NDArray[np.float64]

# Tables of ratios, or of two precisions in one: they are no distributions and stay as they are.
FIXED = frozenset({"name_order", "birth_part"})
SILENT = "generic"  # the level that says nothing in any class
_BEFORE = 50.0  # pairs that the tables it starts from count for
_ROUNDS, _STILL = 100, 1e-7
_LEAST = 1e-9  # the least probability of a level
_COMBINED = 4096  # combinations of levels that a table for a few fields has at most


@dataclass(frozen=True, slots=True)
class Estimate:
    """A document, the natural logarithm of the likelihood of what was seen, and the number of pairs of each class."""

    document: Document
    likelihood: float
    pairs: Mapping[str, float]


def classes_of(document: Document) -> tuple[str, ...]:
    """Return the classes of a document, matches first."""
    return (*document["matches"], *document["others"])


def row_of(document: Document, field: str, one: str) -> str:
    """Return the name of the row of a field's table that a class takes."""
    tables = document["fields"][field]["probabilities"]
    return one if one in tables else "match" if one in document["matches"] else "other"


def estimate(document: Document, seen: Patterns, share: float = 1.0) -> Estimate:
    """Return the likeliest document for patterns of which there are `share` of all; strangers' rows are not touched."""
    document, pairs, told = copy.deepcopy(document), seen.pairs * share, _Told.of(seen, document)
    before = copy.deepcopy(document)
    last = -math.inf
    for _ in range(_ROUNDS):
        parts, likelihood = _expect(document, told, pairs)
        if likelihood - last < _STILL * abs(likelihood):
            break
        last = likelihood
        _maximise(document, before, told, parts, pairs)
    return Estimate(document, likelihood, dict(zip(classes_of(document), parts.sum(axis=1).tolist(), strict=True)))


def likelihood_of(document: Document, seen: Patterns, share: float = 1.0) -> float:
    """Return the natural logarithm of the likelihood of patterns, but for what is the same for every document."""
    return _expect(document, _Told.of(seen, document), seen.pairs * share)[1]


@dataclass(frozen=True, slots=True)
class _Joint:
    """A few fields as one: `at` is the place of each pattern among all combinations of their levels.

    `levels`: by field, the level in each combination; the last number is that of what is not known.
    """

    at: Ints
    levels: Mapping[str, Ints]


@dataclass(frozen=True, slots=True)
class _Told:
    """Patterns that some pair has, made ready for many rounds: a column a pattern, a row a class.

    A table that is looked up once for a few fields takes a quarter of the time of one for each of them.
    """

    joint: tuple[_Joint, ...]
    rarity: Floats
    counts: Floats

    @staticmethod
    def of(seen: Patterns, document: Document) -> _Told:
        there = np.nonzero(seen.counts)[0]
        rarity = np.ascontiguousarray(seen.rarity[there].T * (math.log(2) / UNIT))
        widths = {field: len(document["fields"][field]["levels"]) + 1 for field in seen.fields}
        joint, fields = [], list[str]()
        for field in (*seen.fields, None):
            if fields and (field is None or math.prod(widths[one] for one in (*fields, field)) > _COMBINED):
                joint.append(_joint(seen, there, {one: widths[one] for one in fields}))
                fields = []
            fields += [field] if field is not None else []
        return _Told(tuple(joint), rarity, seen.counts[there].astype(np.float64))


def _joint(seen: Patterns, there: Ints, widths: Mapping[str, int]) -> _Joint:
    told = {field: seen.of(field)[there].astype(np.int64) for field in widths}
    levels = [np.where(told[field] == UNKNOWN, width - 1, told[field]) for field, width in widths.items()]
    shape = tuple(widths.values())
    grid = np.unravel_index(np.arange(math.prod(shape)), shape)
    return _Joint(np.ravel_multi_index(levels, shape), dict(zip(widths, grid, strict=True)))


def _expect(document: Document, told: _Told, pairs: float) -> tuple[Floats, float]:
    """Return how many pairs of each pattern are of each class, a row a class, and the likelihood."""
    names = classes_of(document)
    priors = np.array([{**document["matches"], **document["others"]}[one] for one in names]) * math.log(2)
    logs = told.rarity + (priors + math.log(pairs))[:, None]
    for joint in told.joint:
        tables = [_logs(document, field, names)[:, levels] for field, levels in joint.levels.items()]
        for row, table in zip(logs, np.sum(tables, axis=0), strict=True):
            row += table[joint.at]
    top = logs.max(axis=0)
    parts = np.exp(logs - top)
    total = parts.sum(axis=0)
    expected = sum(math.exp(prior) for prior, one in zip(priors, names, strict=True) if one != names[_first(document)])
    likelihood = float(told.counts @ (top + np.log(total))) - pairs * expected
    return np.asarray(parts * (told.counts / total)), likelihood


def _logs(document: Document, field: str, names: Sequence[str]) -> Floats:
    """Return the logarithms of a field's table, a row a class; what is not known by both, the last, says nothing."""
    rows = document["fields"][field]["probabilities"]
    table = np.log(np.maximum([rows[row_of(document, field, one)] for one in names], _LEAST**2))
    return np.concatenate((table, np.zeros((len(names), 1))), axis=1)


def _first(document: Document) -> int:
    """Return the place of the class of strangers."""
    return len(document["matches"])


def _maximise(document: Document, before: Document, told: _Told, parts: Floats, pairs: float) -> None:
    names, stranger = classes_of(document), _first(document)
    for place, one in enumerate(names):
        if place != stranger:
            sort = document["matches"] if one in document["matches"] else document["others"]
            sort[one] = math.log2(max(float(parts[place].sum()), 0.5) / pairs)
    for joint in told.joint:
        size = len(next(iter(joint.levels.values())))
        masses = np.array([np.bincount(joint.at, weights=row, minlength=size) for row in parts])
        for field, levels in joint.levels.items():
            if field not in FIXED:
                _refit(document, before, field, levels, masses)


def _refit(document: Document, before: Document, field: str, levels: Ints, masses: Floats) -> None:
    """Write the rows of a field that are estimated; `masses`: pairs of each combination of levels, a row a class."""
    spec, names, stranger = document["fields"][field], classes_of(document), _first(document)
    taken = row_of(document, field, names[stranger])
    for row in {row_of(document, field, one) for one in names} - {taken}:
        mine = [place for place, one in enumerate(names) if row_of(document, field, one) == row]
        if any(_is_free(document, field, names[place]) for place in mine):
            held = np.bincount(levels, weights=masses[mine].sum(axis=0), minlength=len(spec["levels"]) + 1)
            counts = np.asarray(held[:-1], np.float64)
            spec["probabilities"][row] = _row(counts, before["fields"][field]["probabilities"][row], spec["levels"])


def _is_free(document: Document, field: str, one: str) -> bool:
    """Return whether a class's row is estimated: the matches', and of others what makes them the class they are.

    People of a household share a home and a surname; were their given names and births estimated too, the class could
    as well become that of the pairs that are one, and the likelihood would not tell.
    """
    return one in document["matches"] or field in document["shared"].get(one, ())


def _row(counts: Floats, before: list[float], names: list[str]) -> list[float]:
    """Return the probabilities of a row's levels; the level that says nothing keeps its 1."""
    speaks = np.array([name != SILENT for name in names])
    held = np.where(speaks, counts + _BEFORE * np.array(before), 0.0)
    found = np.maximum(held / held.sum(), _LEAST)
    return [float(p) if told else 1.0 for p, told in zip(found, speaks, strict=True)]
