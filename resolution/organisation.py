"""Organisations: read by their names, less what says nothing about which they are, company number, premises, phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from resolution.feature import address_text, fold_phone, fold_postcode, postcode_place, texts
from resolution.model import default_model
from standards.identifier import check_company
from standards.spelling import name_key
from standards.text import fold

READS = ("name", "alias", "company_number", "postcode", "address", "phone")
COLUMNS = ("company", "name", "postcode", "address", "phone")
_NAMES, _PHONES = 4, 2
# Words of a name that many firms bear, and the share of people from which on a name is one of such words.
_COMMON_WORDS, _COMMON = 3, 0.0003
_TRADING = re.compile(
    r"(?i)\s*[\(,;]?\s*\b(?:t/as?|t\.a\.|trading as|dba|d/b/a|also known as|aka|formerly)(?=[\s:.])[:.]?\s*"
)
# The legal form says nothing about which organisation it is.
_FORMS = frozenset("limited ltd plc llp lp inc cic cio llc co company ltd. incorporated".split())
_WRITTEN = {
    "bros": "brothers", "intl": "international", "svcs": "services", "svc": "service", "mfg": "manufacturing",
    "assoc": "association", "assn": "association", "dept": "department", "ctr": "centre", "center": "centre",
    "hosp": "hospital", "sch": "school", "grp": "group", "mgmt": "management", "univ": "university",
    "constr": "construction", "bldrs": "builders", "eng": "engineering", "govt": "government", "natl": "national",
    "transp": "transport", "dist": "district", "comm": "community",
}  # fmt: skip
_SMALL = frozenset("the and of for a an".split())


def traits(properties: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the traits of an Organisation record's stored properties."""
    get = properties.get
    number = check_company(str(get("company_number") or ""))
    postcodes = _each(get("postcode"), fold_postcode)
    near = postcode_place(postcodes[0]) if len(postcodes) == 1 else ""
    names = [name for text in (*texts(get("name")), *texts(get("alias"))) for name in names_of(text)]
    found = {
        "company": (str(number.value),) if number.valid and number.value else (),
        "name": tuple(dict.fromkeys(names))[:_NAMES],
        "postcode": postcodes,
        "address": _each(get("address"), lambda text: address_text(text).at(near)),
        "phone": _each(get("phone"), fold_phone)[:_PHONES],
    }
    return {column: values for column, values in found.items() if values}


def _each(given: object, fold_one: Callable[[str], str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(folded for text in texts(given) if (folded := fold_one(text))))


@lru_cache(maxsize=1 << 16)
def names_of(text: str) -> tuple[str, ...]:
    """Return the names that one name says, registered and traded under, folded; a legal form alone is kept."""
    return tuple(name for part in _TRADING.split(text) if (name := _name(part)))


def _name(text: str) -> str:
    words = fold(text.replace("&", " and ").replace("+", " and ")).split()
    words = [_WRITTEN.get(word, word) for word in words]
    bare = [word for word in words if word not in _FORMS and word not in _SMALL]
    return " ".join(bare or words)


@lru_cache(maxsize=1 << 16)
def is_common(name: str) -> bool:
    """Return whether so many organisations may bear a name that it tells none: common names of people, and a trade."""
    listed, words = default_model("Organisation").common, name.split()
    usual = len(words) <= _COMMON_WORDS and all(word in listed["trade"] or _is_usual(word) for word in words)
    return usual or name in listed["name"]


def _is_usual(word: str) -> bool:
    """Return whether a word is an initial, or a name that many people bear."""
    return len(word) == 1 or any(names.get(word, 0.0) >= _COMMON for names in default_model().shares.values())


WEAK: Mapping[str, Callable[[str], bool]] = {"name": is_common}


def tells(given: Mapping[str, tuple[str, ...]], _common: Mapping[str, frozenset[str]]) -> bool:
    """Return whether the company number is known, or a rare name, or any with premises."""
    rare = not all(map(is_common, given.get("name", ())))
    return "company" in given or rare or ("name" in given and "postcode" in given and "address" in given)


def keys(given: Mapping[str, tuple[str, ...]]) -> dict[str, Iterable[tuple[str, ...]]]:
    """Return company number, names in any order of words, phones, names at a postcode or door, and their sound."""
    names = given.get("name", ())
    sounds = [sorted(filter(None, map(name_key, name.split()))) for name in names]
    premises = [*given.get("postcode", ()), *(one for one in given.get("address", ()) if one[0] != "|")]
    return {
        "company": [(number,) for number in given.get("company", ())],
        "name": [tuple(sorted(name.split())) for name in names],
        "phone": [(phone,) for phone in given.get("phone", ())],
        "home": [(name_key(name.split()[0]), place) for place in premises[:2] for name in names[:1]],
        "sound": [tuple(sound) for sound in sounds[:1]],
    }
