"""Blocking keys: records that may be one person share one. Each is a stable integer kept on the record and indexed.

A family of keys is one space of values; where a record can have several of a family they lie in slots, and a look-up
asks all of them, so that a second phone meets a first one and a swapped name meets a straight one.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from resolution.feature import Features, Name
from standards.name import name_key

# family -> its slots; the number of slots is how many of a record's values are kept as keys.
FAMILIES: dict[str, tuple[str, ...]] = {
    "id": ("k_id1", "k_id2", "k_id3"),
    "contact": ("k_contact1", "k_contact2", "k_contact3"),
    "address": ("k_address",),
    "birth": ("k_birth1", "k_birth2", "k_birth3"),
    "home": ("k_home1", "k_home2"),
    "year": ("k_year1", "k_year2"),
    "area": ("k_area",),
    "name": ("k_name",),
}
KEY_PROPERTIES: tuple[str, ...] = tuple(slot for slots in FAMILIES.values() for slot in slots)
COUNTED_ONLY = frozenset({"address"})  # kept to count the holders of a value; too common to bring pairs together
NO_KEY = -1
# Source: Knuth's MMIX multiplier for a linear congruential step, odd, so that no bit of a hash is lost.
_MIX, _MASK = 6364136223846793005, (1 << 63) - 1
_WIDTHS = tuple(len(slots) for slots in FAMILIES.values())


@lru_cache(maxsize=1 << 18)
def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest()) >> 1


def number(family: str, *parts: str) -> int:
    """Return the 63-bit key of these parts in a family: the same everywhere and for ever.

    Each part is hashed once and the hashes are mixed, because the parts repeat far more often than their combinations.
    """
    mixed = _hash(family)
    for part in parts:
        mixed = (mixed * _MIX + _hash(part)) & _MASK
    return mixed


def keys(features: Features) -> dict[str, int]:
    """Return the blocking keys of a record by property name; what the record does not know gives none."""
    return {slot: value for slot, value in zip(KEY_PROPERTIES, key_row(features), strict=True) if value != NO_KEY}


def key_row(features: Features) -> list[int]:
    """Return the blocking keys of a record in the order of `KEY_PROPERTIES`, -1 for none."""
    row: list[int] = []
    for values, width in zip(_families(features), _WIDTHS, strict=True):
        row += values[:width]
        row += [NO_KEY] * (width - len(values))
    return row


def probes(features: Features) -> dict[str, list[int]]:
    """Return, for each key property, the values under which candidates of this record are stored."""
    return {
        slot: values
        for (family, slots), values in zip(FAMILIES.items(), _families(features), strict=True)
        if values and family not in COUNTED_ONLY
        for slot in slots
    }


def contact_key(scheme: str, value: str) -> int:
    """Return the key of one phone, email or vrm (`scheme`), by which its holders are counted."""
    return number("contact", scheme, value)


def address_key(value: str) -> int:
    """Return the key of one address, by which its holders are counted."""
    return number("address", value)


def _families(features: Features) -> tuple[list[int], ...]:
    """Return the keys of each family, in the order of `FAMILIES`, distinct and best first."""
    names, day, year = features.names, _sorted_day(features.birth), features.birth[:4]
    whole = [pair for name in names if (pair := _pair(name))]
    words = _words(names)
    homes = features.postcodes[:1] or features.addresses[:1]
    area = features.postcodes[0].split(" ")[0] if features.postcodes else ""
    first = whole[0] if whole else ("", "")
    return (
        [number("id", value) for value in features.identifiers],
        _contacts(features),
        [address_key(value) for value in features.addresses if value[0] != "|"][:1],
        [number("birth", word, day) for word in words] if day else [],
        [number("home", word, homes[0]) for word in words[:2]] if homes else [],
        [number("year", *pair, year) for pair in dict.fromkeys(whole)] if year else [],
        [number("area", *first, area)] if whole and area else [],
        [number("name", *first)] if whole else [],
    )


def _pair(name: Name) -> tuple[str, str] | None:
    """Return the keys of given name and surname in an order of their own, None where one of them is missing."""
    given, surname = _word(name.given), _word(name.surname)
    if not given or not surname:
        return None
    return (given, surname) if given < surname else (surname, given)


@lru_cache(maxsize=1 << 17)
def _word(text: str) -> str:
    """Return the key of a name's first word, or of the last of a double-barrelled one; an initial gives none."""
    words = [word for word in text.split() if len(word) > 1]
    return name_key(words[0]) if words else ""


def _words(names: tuple[Name, ...]) -> list[str]:
    """Return the keys of the words a record may be found by: given name, surname, then the further names'."""
    parts = [part for name in names for part in (name.given, name.surname)] + [name.middle for name in names[:1]]
    return list(dict.fromkeys(word for part in parts if (word := _word(part))))


def _sorted_day(birth: str) -> str:
    """Return a full date with day and month in ascending order, so that a swapped date has the same key.

    A date of which less is known is returned as it is: it meets dates of which the same is known.
    """
    if len(birth) < 10 or birth[5:7] <= birth[8:10]:
        return birth
    return f"{birth[:5]}{birth[8:10]}-{birth[5:7]}"


def _contacts(features: Features) -> list[int]:
    """Return the keys of phones, vehicles and emails: the first of each, then the seconds."""
    lists = (("phone", features.phones), ("vrm", features.vrms), ("email", features.emails))
    longest = max(len(values) for _, values in lists)
    return [
        contact_key(scheme, values[place])
        for place in range(longest)
        for scheme, values in lists
        if place < len(values)
    ]
