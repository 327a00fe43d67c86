"""How well an entity answers what was typed, from the entity's own words alone: a score 0..1 and what matched.

The database's score depends on what other things hold, so it never takes part. Each word asked counts by the square
root of its length with its best likeness to a word of the entity: the same 1, a nickname 0.9, the same sound 0.85, a
beginning 0.75 to 0.95, a slip of the pen below 0.95. The closest whole name or value adds the rest.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from graph.answer import EntityView
from graph.model import KINDS
from graph.read.asked import Asked, fuzzy_edits
from standards.name import name_key, nicknames_of
from standards.text import fold, squeeze

COVERAGE, CLOSENESS = 0.85, 0.15
NICKNAME, SOUND, SLIP = 0.9, 0.85, 0.95
LEAST_LIKENESS = 0.6
# Below this at least one long word of two was not found.
FLOOR = 0.5
_NAMED = frozenset({"Person", "Officer"})
_NAME_PARTS = (("given_name", "middle_name", "surname"), ("given_name", "surname"))
_SHORTEST_SOUND = 3
_SHORTEST_START = 5
_MOST_WORDS = 300

Matched = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that was asked: its weight, the slips it may have, other forms of the name, its sound."""

    text: str
    weight: float
    edits: int
    nicknames: frozenset[str]
    sound: str


@dataclass(frozen=True, slots=True)
class _Value:
    """A value's words, folded, and how like the best of them is to each word that was asked."""

    words: tuple[str, ...]
    likeness: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    text: str
    identifier: bool
    value: _Value


class Ranking:
    """How well entities answer one question; what is known of a value is used again for every other that has it."""

    def __init__(self, asked: Asked) -> None:
        self._solid = asked.solid
        self._whole = " ".join(asked.words)
        self._fuzzy = asked.fuzzy
        self._words = [_word(word) for word in asked.words]
        self._weight = sum(word.weight for word in self._words)
        self._values: dict[tuple[str, bool], _Value] = {}

    def score(self, view: EntityView) -> tuple[float, Matched]:
        """How well the entity answers, 0..1, and the properties that did, by their field names.

        It is 0 where it cannot reach the floor.
        """
        fields = list(self._fields(view))
        solid, solid_matched = self._solid_score(fields)
        best = [max(likeness, default=0.0) for likeness in self._by_word(fields)]
        coverage = sum(word.weight * like for word, like in zip(self._words, best, strict=True)) / self._weight
        if COVERAGE * coverage + CLOSENESS < max(FLOOR, solid):
            return solid, solid_matched
        found = round(COVERAGE * coverage + CLOSENESS * self._closeness(view, fields), 4)
        if solid >= found:
            return solid, solid_matched
        hit = dict.fromkeys(
            (field.name, field.text)
            for place, top in enumerate(best)
            for field in fields
            if field.value.likeness[place] == top >= LEAST_LIKENESS
        )
        return found, tuple(hit)

    def _fields(self, view: EntityView) -> Iterator[_Field]:
        named = view.kind in _NAMED
        for name, field, identifier in _searched(view.kind):
            held = view.properties.get(name)
            for value in held if isinstance(held, list) else [] if held is None else [held]:
                text = str(value)
                yield _Field(field, text, identifier, self._value(text, named))

    def _value(self, text: str, named: bool) -> _Value:
        found = self._values.get((text, named))
        if found is None:
            words = tuple(fold(text).split())[:_MOST_WORDS]
            likeness = tuple(_likeness(word, words, self._fuzzy, named) for word in self._words)
            found = self._values[text, named] = _Value(words, likeness)
        return found

    def _by_word(self, fields: Sequence[_Field]) -> Iterator[list[float]]:
        for place in range(len(self._words)):
            yield [field.value.likeness[place] for field in fields]

    def _solid_score(self, fields: Sequence[_Field]) -> tuple[float, Matched]:
        if not self._solid:
            return 0.0, ()
        for field in fields:
            if squeeze(field.text).lower() in self._solid:
                return 1.0, ((field.name, field.text),)
        for field in fields:
            own = squeeze(field.text).lower()
            if field.identifier and any(len(f) >= _SHORTEST_START and own.startswith(f) for f in self._solid):
                return 0.9, ((field.name, field.text),)
        return 0.0, ()

    def _closeness(self, view: EntityView, fields: Sequence[_Field]) -> float:
        return max((fuzz.token_sort_ratio(self._whole, text) for text in _whole_texts(view, fields)), default=0.0) / 100


def value_score(typed: str, value: str) -> float:
    """How well a value answers its typed beginning: 1 where that is all of it, else 0.6 to 0.95 by its share."""
    return 1.0 if typed == value else round(0.6 + 0.35 * len(typed) / len(value), 4)


def _word(text: str) -> _Word:
    sound = name_key(text) if len(text) >= _SHORTEST_SOUND else ""
    return _Word(text, math.sqrt(len(text)), fuzzy_edits(text), nicknames_of(text), sound)


@cache
def _searched(kind: str) -> tuple[tuple[str, str, bool], ...]:
    """The searched properties of a kind, the names of their fields, and whether they identify."""
    declared = (each for each in KINDS[kind].properties if each.searched)
    return tuple((each.name, each.field, each.identifier) for each in declared)


def _likeness(word: _Word, words: tuple[str, ...], fuzzy: bool, named: bool) -> float:
    asked = word.text
    if asked in words:
        return 1.0
    found = max((0.75 + 0.2 * len(asked) / len(own) for own in words if own.startswith(asked)), default=0.0)
    if not fuzzy:
        return found
    if named and found < NICKNAME:
        found = max(found, _sound(word, words))
    if word.edits and found < SLIP:
        slip = process.extractOne(asked, words, scorer=DamerauLevenshtein.distance, score_cutoff=word.edits)
        found = max(found, SLIP * (1 - slip[1] / max(len(asked), len(slip[0])))) if slip else found
    return found if found >= LEAST_LIKENESS else 0.0


def _sound(word: _Word, words: tuple[str, ...]) -> float:
    if not word.nicknames.isdisjoint(words):
        return NICKNAME
    key = word.sound
    return SOUND if key and any(len(own) >= _SHORTEST_SOUND and name_key(own) == key for own in words) else 0.0


@cache
def _name_fields(kind: str) -> frozenset[str]:
    """The fields of a kind that are parts of a name."""
    held = KINDS[kind].by_name
    return frozenset(held[name].field for some in _NAME_PARTS for name in some if name in held)


def _whole_texts(view: EntityView, fields: Sequence[_Field]) -> Iterator[str]:
    if view.kind in _NAMED:
        for some in _NAME_PARTS:
            yield fold(" ".join(str(view.properties[name]) for name in some if name in view.properties))
    parts = _name_fields(view.kind)
    yield from (" ".join(field.value.words) for field in fields if field.name not in parts)
