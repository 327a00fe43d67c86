"""What comparison and keys read of one person's record, folded so that equal evidence is equal text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from standards.address import AddressParts, address_object, address_place, parse_address
from standards.date import DateTextError, from_text
from standards.email import check_email, email_key
from standards.name import parse_name
from standards.phone import national_tail
from standards.postcode import normal_postcode
from standards.text import fold, squeeze
from standards.vehicle import confusion_key

# In the order in which they take the few key slots: the best proof of identity first.
IDENTIFIERS = ("pnc_id", "nhs_number", "ni_number", "driver_number", "cro_number", "passport_number")
# Figures alone are no British postcode, however misspelt.
_FOREIGN_POSTCODE = re.compile(r"\d{4,6}")
_NAMES = 5
_SHORTEST_PHONE = 7
_GENDERS = {"m": "m", "male": "m", "1": "m", "f": "f", "female": "f", "2": "f"}
# Source: dates that systems and clerks fill in for want of a better one.
_NO_BIRTHS = frozenset({"1900-01-01", "1901-01-01", "1911-11-11", "1970-01-01"})


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """One name of a person in folded parts; a part that is not known is empty."""

    given: str = ""
    middle: str = ""
    surname: str = ""


@dataclass(frozen=True, slots=True)
class Features:
    """Everything of a person that is compared or keyed; nothing else of a record shapes a score.

    `names`: the name as given first, then maiden name and aliases. `birth`: ISO text of its precision, empty when not
    known. `addresses`: `place|number|flat|street`, the place (postcode or town) may be empty. `identifiers`:
    `scheme:value`, best scheme first.
    """

    names: tuple[Name, ...] = ()
    birth: str = ""
    gender: str = ""
    birth_place: str = ""
    postcodes: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    vrms: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()


def features(properties: Mapping[str, Any]) -> Features:
    """Return the features of a Person record's stored properties (names as in the model; unknown ones are not read)."""
    get = properties.get
    postcodes = _folded(get("postcode"), fold_postcode)
    near = postcode_place(postcodes[0]) if len(postcodes) == 1 else ""
    return Features(
        names=names_of(properties),
        birth=fold_birth(get("date_of_birth"), get("year_of_birth")),
        gender=fold_gender(get("gender")),
        birth_place=fold_name(get("place_of_birth")),
        postcodes=postcodes,
        addresses=_folded(get("address"), lambda text: address_text(text).at(near)),
        phones=_folded(get("phone"), fold_phone),
        emails=_folded(get("email"), fold_email),
        vrms=_folded(get("vrm"), fold_vrm),
        identifiers=_identifiers(properties),
    )


def texts(value: object) -> tuple[str, ...]:
    """Return a text, or the texts of a list, as a tuple; anything else has none."""
    if not value:
        return ()
    return (value,) if isinstance(value, str) else tuple(map(str, value)) if isinstance(value, list | tuple) else ()


def _folded(value: object, fold_one: Callable[[str], str | None]) -> tuple[str, ...]:
    """Return the folded forms of one text or a list of them, each once, those that fold to nothing left out."""
    if not value:
        return ()
    given = texts(value)
    if len(given) == 1:
        only = fold_one(given[0])
        return (only,) if only else ()
    return tuple(dict.fromkeys(folded for text in given if (folded := fold_one(text))))


def names_of(properties: Mapping[str, Any]) -> tuple[Name, ...]:
    """Return the name as given, then those with the maiden name and the aliases, each once."""
    get = properties.get
    first = Name(fold_name(get("given_name")), fold_name(get("middle_name")), fold_name(get("surname")))
    names = [first] if first.given or first.surname else []
    if maiden := get("maiden_name"):
        names.append(Name(first.given, first.middle, fold(maiden)))
    for alias in texts(get("alias")):
        name = _alias(alias)
        # An alias of one word replaces the given name only.
        names.append(name if name.surname or not names else Name(name.given, "", first.surname))
    if len(names) < 2:
        return tuple(names)
    return tuple(dict.fromkeys(name for name in names if name.given or name.surname))[:_NAMES]


