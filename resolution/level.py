"""How well two distinct values agree, field by field: numbers of the model's levels, for whole columns at once.

Every function takes places in a sorted tuple of distinct values, the lesser first, so that a comparison is the same
whichever record is asked first. Missing values never come here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from resolution.column import Flags, Values, as_values, encoded
from resolution.model import Field
from standards.name import full_names_of, name_key, nicknames_of

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32] | Ints

# Source: Splink's and HMPPS's person models put their Jaro-Winkler levels at 0.92 and 0.88; measured on own data since.
SIMILAR, _CLOSE = 0.88, 0.96
SIMILAR_GIVEN = 0.82
_EDITABLE = 4  # a one-letter difference says little in names shorter than this


def given_names(values: Values, a: Codes, b: Codes, field: Field) -> Ints:
    """Return the levels of unequal given names: initials, spellings, short forms, one-letter mistakes."""
    found, words = _alike(values, a, b, field, SIMILAR_GIVEN)
    initials, several = words.either(_are_initials), words.either(_is_several)
    known = words.both(lambda word: len(nicknames_of(word)) > 1)
    for place in np.nonzero((found < field.level("close")) & (initials | several | known))[0]:
        x, y = words.left[place], words.right[place]
        if initials[place]:
            found[place] = field.level("initial") if x[0] == y[0] else 0
        elif y in nicknames_of(x) or (several[place] and set(x.split()) & set(y.split())):
            found[place] = field.level("variant")
        elif not full_names_of(x).isdisjoint(full_names_of(y)):
            # Liz and Betty are each short for Elizabeth, and may be two.
            found[place] = max(found[place], field.level("similar"))
    return found


def _are_initials(name: str) -> bool:
    return len(name) == 1 or all(len(word) == 1 for word in name.split())


def _is_several(name: str) -> bool:
    return " " in name


def surnames(values: Values, a: Codes, b: Codes, field: Field) -> Ints:
    """Return the levels of unequal surnames: spellings, one half of a double name, one-letter mistakes."""
    found, words = _alike(values, a, b, field, SIMILAR)
    for place in np.nonzero((found < field.level("close")) & words.either(_is_several))[0]:
        x, y = words.left[place], words.right[place]
        if x.replace(" ", "") == y.replace(" ", ""):
            found[place] = field.level("close")
        elif set(x.split()) & set(y.split()):
            found[place] = field.level("part")
    return found


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of pairs; what depends on a word alone is asked of each once."""

    left: list[str]
    right: list[str]
    distinct: list[str]
    at_left: Ints
    at_right: Ints

    @staticmethod
    def of(values: Values, a: Codes, b: Codes) -> _Words:
        used, places = np.unique(np.concatenate((a, b)), return_inverse=True)
        words = values[a].tolist(), values[b].tolist(), values[used].tolist()
        return _Words(*words, places[: len(a)], places[len(a) :])

    def either(self, is_so: Callable[[str], bool]) -> Flags:
        so = np.array([is_so(word) for word in self.distinct], bool)
        return np.asarray(so[self.at_left] | so[self.at_right])

    def both(self, is_so: Callable[[str], bool]) -> Flags:
        so = np.array([is_so(word) for word in self.distinct], bool)
        return np.asarray(so[self.at_left] & so[self.at_right])


def _alike(values: Values, a: Codes, b: Codes, field: Field, similar: float) -> tuple[Ints, _Words]:
    words = _Words.of(values, a, b)
    alike = np.asarray(cpdist(words.left, words.right, scorer=JaroWinkler.normalized_similarity, score_cutoff=similar))
    edits = np.asarray(cpdist(words.left, words.right, scorer=OSA.distance, score_cutoff=1))
    sounds = np.unique(np.array([name_key(word) for word in words.distinct]), return_inverse=True)[1]
    lengths = np.array([len(word) for word in words.distinct])
    short = np.minimum(lengths[words.at_left], lengths[words.at_right])
    found = np.zeros(len(a), np.int64)
    found[alike >= similar] = field.level("similar")
    found[(sounds[words.at_left] == sounds[words.at_right]) & (short > 1)] = field.level("variant")
    found[((edits <= 1) & (short >= _EDITABLE)) | (alike >= _CLOSE)] = field.level("close")
    return found, words


def middle_names(values: Values, a: Codes, b: Codes, field: Field) -> Ints:
    """Return the levels of unequal middle names; an initial, a spelling or one of several counts as an initial does."""
    found = np.zeros(len(a), np.int64)
    for place, (one, other) in enumerate(zip(values[a].tolist(), values[b].tolist(), strict=True)):
        x, y = one.split(), other.split()
        if x[0][0] == y[0][0] and (len(x[0]) == 1 or len(y[0]) == 1):
            found[place] = field.level("initial")
        elif set(x) & set(y) or name_key(x[0]) == name_key(y[0]) or y[0] in nicknames_of(x[0]):
            found[place] = field.level("same")
    return found


class Addresses:
    """Compares addresses, which are taken apart once: equal but for the place, or same number in a similar street."""

    def __init__(self, values: Values) -> None:
        parts = [value.split("|") for value in values.tolist()]
        number, self._number = encoded([part[1] for part in parts])
        _, self._unit = encoded([part[2] for part in parts])
        street, self._street = encoded([part[3] for part in parts])
        self._streets = as_values(street)
        self._numbered = np.array([bool(text) for text in number], bool)
        self._named = np.array([bool(text) for text in street], bool)

    def meet(self, a: Codes, b: Codes) -> Flags:
        """Return which pairs are of one number, or of none, in streets that have names."""
        named = self._named[self._street]
        return np.asarray((self._number[a] == self._number[b]) & named[a] & named[b])

    def __call__(self, _values: Values, a: Codes, b: Codes, field: Field) -> Ints:
        """Return the levels of unequal addresses."""
        one, x, y = self._number[a], self._street[a], self._street[b]
        meets = np.nonzero(self.meet(a, b))[0]
        left, right = self._streets[x[meets]].tolist(), self._streets[y[meets]].tolist()
        alike = np.asarray(cpdist(left, right, scorer=JaroWinkler.normalized_similarity, score_cutoff=SIMILAR))
        meets = meets[alike >= SIMILAR]
        whole = (x[meets] == y[meets]) & (self._unit[a[meets]] == self._unit[b[meets]]) & self._numbered[one[meets]]
        found = np.zeros(len(a), np.int64)
        found[meets] = np.where(whole, field.level("same"), field.level("similar"))
        return found


def birth_places(values: Values, a: Codes, b: Codes, field: Field) -> Ints:
    """Return the levels of unequal places of birth; one that holds the other, or a spelling, is similar."""
    left, right = values[a].tolist(), values[b].tolist()
    alike = np.asarray(cpdist(left, right, scorer=JaroWinkler.normalized_similarity, score_cutoff=SIMILAR))
    pairs = [(set(x.split()), set(y.split())) for x, y in zip(left, right, strict=True)]
    held = [x <= y or y <= x for x, y in pairs]
    return np.where((alike >= SIMILAR) | np.array(held, bool), field.level("similar"), 0).astype(np.int64)


def identifiers(values: Values, a: Codes, b: Codes, field: Field) -> Ints:
    """Return the levels of unequal numbers of one scheme: one character wrong is near, else they conflict."""
    left, right = values[a].tolist(), values[b].tolist()
    edits = np.asarray(cpdist(left, right, scorer=OSA.distance, score_cutoff=1))
    return np.where(edits <= 1, field.level("near"), field.level("conflict")).astype(np.int64)
