"""Addresses: read by UPRN, and by flat, number, street, place and postcode however they are written."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from standards.address import (
    AddressParts,
    address_object,
    is_no_fixed_abode,
    parse_address,
    spelled_out,
)
from standards.identifier import check_uprn
from standards.postcode import normal_postcode
from standards.spelling import name_key
from standards.text import fold

COLUMNS = ("uprn", "unit", "number", "building", "street", "town", "postcode", "point")
WHOLE = "-"  # the unit of an address that names a building and nothing in it
READS = ("text", "saon", "paon", "street", "locality", "town", "postcode", "uprn", "location")
_PARTS = ("saon", "paon", "street", "locality", "town")
_LEVEL = re.compile(r"(ground|first|second|third|top|basement|upper|lower|rear|front)\b")


def traits(properties: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the traits of an Address record's stored properties; no fixed abode has none."""
    get = properties.get
    text = str(get("text") or "")
    if text and is_no_fixed_abode(text):
        return {}
    uprn = check_uprn(str(get("uprn") or ""))
    found = {"uprn": (str(uprn.value),)} if uprn.valid and uprn.value else {}
    parts = tuple(get(name) for name in _PARTS)
    point = get("location")
    if point is not None:
        found["point"] = (f"{point.latitude:.4f},{point.longitude:.4f}",)
    return found | _of_parts(parts if get("street") else None, text, get("postcode"))


@lru_cache(maxsize=1 << 16)
def _of_parts(given: tuple[str | None, ...] | None, text: str, postcode: str | None) -> dict[str, tuple[str, ...]]:
    if given is None:
        parts = parse_address(text, postcode)
    else:
        saon, paon, street, locality, town = given
        street = spelled_out(str(street))
        parts = AddressParts(saon, paon, street, locality, town, normal_postcode(postcode) if postcode else None)
    number, unit, _ = address_object(parts).split("|") if parts.paon or parts.saon else ("", "", "")
    names = [one for one in (number, unit) if one and not _counts(one)]
    number, unit = (one if _counts(one) else "" for one in (number, unit))
    found = {
        "unit": (unit.removesuffix("-flat") or WHOLE,) if number or unit or names else (),
        "number": (number,),
        "building": tuple(name.replace("-", " ") for name in names),
        "street": (fold(parts.street or ""),),
        "town": tuple(dict.fromkeys(fold(one or "") for one in (parts.town, parts.locality))),
        "postcode": (parts.postcode or "",),
    }
    known = {column: tuple(filter(None, values)) for column, values in found.items()}
    return {column: values for column, values in known.items() if values}


def _counts(part: str) -> bool:
    """Return whether a part of an address counts: a number, a letter or a floor, not the name of a building."""
    return any(sign.isdigit() for sign in part) or len(part) == 1 or _LEVEL.match(part) is not None


def _is_whole(unit: str) -> bool:
    return unit == WHOLE


WEAK: Mapping[str, Callable[[str], bool]] = {"unit": _is_whole}


def tells(given: Mapping[str, tuple[str, ...]], common: Mapping[str, frozenset[str]]) -> bool:
    """Return whether the UPRN is known, or what the address names at a postcode, or in a rare street of some town."""
    if "uprn" in given:
        return True
    named = "number" in given or "building" in given
    rare = not common["street"].issuperset(given.get("street", ()))
    return named and "street" in given and ("postcode" in given or "point" in given or (rare and "town" in given))


def keys(given: Mapping[str, tuple[str, ...]]) -> dict[str, Iterable[tuple[str, ...]]]:
    """Return the UPRN, the door at its postcode, and the door in its street by postcode district, town and map square.

    A door is the number with the flat: flats of one building are never one, and need not meet.
    """
    unit = given.get("unit", ("",))[0]
    doors = [(number, unit) for number in given.get("number", ())]
    doors += [(building, unit) for building in given.get("building", ())]
    street = name_key("".join(given.get("street", ("",))[0].split()))
    postcode = given.get("postcode", ("",))[0]
    near = [
        *([postcode.split(" ")[0]] if postcode else []),
        *given.get("town", ()),
        *map(_square, given.get("point", ())),
    ]
    return {
        "uprn": [(uprn,) for uprn in given.get("uprn", ())],
        "place": [(*door, postcode) for door in doors if postcode],
        "door": [(*door, street, place) for place in near for door in doors[:1] if street],
    }


def _square(point: str) -> str:
    """Return the square of a hundredth of a degree that a point lies in, about a kilometre."""
    latitude, longitude = map(float, point.split(","))
    return f"{math.floor(latitude * 100)} {math.floor(longitude * 100)}"
