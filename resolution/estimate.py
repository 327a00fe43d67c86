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
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from resolution.model import UNIT
from resolution.pattern import UNKNOWN, Patterns

Document = dict[str, Any]
Floats = npt.NDArray[np.float64]

# Tables of ratios, or of two precisions in one: they are no distributions and stay as they are.
FIXED = frozenset({"name_order", "birth_part"})
SILENT = "generic"  # the level that says nothing in any class
_BEFORE = 50.0  # pairs that the tables it starts from count for
_ROUNDS, _STILL = 100, 1e-7
_LEAST = 1e-9  # the least probability of a level


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
    document, pairs = copy.deepcopy(document), seen.pairs * share
    before = copy.deepcopy(document)
    last = -math.inf
    for _ in range(_ROUNDS):
        parts, likelihood = _expect(document, seen, pairs)
        if likelihood - last < _STILL * abs(likelihood):
            break
        last = likelihood
        _maximise(document, before, seen, parts, pairs)
    return Estimate(document, likelihood, dict(zip(classes_of(document), parts.sum(axis=0).tolist(), strict=True)))


def likelihood_of(document: Document, seen: Patterns, share: float = 1.0) -> float:
    """Return the natural logarithm of the likelihood of patterns, but for what is the same for every document."""
    return _expect(document, seen, seen.pairs * share)[1]


def _expect(document: Document, seen: Patterns, pairs: float) -> tuple[Floats, float]:
    """Return how many pairs of each pattern are of each class, and the likelihood."""
    names = classes_of(document)
    priors = np.array([{**document["matches"], **document["others"]}[one] for one in names]) * math.log(2)
    logs = seen.rarity * (math.log(2) / UNIT) + priors + math.log(pairs)
    for field in seen.fields:
        rows = document["fields"][field]["probabilities"]
        table = np.log(np.maximum([rows[row_of(document, field, one)] for one in names], _LEAST**2))
        # What is not known by both is the last column, and says nothing.
        logs += np.concatenate((table, np.zeros((len(names), 1))), axis=1).T[seen.of(field)]
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    total = parts.sum(axis=1, keepdims=True)
    expected = sum(math.exp(prior) for prior, one in zip(priors, names, strict=True) if one != names[_first(document)])
    likelihood = float(seen.counts @ (top + np.log(total))[:, 0]) - pairs * expected
    return np.asarray(parts * (seen.counts[:, None] / total)), likelihood


def _first(document: Document) -> int:
    """Return the place of the class of strangers."""
    return len(document["matches"])


def _maximise(document: Document, before: Document, seen: Patterns, parts: Floats, pairs: float) -> None:
    names, stranger = classes_of(document), _first(document)
    for place, one in enumerate(names):
        if place != stranger:
            sort = document["matches"] if one in document["matches"] else document["others"]
            sort[one] = math.log2(max(float(parts[:, place].sum()), 0.5) / pairs)
    for field in seen.fields:
        if field in FIXED:
            continue
        spec, levels = document["fields"][field], seen.of(field)
        taken = row_of(document, field, names[stranger])
        for row in {row_of(document, field, one) for one in names} - {taken}:
            mine = [place for place, one in enumerate(names) if row_of(document, field, one) == row]
            if not any(_is_free(document, field, names[place]) for place in mine):
                continue
            counts = _counted(levels, parts[:, mine].sum(axis=1), spec["levels"])
            spec["probabilities"][row] = _row(counts, before["fields"][field]["probabilities"][row], spec["levels"])


def _is_free(document: Document, field: str, one: str) -> bool:
    """Return whether a class's row is estimated: the matches', and of others what makes them the class they are.

    People of a household share a home and a surname; were their given names and births estimated too, the class could
    as well become that of the pairs that are one, and the likelihood would not tell.
    """
    return one in document["matches"] or field in document["shared"].get(one, ())


def _counted(levels: npt.NDArray[np.int8], weights: Floats, names: list[str]) -> Floats:
    known = levels != UNKNOWN
    return np.asarray(np.bincount(levels[known], weights=weights[known], minlength=len(names)), np.float64)


def _row(counts: Floats, before: list[float], names: list[str]) -> list[float]:
    """Return the probabilities of a row's levels; the level that says nothing keeps its 1."""
    speaks = np.array([name != SILENT for name in names])
    held = np.where(speaks, counts + _BEFORE * np.array(before), 0.0)
    found = np.maximum(held / held.sum(), _LEAST)
    return [float(p) if told else 1.0 for p, told in zip(found, speaks, strict=True)]