@lru_cache(maxsize=1 << 15)
def _alias(text: str) -> Name:
    parts = parse_name(text)
    return Name(fold(parts.given or ""), fold(parts.middle or ""), fold(parts.surname or ""))


def fold_name(given: str | None) -> str:
    """Return a part of a name folded, empty where there is none."""
    return fold(given or "")


def fold_gender(given: object) -> str:
    """Return m or f; empty for anything else."""
    return _GENDERS.get(str(given or "").strip().lower(), "")


@lru_cache(maxsize=1 << 16)
def fold_birth(date: str | None, year: int | None) -> str:
    """Return a date of birth in ISO of its precision, or the year alone; empty for one filled in for want of it."""
    try:
        text = from_text(date).text[:10] if date else ""
    except DateTextError:
        text = ""
    if text in _NO_BIRTHS:
        return ""
    if text.endswith("-01-01"):
        return text[:4]
    return text or (f"{year:04d}" if year else "")


@dataclass(frozen=True, slots=True)
class AddressText:
    """An address as it is written, folded: the place and the object that it names, and what it is without a place."""

    place: str = ""
    named: str = ""
    placeless: str = ""

    def at(self, code: str) -> str:
        """Return the feature of the address where the record gives it this `postcode_place`; empty when it is none."""
        place = code or self.place
        return f"{place}|{self.named}" if place and self.named else self.placeless


@lru_cache(maxsize=1 << 17)
def address_text(text: str) -> AddressText:
    """Return a written address folded; no fixed abode is none."""
    parts = parse_address(text)
    placeless = ""
    if parts.paon and parts.street:
        number, flat = (fold(part or "").replace(" ", "") for part in (parts.paon, parts.saon))
        placeless = "|".join(("", number, flat, fold(parts.street)))
    return AddressText(address_place(parts), address_object(parts), placeless)


@lru_cache(maxsize=1 << 16)
def postcode_place(postcode: str) -> str:
    """Return where a folded postcode says that an address is; one of another country says nothing."""
    return address_place(AddressParts(postcode=normal_postcode(postcode)))


@lru_cache(maxsize=1 << 17)
def fold_phone(text: str) -> str:
    """Return the figures that one telephone keeps however it is written; empty for too few."""
    tail = national_tail(text)
    return tail if len(tail) >= _SHORTEST_PHONE else ""


@lru_cache(maxsize=1 << 16)
def fold_email(text: str) -> str:
    """Return an email address folded; empty when it is none."""
    return email_key(text) if check_email(text).valid else ""


@lru_cache(maxsize=1 << 16)
def fold_vrm(text: str) -> str:
    """Return a vehicle mark with the characters that are misread for one another made one."""
    return confusion_key(text)


@lru_cache(maxsize=1 << 16)
def fold_postcode(text: str) -> str | None:
    """Return a postcode in its normal form, also of another country; None when it is none."""
    return normal_postcode(text) or _foreign_postcode(text)


def _foreign_postcode(text: str) -> str | None:
    """Return a postcode of another country as it is written, None for a text that is none or a British one misspelt."""
    code = squeeze(text)
    return code if _FOREIGN_POSTCODE.fullmatch(code) else None


def _identifiers(properties: Mapping[str, Any]) -> tuple[str, ...]:
    found = [
        f"{scheme}:{value}" for scheme in IDENTIFIERS if scheme in properties for value in texts(properties[scheme])
    ]
    return tuple(dict.fromkeys(filter(None, map(fold_identifier, found)))) if found else ()


@lru_cache(maxsize=1 << 16)
def fold_identifier(text: str) -> str | None:
    """Return `scheme:value` with its value squeezed; None when nothing is left of it."""
    scheme, _, value = text.partition(":")
    return f"{scheme}:{value}" if (value := squeeze(value)) else None
