"""Vehicles: read by registration mark, VIN and description."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from standards.text import fold, squeeze
from standards.vehicle import confusion_key

READS = ("vin", "vrm", "make", "model", "colour", "year")
COLUMNS = ("vin", "mark", "make", "model", "colour", "year")
UNKNOWN = "?"  # a character of a mark that nobody could read

_VIN, _VIN_TAIL = 17, 6
_WHOLE, _SHORTEST = 5, 3  # characters of a mark that names one vehicle, and of one that says anything
_LONGEST = 11  # DS_065
_CURRENT = 7  # characters of a mark of the current form
_HEAD, _TAIL = 4, 3  # the halves of a mark of the current form
_NOT_READ = "?*_#"
_MARK = re.compile(r"(?=.*[0-9?])[A-Z0-9?]+")
# Source: characters that ISO 3779 leaves out of a VIN because they are misread, and what they are taken for.
_IN_VIN = str.maketrans("IOQ", "100")
_MAKES = {
    "vw": "volkswagen", "volkswagon": "volkswagen", "merc": "mercedes", "mercedes benz": "mercedes",
    "landrover": "land rover", "range rover": "land rover", "vauxall": "vauxhall", "chevy": "chevrolet",
    "alfa": "alfa romeo", "bmw i": "bmw", "mini cooper": "mini",
}  # fmt: skip
_COLOURS = {"gray": "grey", "navy": "blue", "maroon": "red", "burgundy": "red", "gold": "yellow", "cream": "white"}
_SHADES = frozenset("dark light metallic pale bright matt met pearl".split())


def traits(properties: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the traits of a Vehicle record's stored properties."""
    get = properties.get
    model = fold(str(get("model") or ""))
    found = {
        "vin": fold_vin(str(get("vin") or "")),
        "mark": fold_mark(str(get("vrm") or "")),
        "make": _make(str(get("make") or "")),
        "model": model,
        "colour": _colour(str(get("colour") or "")),
        "year": str(get("year") or ""),
    }
    return {column: (value,) for column, value in found.items() if value}


@lru_cache(maxsize=1 << 16)
def fold_vin(text: str) -> str:
    """Return the VIN, or the last characters of one; empty for fewer than six, or more than there are."""
    vin = squeeze(text).translate(_IN_VIN)
    return vin if _VIN_TAIL <= len(vin) <= _VIN and len(set(vin)) > 1 else ""


@lru_cache(maxsize=1 << 16)
def fold_mark(text: str) -> str:
    """Return a mark in upper case, `?` for each character that was not read; empty for what is none."""
    mark = "".join(squeeze(sign) or (UNKNOWN if sign in _NOT_READ else "") for sign in text)
    known = len(mark) - mark.count(UNKNOWN)
    filled_in = len(set(mark)) == 1
    return mark if known >= _SHORTEST and len(mark) <= _LONGEST and _MARK.fullmatch(mark) and not filled_in else ""


def is_part(mark: str) -> bool:
    """Return whether a mark is too short, or read too badly, to name one vehicle."""
    return UNKNOWN in mark or len(mark) < _WHOLE


def _is_tail(vin: str) -> bool:
    return len(vin) < _VIN


WEAK: Mapping[str, Callable[[str], bool]] = {"mark": is_part, "vin": _is_tail}


@lru_cache(maxsize=1 << 12)
def _make(text: str) -> str:
    make = fold(text)
    return _MAKES.get(make, make)


@lru_cache(maxsize=1 << 12)
def _colour(text: str) -> str:
    words = [_COLOURS.get(word, word) for word in fold(text).split() if word not in _SHADES]
    return " ".join(dict.fromkeys(words))


def tells(given: Mapping[str, tuple[str, ...]], _common: Mapping[str, frozenset[str]]) -> bool:
    """Return whether a whole mark or VIN is known."""
    return not all(map(is_part, given.get("mark", ()))) or not all(map(_is_tail, given.get("vin", ())))


def keys(given: Mapping[str, tuple[str, ...]]) -> dict[str, Iterable[tuple[str, ...]]]:
    """Return the last characters of the VIN, the mark with each character left out, and each half with the make."""
    found: dict[str, Iterable[tuple[str, ...]]] = {"vin": [(vin[-_VIN_TAIL:],) for vin in given.get("vin", ())]}
    if marks := given.get("mark"):
        key = mark_key(marks[0])
        found["mark"] = [(part,) for part in less_one(key)] if not is_part(key) else []
        found["part"] = [(*half, make) for make in given.get("make", ()) for half in _halves(key)]
    return found


def mark_key(mark: str) -> str:
    """Return a mark with the characters that are misread for one another made one."""
    return "?".join(map(confusion_key, mark.split(UNKNOWN)))


def form_of(mark: str, spelled: Callable[[str], str] = str) -> str:
    """Return the expression that the whole of a mark has, of which this is what was read.

    `?` inside is one character; at an end it is so many or more. Fewer than seven characters without it are the
    beginning or the end. `spelled`: the expression of each character that was read.
    """
    read = mark.strip(UNKNOWN)
    form = "".join("." if sign == UNKNOWN else spelled(sign) for sign in read)
    before, after = (len(mark) - len(cut(UNKNOWN)) for cut in (mark.lstrip, mark.rstrip))
    if before or after:
        return f".{{{before},}}" * bool(before) + form + f".{{{after},}}" * bool(after)
    return form if len(mark) >= _CURRENT else f"{form}.*|.*{form}"


def less_one(key: str) -> list[str]:
    """Return a mark, and all that are left of it without one character: two that differ in one share one.

    Source: the deletion neighbourhood of SymSpell (W. Garbe, 2012).
    """
    return [key, *(key[:at] + key[at + 1 :] for at in range(len(key)))]


def _halves(key: str) -> Iterator[tuple[str, ...]]:
    head, tail = key[:_HEAD], key[-_TAIL:]
    if len(head) == _HEAD and UNKNOWN not in head:
        yield "head", head
    if len(tail) == _TAIL and UNKNOWN not in tail:
        yield "tail", tail
