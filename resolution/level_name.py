"""How well the names of many pairs agree, by what is worked out of each of their words once."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from functools import cached_property

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from resolution.column import Flags, Ints, Values
from resolution.level import SIMILAR, Codes
from resolution.level_column import FEW, Whole, numbered, once
from resolution.model import Field
from resolution.unlike import Letters
from standards.name import full_names_of, name_key, nicknames_of

# Source: Splink's and HMPPS's person models put their Jaro-Winkler levels at 0.92 and 0.88; measured on own data since.
_SIMILAR_GIVEN, _CLOSE = 0.82, 0.96
_EDITABLE = 4  # a one-letter difference says little in names shorter than this
_Bits = npt.NDArray[np.uint64]
_Compare = Callable[[Ints, Ints, Field], Ints]


class Words:
    """The distinct words of names, and what is to be known of each; `sound`: equal numbers for words of one sound.

    The last of the sounds is that of no word.
    """

    def __init__(self, values: Values) -> None:
        self._values, words = values, values.tolist()
        self.sound = numbered([*map(name_key, words), ""])
        self._length = np.array([len(word) for word in words], np.int64)
        self._several = np.array([" " in word for word in words], bool)
        self._initials = np.array([_are_initials(word) for word in words], bool)
        self._known = np.array([len(nicknames_of(word)) > 1 for word in words], bool)

    def given_names(self) -> Whole:
        """Return the comparison of given names: initials, spellings, short forms, one-letter mistakes."""
        return _Likely(self._values, self._given, self._may_be_given)

    def surnames(self) -> Whole:
        """Return the comparison of surnames: spellings, one half of a double name, one-letter mistakes."""
        return _Likely(self._values, self._surname, self._may_be_surname)

    def middle_names(self) -> Whole:
        """Return the comparison of middle names; an initial, a spelling or one of several counts as an initial does."""
        return _Likely(self._values, self._middle, self._may_be_middle)

    def _given(self, a: Ints, b: Ints, field: Field) -> Ints:
        found = self._alike(a, b, field, _SIMILAR_GIVEN)
        initials, several = self._initials[a] | self._initials[b], self._several[a] | self._several[b]
        asked = np.nonzero((found < field.level("close")) & (initials | several | (self._known[a] & self._known[b])))[0]
        for place, x, y in self._told(asked, a, b):
            if initials[place]:
                found[place] = field.level("initial") if x[0] == y[0] else 0
            elif y in nicknames_of(x) or (several[place] and set(x.split()) & set(y.split())):
                found[place] = field.level("variant")
            elif not full_names_of(x).isdisjoint(full_names_of(y)):
                # Liz and Betty are each short for Elizabeth, and may be two.
                found[place] = max(found[place], field.level("similar"))
        return found

    def _surname(self, a: Ints, b: Ints, field: Field) -> Ints:
        found = self._alike(a, b, field, SIMILAR)
        several = self._several[a] | self._several[b]
        for place, x, y in self._told(np.nonzero((found < field.level("close")) & several)[0], a, b):
            if x.replace(" ", "") == y.replace(" ", ""):
                found[place] = field.level("close")
            elif set(x.split()) & set(y.split()):
                found[place] = field.level("part")
        return found

    def _middle(self, a: Ints, b: Ints, field: Field) -> Ints:
        found = np.zeros(len(a), np.int64)
        for place, one, other in self._told(np.arange(len(a)), a, b):
            x, y = one.split(), other.split()
            if x[0][0] == y[0][0] and (len(x[0]) == 1 or len(y[0]) == 1):
                found[place] = field.level("initial")
            elif set(x) & set(y) or name_key(x[0]) == name_key(y[0]) or y[0] in nicknames_of(x[0]):
                found[place] = field.level("same")
        return found

    def _told(self, places: Ints, a: Ints, b: Ints) -> Iterable[tuple[int, str, str]]:
        """Return the words of these of the pairs, with their places."""
        words = self._values[a[places]].tolist(), self._values[b[places]].tolist()
        return zip(places.tolist(), *words, strict=True)

    def _alike(self, a: Ints, b: Ints, field: Field, similar: float) -> Ints:
        left, right = self._values[a].tolist(), self._values[b].tolist()
        alike = np.asarray(cpdist(left, right, scorer=JaroWinkler.normalized_similarity, score_cutoff=similar))
        edits = np.asarray(cpdist(left, right, scorer=OSA.distance, score_cutoff=1))
        short = np.minimum(self._length[a], self._length[b])
        found = np.zeros(len(a), np.int64)
        found[alike >= similar] = field.level("similar")
        found[self._sounds(a, b) & (short > 1)] = field.level("variant")
        found[((edits <= 1) & (short >= _EDITABLE)) | (alike >= _CLOSE)] = field.level("close")
        return found

    def _may_be_given(self, a: Codes, b: Codes) -> Flags:
        near = self._may_be_alike(a, b, _SIMILAR_GIVEN) | self._called(a, b)
        return np.asarray(near | self._initials[a] | self._initials[b])

    def _may_be_surname(self, a: Codes, b: Codes) -> Flags:
        return self._may_be_alike(a, b, SIMILAR)

    def _may_be_middle(self, a: Codes, b: Codes) -> Flags:
        near = self._letters.start(a, b) | self._sounds(a, b) | self._called(a, b)
        return np.asarray(near | self._several[a] | self._several[b])

    def _may_be_alike(self, a: Codes, b: Codes, least: float) -> Flags:
        near = self._letters.similar(a, b, least) | self._letters.edited(a, b) | self._sounds(a, b)
        return np.asarray(near | self._several[a] | self._several[b])

    def _sounds(self, a: Codes, b: Codes) -> Flags:
        return np.asarray(self.sound[a] == self.sound[b])

    def _called(self, a: Codes, b: Codes) -> Flags:
        """Return which may be one person's names in turn: a name is among the other's, or both are short for one."""
        own, others, full = self._names
        return np.asarray(((own[a] & others[b]) | (own[b] & others[a]) | (full[a] & full[b])) != 0)

    @cached_property
    def _letters(self) -> Letters:
        return Letters(self._values)

    @cached_property
    def _names(self) -> tuple[_Bits, _Bits, _Bits]:
        """Names folded into 64 bits: each itself, what else it is called, and what it is short for."""
        names = self._values.tolist()
        sets = ([name] for name in names), map(nicknames_of, names), map(full_names_of, names)
        own, others, full = (np.array([_bits(words) for words in each], np.uint64) for each in sets)
        return own, others, full


class _Likely(Whole):
    """Names of which those are compared that may agree; of few pairs, all."""

    def __init__(self, values: Values, compare: _Compare, may: Callable[[Codes, Codes], Flags]) -> None:
        self._values, self._may = values, may
        self._compare = lambda _values, a, b, field: compare(a, b, field)

    def __call__(self, a: Codes, b: Codes, field: Field) -> Ints:
        if len(a) < FEW:
            return once(self._values, a, b, self._compare, field)
        found = np.zeros(len(a), np.int64)
        likely = np.nonzero(self._may(a, b))[0]
        found[likely] = once(self._values, a[likely], b[likely], self._compare, field)
        return found


def _are_initials(name: str) -> bool:
    return len(name) == 1 or all(len(word) == 1 for word in name.split())


def _bits(words: Iterable[str]) -> int:
    bits = 0
    for word in words:
        bits |= 1 << (zlib.crc32(word.encode()) & 63)
    return bits
