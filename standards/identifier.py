"""Numbers by which people, properties and companies are known, with their check characters."""

import re

from standards.result import Checked, checked
from standards.text import fold, squeeze

# Source: DS_071 and DS_072; the check letter of both is this table at the number modulo 23.
_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
_LETTER = f"[{_LETTERS}]"
_PNC = re.compile(rf"((?:18|19|20)?\d\d)/(\d{{1,7}})({_LETTER})")
_PNC_SOLID = re.compile(rf"((?:18|19|20)?\d\d)(\d{{7}})({_LETTER})")
_CRO = re.compile(rf"(\d{{1,6}})/(\d\d)({_LETTER})")
_CRO_SHORT = re.compile(rf"SF(\d\d)/(\d{{1,6}})({_LETTER})")
_SEPARATOR = re.compile(r"[\s.\-]+")

# The computer opened in 1974 and took over older files: a two-figure year of 40 or later is of the last century.
_FIRST_OLD_YEAR = 40

# Source: DS_060. BG, KN and NT are not issued either (HMRC NIM39110).
_NI = re.compile(r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]?")
# Source: DS_061: surname padded with 9, decade, month (+50 for a woman), day, year, initials, tail; then the issue.
_DRIVER = re.compile(
    r"((?=[A-Z9]{5})[A-Z]+9*(?<=^.{5})\d(?:0[1-9]|1[0-2]|5[1-9]|6[0-2])(?:0[1-9]|[12]\d|3[01])\d"
    r"(?:[A-Z][A-Z9]|99)[A-Z0-9][A-Z]{2})(?:\d\d)?"
)
_PASSPORT = re.compile(r"\d{9}|[A-Z]\d{6}|\d{6}[A-Z]")
_UPRN = re.compile(r"\d{1,12}")
_COMPANY = re.compile(
    r"(?:AC|CE|CS|FC|FE|GE|GN|GS|IC|IP|LP|NA|NC|NF|NI|NL|NO|NP|NV|OC|OE|PC|RC|SA|SC|SE|SF|SG|SI|SL|SO|SP|SR|SZ|ZC|R0)\d{6}"
)


def pnc_check_letter(year: int, serial: int) -> str:
    """Return the check letter of the PNC id of a year and a serial of at most seven figures (DS_072)."""
    return _LETTERS[(year % 100 * 10**7 + serial) % 23]


def check_pnc(text: str) -> Checked:
    """Return the PNC id as ``YYYY/NNNNNNNL`` (DS_072); short forms such as ``79/163001B`` are filled up."""
    raw = _SEPARATOR.sub("", text).upper()
    match = _PNC.fullmatch(raw) or _PNC_SOLID.fullmatch(raw) if raw.isascii() else None
    if match is None or pnc_check_letter(int(match[1]), int(match[2])) != match[3]:
        return checked(text, None, "DS_072")
    return checked(text, f"{_century(match[1])}/{int(match[2]):07d}{match[3]}", "DS_072")


def _century(year: str) -> str:
    if len(year) > 2:
        return year
    return f"19{year}" if int(year) >= _FIRST_OLD_YEAR else f"20{year}"


def cro_check_letter(year: int, serial: int, *, short: bool = False) -> str:
    """Return the check letter of a CRO number (DS_071); ``short`` is the ``SF`` form.

    Both take the two-figure year in front of the serial modulo 23; the long form counts the serial with six figures,
    the short one with as many as it is written with.
    """
    return _cro_letter(f"{year % 100:02d}", str(serial) if short else f"{serial:06d}")


def _cro_letter(year: str, serial: str) -> str:
    return _LETTERS[int(year + serial) % 23]


def check_cro(text: str) -> Checked:
    """Return the CRO number as ``NNNNNN/YYL`` or ``SFYY/NNNNNNL`` (DS_071)."""
    raw = _SEPARATOR.sub("", text).upper()
    normal = None
    if raw.isascii() and (match := _CRO.fullmatch(raw)):
        serial = match[1].zfill(6)
        normal = f"{serial}/{match[2]}{match[3]}" if _cro_letter(match[2], serial) == match[3] else None
    elif raw.isascii() and (match := _CRO_SHORT.fullmatch(raw)):
        normal = raw if _cro_letter(match[1], match[2]) == match[3] else None
    return checked(text, normal, "DS_071")


def check_ni(text: str) -> Checked:
    """Return the National Insurance number without spaces (DS_060); its last letter may be missing."""
    return _matched(text, _NI, "DS_060")


def check_driver(text: str) -> Checked:
    """Return the 16 characters of a UK driver number (DS_061); the two figures of the issue are dropped."""
    match = _DRIVER.fullmatch(squeeze(text))
    return checked(text, match[1] if match else None, "DS_061")


def driver_number(surname: str, initials: str, birth: str, *, female: bool, tail: str = "9AA") -> str:
    """Return a driver number of the DVLA's form for a surname, up to two initials and an ISO date of birth."""
    name = re.sub(r"[^A-Z]", "", fold(surname).upper())
    name = "MC" + name[3:] if name.startswith("MAC") else name
    year, month, day = birth.split("-")
    letters = re.sub(r"[^A-Z]", "", fold(initials).upper())[:2]
    return f"{name[:5]:9<5}{year[2]}{int(month) + 50 * female:02d}{day}{year[3]}{letters:9<2}{tail}"


def check_passport(text: str) -> Checked:
    """Return the UK passport number without spaces (DS_056): nine figures, or the older letter with six figures."""
    return _matched(text, _PASSPORT, "DS_056")


def nhs_check_digit(nine: str) -> int | None:
    """Return the check digit of nine figures, None for the one number in eleven that cannot be given out.

    Source: NHS Data Dictionary, NHS NUMBER: modulus 11, weights 10 to 2.
    """
    rest = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
    return None if rest == 1 else (11 - rest) % 11


def check_nhs(text: str) -> Checked:
    """Return the ten figures of an NHS number (serial ``NHS``); ten equal figures are a placeholder."""
    number = squeeze(text)
    ok = re.fullmatch(r"[0-9]{10}", number) and len(set(number)) > 1 and nhs_check_digit(number[:9]) == int(number[9])
    return checked(text, number if ok else None, "NHS")


def check_uprn(text: str) -> Checked:
    """Return the unique property reference number with leading zeros, 12 figures (DS_011)."""
    number = text.strip()
    ok = number.isascii() and _UPRN.fullmatch(number) and int(number) > 0
    return checked(text, number.zfill(12) if ok else None, "DS_011")


def check_company(text: str) -> Checked:
    """Return the eight characters of a UK company number (serial ``COMPANY``): all figures, or two letters and six."""
    number = squeeze(text)
    if number.isdigit() and len(number) <= 8 and int(number) > 0:
        return checked(text, number.zfill(8), "COMPANY")
    return checked(text, number if _COMPANY.fullmatch(number) else None, "COMPANY")


def _matched(text: str, pattern: re.Pattern[str], serial: str) -> Checked:
    number = squeeze(text)
    return checked(text, number if pattern.fullmatch(number) else None, serial)
