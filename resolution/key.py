"""Blocking keys: records that may be one person share one. Each is a stable integer kept on the record and indexed.

A family of keys is one space of values; where a record can have several of a family they lie in slots, and a look-up
asks all of them, so that a second phone meets a first one and a swapped name meets a straight one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from resolution.feature import Features, Name, features
from standards.name import name_key
from standards.vehicle import confusion_key

# family -> its slots; the number of slots is how many of a record's values are kept as keys.
FAMILIES: dict[str, tuple[str, ...]] = {
    "id": ("k_id1", "k_id2", "k_id3"),
    "contact": ("k_contact1", "k_contact2", "k_contact3"),
    "address": ("k_address",),
    "birth": ("k_birth1", "k_birth2", "k_birth3"),
    "home": ("k_home1", "k_home2"),
    "year": ("k_year1", "k_year2"),
    "area": ("k_area",),
    "day": ("k_day",),
    "origin": ("k_origin1", "k_origin2"),
    "name": ("k_name",),
    "door": ("k_door1", "k_door2"),
    "middle": ("k_middle1", "k_middle2"),
    "initials": ("k_initials",),
    "near": ("k_near1", "k_near2"),
    "spot": ("k_spot1", "k_spot2"),
}
KEY_PROPERTIES: tuple[str, ...] = tuple(slot for slots in FAMILIES.values() for slot in slots)
# Most holders of one key in one compartment. A key that names a person may have many records; one that only hints at
# him is dropped early, since other keys bring the right ones together.
CAPS: dict[str, int] = {
    "id": 300, "contact": 60, "birth": 200, "home": 150, "year": 150, "area": 100, "day": 20, "origin": 100, "name": 30,
    "door": 6, "middle": 20, "initials": 12, "near": 12, "spot": 12,
}  # fmt: skip
# What a vehicle, an address or an organisation is found by; `space.py` says which kind uses which of them for what.
THING_PROPERTIES = tuple(f"k_thing{number}" for number in range(1, 13))
INDEXED: tuple[str, ...] = (*KEY_PROPERTIES, *THING_PROPERTIES)
COUNTED_ONLY = frozenset({"address"})  # kept to count the holders of a value; too common to bring pairs together
# Not asked for when one record is looked for: a surname with an initial has many holders among a million, and who is
# found by nothing else is hardly ever likely.
BULK_ONLY = frozenset({"middle", "initials", "near", "spot"})
NO_KEY = -1
# Source: Knuth's MMIX multiplier for a linear congruential step, odd, so that no bit of a hash is lost.
MIX, MASK = 6364136223846793005, (1 << 63) - 1
_START = 4  # letters of a street or town that are seldom all wrong
_WHOLE_DATE = 10  # characters of a date that is known to the day
_WIDTHS = tuple(len(slots) for slots in FAMILIES.values())


@lru_cache(maxsize=1 << 18)
def hashed(text: str) -> int:
    """Return the 63-bit hash of one part of a key."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest()) >> 1


def number(family: str, *parts: str) -> int:
    """Return the 63-bit key of these parts in a family: the same everywhere and for ever.

    Each part is hashed once and the hashes are mixed, because the parts repeat far more often than their combinations.
    """
    mixed = hashed(family)
    for part in parts:
        mixed = (mixed * MIX + hashed(part)) & MASK
    return mixed


@dataclass(frozen=True, slots=True)
class Folded:
    """A person's record made ready to be compared: its features, and its keys in the order of `KEY_PROPERTIES`."""

    features: Features
    row: list[int]

    @property
    def keys(self) -> dict[str, int]:
        """The keys by property name; what the record does not know gives none."""
        return by_property(self.row)


def by_property(row: Sequence[int]) -> dict[str, int]:
    """Return the keys of a row, in the order of `KEY_PROPERTIES`, by property name."""
    return {slot: value for slot, value in zip(KEY_PROPERTIES, row, strict=True) if value != NO_KEY}


def folded(properties: Mapping[str, Any]) -> Folded:
    """Return a Person record's stored properties made ready to be compared."""
    return fold(features(properties))


