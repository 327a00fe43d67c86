"""Vehicle registration marks and identification numbers."""

import re
from enum import StrEnum

from standards.result import Checked, checked
from standards.text import squeeze


class VrmForm(StrEnum):
    """The forms of a UK registration mark."""

    CURRENT = "CURRENT"
    PREFIX = "PREFIX"
    SUFFIX = "SUFFIX"
    Q = "Q"
    DIPLOMATIC = "DIPLOMATIC"
    MILITARY = "MILITARY"
    TRADE = "TRADE"
    NORTHERN_IRELAND = "NORTHERN_IRELAND"
    DATELESS = "DATELESS"


# Source: DVLA INF104 and DS_065. First match wins: a Northern Irish mark is also shaped like a dateless one.
_YEAR, _LETTER = "[A-HJ-NPR-TV-Y]", "[A-HJ-PR-Z]"
_FORMS: tuple[tuple[VrmForm, re.Pattern[str]], ...] = tuple(
    (form, re.compile(pattern))
    for form, pattern in (
        (VrmForm.CURRENT, rf"{_LETTER}{{2}}\d{{2}}{_LETTER}{{3}}"),
        (VrmForm.PREFIX, rf"{_YEAR}[1-9]\d{{0,2}}{_LETTER}{{3}}"),
        (VrmForm.SUFFIX, rf"{_LETTER}{{3}}[1-9]\d{{0,2}}{_YEAR}"),
        (VrmForm.Q, rf"Q[1-9]\d{{0,2}}{_LETTER}{{3}}"),
        (VrmForm.DIPLOMATIC, r"\d{3}[DX]\d{3}"),
        (VrmForm.MILITARY, r"\d{2}[A-Z]{2}\d{2}|[A-Z]{2}\d{2}[A-Z]{2}"),
        (VrmForm.TRADE, r"0\d{4}"),
        (VrmForm.NORTHERN_IRELAND, r"[A-Z]?(?:I[A-Z]|[A-Z]Z)[1-9]\d{0,3}|[1-9]\d{0,3}[A-Z]?(?:I[A-Z]|[A-Z]Z)"),
        (VrmForm.DATELESS, rf"{_LETTER}{{1,2}}[1-9]\d{{0,3}}|{_LETTER}{{3}}[1-9]\d{{0,2}}"),
        (VrmForm.DATELESS, rf"[1-9]\d{{0,3}}{_LETTER}{{1,2}}|[1-9]\d{{0,2}}{_LETTER}{{3}}"),
    )
)
_MARK = re.compile(r"(?=.*\d)[A-Z0-9]{1,11}")
_MARK_TEXT = re.compile(r"[A-Za-z0-9 .\-]+")
# Characters that are misread for one another, and for each all that it may be.
_MISREAD = ("0O", "1IL", "5S", "8B", "2Z")
_CONFUSED = str.maketrans({sign: signs[0] for signs in _MISREAD for sign in signs})
ALIKE = {sign: signs for signs in _MISREAD for sign in signs}

# Source: ISO 3779, seventeen characters without I, O and Q.
_VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")


def check_vrm(text: str) -> Checked:
    """Return the mark in upper case without spaces (DS_065).

    Any 1 to 11 ascii letters and digits with at least one digit pass, so that foreign marks are kept and words such as
    UNKNOWN are not; ``vrm_form`` says which UK form it has.
    """
    raw = text.strip()
    normal = squeeze(raw)
    return checked(text, normal if _MARK_TEXT.fullmatch(raw) and _MARK.fullmatch(normal) else None, "DS_065")


def vrm_form(vrm: str) -> VrmForm | None:
    """Return the UK form of a mark, None for a foreign or impossible one."""
    mark = squeeze(vrm)
    return next((form for form, pattern in _FORMS if pattern.fullmatch(mark)), None)


def confusion_key(vrm: str) -> str:
    """Return the mark with the characters that are misread for one another made one: 0/O, 1/I/L, 5/S, 8/B, 2/Z."""
    return squeeze(vrm).translate(_CONFUSED)


def check_vin(text: str) -> Checked:
    """Return the vehicle identification number, 17 characters in upper case (serial ``VIN``).

    The North American check digit is not asked for: European makers leave its place to other use.
    """
    normal = squeeze(text)
    return checked(text, normal if _VIN.fullmatch(normal) else None, "VIN")
