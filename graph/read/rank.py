"""How well an entity answers what was typed, from the entity's own words alone: a score 0..1 and what matched.

The database's score depends on what other things hold, so it never takes part. Each word asked counts by the square
root of its length with its best likeness to a word of the entity: the same 1, a nickname 0.9, the same sound 0.85, a
beginning 0.75 to 0.95, a slip of the pen below 0.95. The closest whole name or value adds the rest.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

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
class _Field:
    name: str
    value: str
    identifier: bool
    words: tuple[str, ...]


def score(asked: Asked, view: EntityView) -> tuple[float, Matched]:
    """How well the entity answers, 0..1, and the properties that did, by their field names."""
    fields = list(_fields(view))
    solid, solid_matched = _solid(asked, fields)
    named = view.kind in _NAMED
    likeness = [[_likeness(word, field.words, asked.fuzzy, named) for field in fields] for word in asked.words]
    weights = [math.sqrt(len(word)) for word in asked.words]
    best = [max(row, default=0.0) for row in likeness]
    coverage = sum(weight * like for weight, like in zip(weights, best, strict=True)) / sum(weights)
    found = round(COVERAGE * coverage + CLOSENESS * _closeness(asked, view, fields), 4)
    if solid >= found:
        return solid, solid_matched
    hit = dict.fromkeys(
        (field.name, field.value)
        for row, top in zip(likeness, best, strict=True)
        for field, like in zip(fields, row, strict=True)
        if like >= LEAST_LIKENESS and like == top
    )
    return found, tuple(hit)


def value_score(typed: str, value: str) -> float:
    """How well a value answers its typed beginning: 1 where that is all of it, else 0.6 to 0.95 by its share."""
    return 1.0 if typed == value else round(0.6 + 0.35 * len(typed) / len(value), 4)


def _fields(view: EntityView) -> Iterator[_Field]:
    for declared in KINDS[view.kind].properties:
        held = view.properties.get(declared.name) if declared.searched else None
        for value in held if isinstance(held, list) else [] if held is None else [held]:
            words = tuple(fold(str(value)).split())[:_MOST_WORDS]
            yield _Field(declared.field, str(value), declared.identifier, words)


def _solid(asked: Asked, fields: list[_Field]) -> tuple[float, Matched]:
    for field in fields:
        own = squeeze(field.value).lower()
        if own in asked.solid:
            return 1.0, ((field.name, field.value),)
    for field in fields:
        own = squeeze(field.value).lower()
        if field.identifier and any(len(f) >= _SHORTEST_START and own.startswith(f) for f in asked.solid):
            return 0.9, ((field.name, field.value),)
    return 0.0, ()


def _likeness(word: str, words: tuple[str, ...], fuzzy: bool, named: bool) -> float:
    if word in words:
        return 1.0
    found = max((0.75 + 0.2 * len(word) / len(own) for own in words if own.startswith(word)), default=0.0)
    if not fuzzy:
        return found
    if named and found < NICKNAME:
        found = max(found, _sound(word, words))
    edits = fuzzy_edits(word)
    if edits and found < SLIP:
        slip = process.extractOne(word, words, scorer=DamerauLevenshtein.distance, score_cutoff=edits)
        found = max(found, SLIP * (1 - slip[1] / max(len(word), len(slip[0])))) if slip else found
    return found if found >= LEAST_LIKENESS else 0.0


def _sound(word: str, words: tuple[str, ...]) -> float:
    if not nicknames_of(word).isdisjoint(words):
        return NICKNAME
    key = name_key(word) if len(word) >= _SHORTEST_SOUND else ""
    return SOUND if key and any(len(own) >= _SHORTEST_SOUND and name_key(own) == key for own in words) else 0.0


def _closeness(asked: Asked, view: EntityView, fields: list[_Field]) -> float:
    whole = " ".join(asked.words)
    return max((fuzz.token_sort_ratio(whole, text) for text in _whole_texts(view, fields)), default=0.0) / 100


def _whole_texts(view: EntityView, fields: list[_Field]) -> Iterator[str]:
    parts = {name for some in _NAME_PARTS for name in some}
    if view.kind in _NAMED:
        for some in _NAME_PARTS:
            yield fold(" ".join(str(view.properties[name]) for name in some if name in view.properties))
    part_fields = {KINDS[view.kind].by_name[name].field for name in parts if name in KINDS[view.kind].by_name}
    yield from (" ".join(field.words) for field in fields if field.name not in part_fields)
