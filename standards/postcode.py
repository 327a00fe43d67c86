"""UK postcodes and their parts."""

import re

from standards.result import Checked, checked
from standards.text import squeeze

# Source: BS 7666 and DS_010, seven outward forms with the letters that each position excludes.
_FIRST, _SECOND = "[A-PR-UWYZ]", "[A-HK-Y]"
_OUTWARD = rf"(?:{_FIRST}\d\d?|{_FIRST}\d[A-HJKPSTUW]|{_FIRST}{_SECOND}\d\d?|{_FIRST}{_SECOND}\d[ABEHMNPRVWXY]|GIR)"
_POSTCODE = re.compile(rf"({_OUTWARD})(\d[ABD-HJLNP-UW-Z]{{2}})")
_LONGEST = 12


def normal_postcode(text: str) -> str | None:
    """Return the postcode with one space before its last three characters (``M1 1AA``), None when it is none."""
    if len(text.strip()) > _LONGEST:
        return None
    match = _POSTCODE.fullmatch(squeeze(text))
    if match is None or (match[1] == "GIR") != (match[0] == "GIR0AA"):
        return None
    return f"{match[1]} {match[2]}"


def check_postcode(text: str) -> Checked:
    """Return the postcode in its normal form with one space (DS_010), for example ``M1 1AA``."""
    return checked(text, normal_postcode(text), "DS_010")


def outcode(text: str) -> str | None:
    """Return the outward half (``M1``) of a postcode, None when the text is no postcode."""
    normal = normal_postcode(text)
    return None if normal is None else normal.split(" ")[0]


def sector(text: str) -> str | None:
    """Return the postcode sector (``M1 1``), None when the text is no postcode."""
    normal = normal_postcode(text)
    return None if normal is None else normal[:-2]
