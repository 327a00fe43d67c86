"""What comparison and keys read of one person's record, folded so that equal evidence is equal text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from standards.address import address_key, is_no_fixed_abode, parse_address
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
    postcodes = _folded(get("postcode"), _postcode)
    near = postcodes[0] if len(postcodes) == 1 else None
    return Features(
        names=_names(properties),
        birth=_birth(get("date_of_birth"), get("year_of_birth")),
        gender=_GENDERS.get(str(get("gender") or "").strip().lower(), ""),
        birth_place=fold(get("place_of_birth") or ""),
        postcodes=postcodes,
        addresses=_folded(get("address"), partial(_address, near=near)),
        phones=_folded(get("phone"), _phone),
        emails=_folded(get("email"), _email),
        vrms=_folded(get("vrm"), _vrm),
        identifiers=_identifiers(properties),
    )


def _many(value: object) -> tuple[str, ...]:
    if not value:
        return ()
    return (value,) if isinstance(value, str) else tuple(map(str, value)) if isinstance(value, list | tuple) else ()


def _folded(value: object, fold_one: Callable[[str], str | None]) -> tuple[str, ...]:
    """Return the folded forms of one text or a list of them, each once, those that fold to nothing left out."""
    if not value:
        return ()
    texts = _many(value)
    if len(texts) == 1:
        only = fold_one(texts[0])
        return (only,) if only else ()
    return tuple(dict.fromkeys(folded for text in texts if (folded := fold_one(text))))


def _names(properties: Mapping[str, Any]) -> tuple[Name, ...]:
    get = properties.get
    first = Name(fold(get("given_name") or ""), fold(get("middle_name") or ""), fold(get("surname") or ""))
    names = [first] if first.given or first.surname else []
    if maiden := get("maiden_name"):
        names.append(Name(first.given, first.middle, fold(maiden)))
    for alias in _many(get("alias")):
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


@lru_cache(maxsize=1 << 16)
def _birth(date: str | None, year: int | None) -> str:
    try:
        text = from_text(date).text[:10] if date else ""
    except DateTextError:
        text = ""
    if text in _NO_BIRTHS:
        return ""
    if text.endswith("-01-01"):
        return text[:4]
    return text or (f"{year:04d}" if year else "")


@lru_cache(maxsize=1 << 17)
def _address(text: str, near: str | None) -> str:
    if is_no_fixed_abode(text):
        return ""
    parts = parse_address(text, near)
    if key := address_key(parts):
        return key
    if not (parts.paon and parts.street):
        return ""
    number, flat = (fold(part or "").replace(" ", "") for part in (parts.paon, parts.saon))
    return "|".join(("", number, flat, fold(parts.street)))


@lru_cache(maxsize=1 << 17)
def _phone(text: str) -> str:
    tail = national_tail(text)
    return tail if len(tail) >= _SHORTEST_PHONE else ""


@lru_cache(maxsize=1 << 16)
def _email(text: str) -> str:
    return email_key(text) if check_email(text).valid else ""


@lru_cache(maxsize=1 << 16)
def _vrm(text: str) -> str:
    return confusion_key(text)


@lru_cache(maxsize=1 << 16)
def _postcode(text: str) -> str | None:
    return normal_postcode(text) or _foreign_postcode(text)


def _foreign_postcode(text: str) -> str | None:
    """Return a postcode of another country as it is written, None for a text that is none or a British one misspelt."""
    code = squeeze(text)
    return code if _FOREIGN_POSTCODE.fullmatch(code) else None


def _identifiers(properties: Mapping[str, Any]) -> tuple[str, ...]:
    found = [
        f"{scheme}:{value}" for scheme in IDENTIFIERS if scheme in properties for value in _many(properties[scheme])
    ]
    return tuple(dict.fromkeys(filter(None, map(_number, found)))) if found else ()


@lru_cache(maxsize=1 << 16)
def _number(text: str) -> str | None:
    scheme, _, value = text.partition(":")
    return f"{scheme}:{value}" if (value := squeeze(value)) else None
