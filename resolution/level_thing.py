"""How well two distinct values of a vehicle, address or organisation agree: numbers of the model's levels.

As in `level.py`: places in a sorted tuple of distinct values, never equal, never missing; the answer is the same
whichever is asked first. A model names the comparison of each field by its name here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial

import numpy as np
from rapidfuzz.distance import OSA, JaroWinkler

from resolution import level
from resolution.column import Ints, Values
from resolution.level import Codes
from resolution.level_address import Addresses
from resolution.level_column import Comparer, Exact, Postcodes, Whole
from resolution.model import Field
from resolution.vehicle import UNKNOWN, form_of, mark_key
from standards.spelling import name_key

Pairwise = Callable[[str, str], str]

_SIMILAR, _CLOSE = 0.88, 0.95
_EDITABLE = 5  # one letter more or less says little of a shorter word
_KNOWN = 3  # characters of a mark that are seen alike
_DEGREE, _NEAR, _AREA = 111_320.0, 60.0, 1_000.0  # metres of a degree of latitude, and of what is near
_RANGE = re.compile(r"(\d+)[a-z]?-(\d+)[a-z]?")
_NUMBER = re.compile(r"(\d+)[a-z]?")
# Colours that one vehicle is called by, however the light falls.
_CALLED = [{"grey", "silver"}, {"black", "grey"}, {"blue", "black"}, {"blue", "green"}, {"white", "silver"}]
_CALLED += [{"red", "orange"}, {"yellow", "orange"}, {"brown", "red"}, {"brown", "bronze"}, {"purple", "blue"}]
_STREETS = frozenset(
    "street road avenue lane close drive grove terrace way crescent place gardens court mews square hill park row walk"
    " view rise parade".split()
)


def _each(compare: Pairwise, values: Values, a: Codes, b: Codes, field: Field) -> Ints:
    """Return the levels of pairs by what is said of each."""
    pairs = zip(values[a].tolist(), values[b].tolist(), strict=True)
    return np.fromiter((field.level(compare(x, y)) for x, y in pairs), np.int64, len(a))


def vins(x: str, y: str) -> str:
    """Return how two VINs agree, of which one may be the last characters alone."""
    if len(x) != len(y):
        return "tail" if x.endswith(y) or y.endswith(x) else "conflict"
    return "near" if OSA.distance(x, y, score_cutoff=1) <= 1 else "conflict"


def marks(x: str, y: str) -> str:
    """Return how two marks agree: but for characters that are misread, but for one, or as far as one was read."""
    one, other = mark_key(x), mark_key(y)
    if UNKNOWN in one or UNKNOWN in other:
        return "part" if _fits(one, other) else "different"
    if one == other:
        return "misread"
    short, long = sorted((one, other), key=len)
    if len(short) >= _EDITABLE and OSA.distance(one, other, score_cutoff=1) <= 1:
        return "near"
    held = long.startswith(short) or long.endswith(short)
    return "part" if _KNOWN <= len(short) < len(long) - 1 and held else "different"


def _fits(one: str, other: str) -> bool:
    """Return whether two marks can be one, with enough characters read in both."""
    if UNKNOWN not in one or UNKNOWN not in other:
        part, whole = (one, other) if UNKNOWN in one else (other, one)
        return len(part) - part.count(UNKNOWN) >= _KNOWN and re.fullmatch(form_of(part), whole) is not None
    if len(one) != len(other):
        return False
    known = [(x, y) for x, y in zip(one, other, strict=True) if UNKNOWN not in (x, y)]
    return len(known) >= _KNOWN and all(x == y for x, y in known)


def words(x: str, y: str) -> str:
    """Return how two short texts agree: one may be more of the other, or misspelt."""
    one, other = set(x.split()), set(y.split())
    if one <= other or other <= one or x.replace(" ", "") == y.replace(" ", ""):
        return "similar"
    return "similar" if JaroWinkler.normalized_similarity(x, y) >= _SIMILAR else "different"


def colours(x: str, y: str) -> str:
    """Return how two colours agree: one vehicle is called grey and silver."""
    one, other = set(x.split()), set(y.split())
    if one & other or any(called & one and called & other for called in _CALLED):
        return "similar"
    return "similar" if OSA.distance(x, y, score_cutoff=1) <= 1 else "different"


def years(x: str, y: str) -> str:
    """Return how two years agree; built in one and registered in the next."""
    return "near" if x.isdigit() and y.isdigit() and abs(int(x) - int(y)) == 1 else "different"


def units(x: str, y: str) -> str:
    """Return how two unequal units agree: never; one of them may be the whole building."""
    return "building" if "-" in (x, y) else "different"


def numbers(x: str, y: str) -> str:
    """Return how two unequal numbers of buildings agree: one may be in the range of the other."""
    for number, span in ((x, y), (y, x)):
        found, ends = _NUMBER.fullmatch(number), _RANGE.fullmatch(span)
        if found and ends and number in (ends[1], ends[2]):
            return "range"
    return "different"


def points(x: str, y: str) -> str:
    """Return how near two points are: within sixty metres, or a kilometre."""
    (north, east), (other, far) = (map(float, point.split(",")) for point in (x, y))
    metres = _DEGREE * math.hypot(north - other, (east - far) * math.cos(math.radians(north)))
    return "near" if metres <= _NEAR else "area" if metres <= _AREA else "far"


def streets(x: str, y: str) -> str:
    """Return how two street names agree: misspelt, of another type (Mill Road, Mill Lane), or one without its type."""
    (one, kind), (other, sort) = _street(x), _street(y)
    if one != other and not _sounds_alike(one, other):
        return "different"
    if kind == sort:
        return "similar"
    return "type" if one == other else "different"


@lru_cache(maxsize=1 << 16)
def _street(text: str) -> tuple[str, str]:
    """Return the name of a street without its type, and the type."""
    head, _, last = text.rpartition(" ")
    return (head, last) if head and last in _STREETS else (text, "")


def _sounds_alike(x: str, y: str) -> bool:
    if name_key(x) == name_key(y):
        return True
    edited = min(len(x), len(y)) >= _EDITABLE - 1 and OSA.distance(x, y, score_cutoff=1) <= 1
    return edited or JaroWinkler.normalized_similarity(x, y) >= _CLOSE


def names(x: str, y: str) -> str:
    """Return how two names of organisations agree: in another order, misspelt, one more of the other, or initials."""
    one, other = sorted(x.split()), sorted(y.split())
    if one == other or x.replace(" ", "") == y.replace(" ", ""):
        return "same"
    plain, turned = " ".join(one), " ".join(other)
    alike = max(JaroWinkler.normalized_similarity(x, y), JaroWinkler.normalized_similarity(plain, turned))
    edited = min(len(x), len(y)) > _EDITABLE and min(OSA.distance(x, y), OSA.distance(plain, turned)) <= 1
    if edited or list(map(name_key, one)) == list(map(name_key, other)) or _words_close(one, other):
        return "close"
    if set(one) <= set(other) or set(other) <= set(one) or _initials(x, y) or _initials(y, x):
        return "part"
    return "similar" if alike >= _SIMILAR else "different"


def _words_close(one: list[str], other: list[str]) -> bool:
    """Return whether names of several words are the same but for one slip in one of them."""
    if len(one) != len(other) or len(one) < 2:
        return False
    rest = sorted(set(one) - set(other)), sorted(set(other) - set(one))
    return len(rest[0]) == len(rest[1]) == 1 and OSA.distance(rest[0][0], rest[1][0]) <= 1 and len(rest[0][0]) > 3


def _initials(short: str, long: str) -> bool:
    return len(short) >= 3 and " " not in short and short == "".join(word[0] for word in long.split())


_PAIRWISE: Mapping[str, Pairwise] = {
    one.__name__: one for one in (vins, marks, words, colours, years, units, numbers, points, streets, names)
}


def comparison(name: str, values: Values) -> Comparer | Whole:
    """Return the comparison of this name for these values; raises KeyError for one that there is not."""
    if name == "exact":
        return Exact()
    if name in ("addresses", "postcodes"):
        return Addresses(values) if name == "addresses" else Postcodes(values)
    return level.identifiers if name == "identifiers" else partial(_each, _PAIRWISE[name])