def fold(given: Features) -> Folded:
    """Return features with their keys."""
    return Folded(given, key_row(given))


def key_row(given: Features) -> list[int]:
    """Return the blocking keys of a record in the order of `KEY_PROPERTIES`, -1 for none."""
    row: list[int] = []
    for values, width in zip(_families(given), _WIDTHS, strict=True):
        row += values[:width]
        row += [NO_KEY] * (width - len(values))
    return row


def probes(given: Features) -> dict[str, list[int]]:
    """Return, for each key property, the values under which candidates of this record are stored."""
    return {
        slot: values
        for (family, slots), values in zip(FAMILIES.items(), _families(given), strict=True)
        if values and family not in COUNTED_ONLY
        for slot in slots
    }


def shared_keys(given: Features) -> dict[int, str]:
    """Return the keys of all of a record whose worth falls with the number of its holders, with their families."""
    contacts = (("phone", given.phones), ("email", given.emails), ("vrm", given.vrms))
    found = {contact_key(scheme, value): "contact" for scheme, values in contacts for value in values}
    return found | {address_key(value): "address" for value in given.addresses}


def holder_id(shared: int) -> str:
    """Return the id of the node that finds those who hold a contact or address without a key of their own."""
    return f"k_{shared}"


def contact_key(scheme: str, value: str) -> int:
    """Return the key of one phone, email or vrm (`scheme`), by which its holders are counted."""
    return number("contact", scheme, value)


def address_key(value: str) -> int:
    """Return the key of one address, by which its holders are counted."""
    return number("address", value)


def _families(given: Features) -> tuple[list[int], ...]:
    """Return the keys of each family, in the order of `FAMILIES`, distinct and best first."""
    names, day, year = given.names, sorted_day(given.birth), given.birth[:4]
    whole = [pair for name in names if (pair := _pair(name))]
    words = _words(names)
    homes = given.postcodes[:1] or given.addresses[:1]
    area = area_of(given.postcodes[0]) if given.postcodes else ""
    first = whole[0] if whole else ("", "")
    return (
        [number("id", value) for value in given.identifiers],
        _contacts(given),
        [address_key(value) for value in given.addresses if value[0] != "|"][:1],
        [number("birth", word, day) for word in words] if day else [],
        [number("home", word, homes[0]) for word in words[:2]] if homes else [],
        [number("year", *pair, year) for pair in dict.fromkeys(whole)] if year else [],
        [number("area", *first, area)] if whole and area else [],
        [number("day", day, area)] if is_whole(day) else [],
        [number("origin", word, given.birth_place) for word in words[:2]] if given.birth_place else [],
        [number("name", *first)] if whole else [],
        _doors(given),
        _middles(names[:1]),
        _initials(names[:1], day),
        _near(names[:1], given.identifiers[:1]),
        _spots(given.addresses[:1]),
    )


def _doors(given: Features) -> list[int]:
    """Return a key for each initial of the name at a known number and street, by which a misspelt name meets."""
    door = door_of(given.addresses[0]) if given.addresses else ""
    initials = [part[:1] for name in given.names[:1] for part in (name.given, name.surname)]
    return [number("door", initial, door) for initial in dict.fromkeys(filter(None, initials))] if door else []


def door_of(address: str) -> str:
    """Return number and sound of the street of an address of `Features`, empty where one of them is not known."""
    _, house, _, street = address.split("|")
    sound = name_key(street.replace(" ", ""))
    return f"{house} {sound}" if house and sound else ""


def _middles(names: Sequence[Name]) -> list[int]:
    """Return the keys of the initial of the middle name with the surname, and with given name and surname's initial.

    By the one a name without its given name is found, by the other one with a misspelt surname.
    """
    found = []
    for name in names:
        surname, given, initial = word_of(name.surname), word_of(name.given), name.middle[:1]
        if surname and initial:
            found.append(number("middle", surname, initial))
            found += [number("middle", given, name.surname[0], initial)] if given else []
    return found


