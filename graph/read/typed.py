"""Which phone numbers, e-mail addresses, postcodes, documents and accounts a typed text may be, or begin."""

from __future__ import annotations

import re

from standards.phone import check_phone
from standards.postcode import normal_postcode
from standards.text import squeeze

_PHONE = re.compile(r"[\d\s()+./-]{4,35}", re.ASCII)
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z0-9]{0,5}")
_SHORTEST = 4
_SHORTEST_EMAIL = 3


def phone_prefixes(text: str) -> list[str]:
    """The E.164 number, or what numbers begin with: `07700 9` is `+4477009`; empty where it is no number."""
    checked = check_phone(text)
    if checked.valid:
        return [checked.value]
    digits = "".join(c for c in text if c.isdigit())
    if not _PHONE.fullmatch(text) or len(digits) < _SHORTEST:
        return []
    if text.startswith("+"):
        return ["+" + digits]
    if digits.startswith("00"):
        return ["+" + digits[2:]]
    return ["+44" + digits[1:]] if digits.startswith("0") else ["+" + digits, "+44" + digits]


def email_prefixes(text: str) -> list[str]:
    """What e-mail addresses begin with, as typed and in lower case; empty for several words."""
    return _distinct(text, text.lower()) if len(text) >= _SHORTEST_EMAIL and not re.search(r"\s", text) else []


def postcode_prefixes(text: str) -> list[str]:
    """The postcode, or what postcodes begin with; without a space, every place where one may stand."""
    normal = normal_postcode(text)
    if normal is not None:
        return [normal]
    solid = squeeze(text)
    if not _POSTCODE.fullmatch(solid) or not re.fullmatch(r"[A-Za-z0-9]+(\s+[A-Za-z0-9]+)?", text):
        return []
    if " " in text:
        return [" ".join(text.upper().split())]
    return [solid, *(f"{solid[:at]} {solid[at:]}" for at in range(2, len(solid)) if solid[at].isdigit())]


def number_prefixes(text: str) -> list[str]:
    """What numbers of documents and accounts, and handles, begin with; empty where there is neither digit nor `@`."""
    if len(text) < _SHORTEST or not any(c.isdigit() or c == "@" for c in text):
        return []
    return _distinct(text, text.upper(), text.lower(), squeeze(text))


def prefixes(text: str) -> dict[str, list[str]]:
    """By value kind, what its values may begin with."""
    return {
        "Phone": phone_prefixes(text),
        "Email": email_prefixes(text),
        "Postcode": postcode_prefixes(text),
        "Document": number_prefixes(text),
        "Account": number_prefixes(text),
    }


def _distinct(*forms: str) -> list[str]:
    return [form for form in dict.fromkeys(forms) if form]
