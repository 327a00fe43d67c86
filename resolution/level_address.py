"""How well the addresses of many pairs agree: by number and street, and where those differ by street and town."""

from __future__ import annotations

import numpy as np
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cpdist

from resolution.column import Flags, Ints, Values, as_values, encoded
from resolution.key import town_of
from resolution.level import SIMILAR, Codes
from resolution.level_column import FEW, Whole, once
from resolution.model import Field
from resolution.unlike import Letters


class Addresses(Whole):
    """Addresses taken apart once: equal but for the place, a number in a similar street, or street or town alone.

    A postcode is no town here, since it is compared by itself. Of an older model, which does not know a level, the next
    lower counts.
    """

    def __init__(self, values: Values) -> None:
        parts = [value.split("|") for value in values.tolist()]
        number, self._number = encoded([part[1] for part in parts])
        _, self._unit = encoded([part[2] for part in parts])
        street, self._street = encoded([part[3] for part in parts])
        town, self._town = encoded([town_of(part[0]) for part in parts])
        self._streets, self._towns = _Texts(street), _Texts(town)
        self._numbered = np.array([bool(text) for text in number], bool)[self._number]

    def __call__(self, a: Codes, b: Codes, field: Field) -> Ints:
        """Return the levels of unequal addresses."""
        same_number = self._number[a] == self._number[b]
        street = self._streets.alike(self._street[a], self._street[b], field)
        town = self._towns.alike(self._town[a], self._town[b], field)
        same = (self._street[a] == self._street[b]) & (self._unit[a] == self._unit[b]) & self._numbered[a]
        found = np.zeros(len(a), np.int64)
        for name, which in (
            ("town", town),
            ("street", street),
            ("both", street & town),
            ("similar", same_number & street),
            ("same", same_number & street & same),
        ):
            if name in field.levels:
                found[which] = field.level(name)
        return found


class _Texts:
    """Distinct texts, of which pairs of codes are compared."""

    def __init__(self, texts: tuple[str, ...]) -> None:
        self._values = as_values(texts)
        self._told = np.array([bool(text) for text in texts], bool)
        self._letters = Letters(as_values([text or " " for text in texts]))

    def alike(self, a: Codes, b: Codes, field: Field) -> Flags:
        """Return which pairs are alike; what is not known is like nothing."""
        told = self._told[a] & self._told[b]
        found = told & (a == b)
        open_ = np.nonzero(told & (a != b))[0]
        if len(open_) >= FEW:
            open_ = open_[self._letters.similar(a[open_], b[open_], SIMILAR)]
        found[open_] = once(self._values, a[open_], b[open_], _similar, field) > 0
        return np.asarray(found)


def _similar(values: Values, a: Codes, b: Codes, _field: Field) -> Ints:
    left, right = values[a].tolist(), values[b].tolist()
    alike = cpdist(left, right, scorer=JaroWinkler.normalized_similarity, score_cutoff=SIMILAR)
    return np.asarray(alike >= SIMILAR).astype(np.int64)