def _near(names: Sequence[Name], identifiers: Sequence[str]) -> list[int]:
    """Return the keys of either half of the best identifier with the given name: a wrong character is in one alone."""
    words = [word for name in names if (word := word_of(name.given))]
    return [number("near", half, word) for word in words for value in identifiers for half in halves_of(value)]


def halves_of(identifier: str) -> tuple[str, str]:
    """Return the halves of an identifier of `Features`, characters that are misread for one another made one."""
    scheme, _, value = identifier.partition(":")
    value = confusion_key(value)
    middle = len(value) // 2
    return f"{scheme}:{value[:middle]}-", f"{scheme}:-{value[middle:]}"


def _initials(names: Sequence[Name], day: str) -> list[int]:
    """Return the key of the initials of given name and surname, in either order, with a day of birth."""
    both = [sorted((name.given[0], name.surname[0])) for name in names if name.given and name.surname]
    return [number("initials", *pair, day) for pair in both] if is_whole(day) else []


def _spots(addresses: Sequence[str]) -> list[int]:
    """Return the keys of the street, and of the number or name of the house, in a town of which no postcode is known.

    By the one a number that is wrong is found, by the other a street, whatever the name has become.
    """
    streets, houses = (list(filter(None, map(of, addresses))) for of in (street_in_town, house_in_town))
    return [number("spot", text) for text in (*streets, *houses)]


def street_in_town(address: str) -> str:
    """Return how street and town of an address of `Features` begin, empty where one of them is not known."""
    place, _, _, street = address.split("|")
    street, town = (text.replace(" ", "")[:_START] for text in (street, town_of(place)))
    return f"{street} {town}" if street and town else ""


def house_in_town(address: str) -> str:
    """Return the number of the house, and how the town begins, of an address of which `street_in_town` is known."""
    place, house, _, _ = address.split("|")
    return f"{house}, {town_of(place).replace(' ', '')[:_START]}" if house and street_in_town(address) else ""


def town_of(place: str) -> str:
    """Return the place of an address where it is a town, empty for a postcode."""
    return "" if any(letter.isdigit() for letter in place) else place


def area_of(postcode: str) -> str:
    """Return the outward half of a British postcode, the first two figures of another."""
    outward, space, _ = postcode.partition(" ")
    return outward if space else postcode[:2]


def _pair(name: Name) -> tuple[str, str] | None:
    """Return the keys of given name and surname in an order of their own, None where one of them is missing."""
    given, surname = word_of(name.given), word_of(name.surname)
    if not given or not surname:
        return None
    return (given, surname) if given < surname else (surname, given)


@lru_cache(maxsize=1 << 17)
def word_of(text: str) -> str:
    """Return the key of a name's first word, or of the last of a double-barrelled one; an initial gives none."""
    words = [word for word in text.split() if len(word) > 1]
    return name_key(words[0]) if words else ""


def _words(names: tuple[Name, ...]) -> list[str]:
    """Return the keys of the words a record may be found by: given name, surname, then the further names'."""
    parts = [part for name in names for part in (name.given, name.surname)] + [name.middle for name in names[:1]]
    return list(dict.fromkeys(word for part in parts if (word := word_of(part))))


def is_whole(birth: str) -> bool:
    """Return whether a date is known to the day."""
    return len(birth) == _WHOLE_DATE


def sorted_day(birth: str) -> str:
    """Return a full date with day and month in ascending order, so that a swapped date has the same key.

    A date of which less is known is returned as it is: it meets dates of which the same is known.
    """
    if not is_whole(birth) or birth[5:7] <= birth[8:10]:
        return birth
    return f"{birth[:5]}{birth[8:10]}-{birth[5:7]}"


def _contacts(given: Features) -> list[int]:
    """Return the keys of phones, vehicles and emails: the first of each, then the seconds."""
    lists = (("phone", given.phones), ("vrm", given.vrms), ("email", given.emails))
    longest = max(len(values) for _, values in lists)
    return [
        contact_key(scheme, values[place])
        for place in range(longest)
        for scheme, values in lists
        if place < len(values)
    ]
