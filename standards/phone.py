"""Telephone numbers in E.164."""

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from standards.result import Checked, checked

_SHAPE = re.compile(r"[\d\s()+./-]+(?:\s*(?:ext\.?|x|#)\s*\d{1,6})?", re.IGNORECASE | re.ASCII)
# A trunk figure, dash and bracketed area is how North America writes; read as a UK number it would be somebody else's.
_FOREIGN_SHAPE = re.compile(r"\d-\(\d{3}\)\s*\d{3}-\d{4}", re.ASCII)
_LONGEST = 35
_TAIL = 9

# Source: Ofcom, telephone numbers for use in TV and radio drama programmes. They are never allocated, so the numbering
# plan calls the mobile ones invalid, but training and demonstration data must use exactly these.
_DRAMA = re.compile(
    r"\+44(?:7700900\d{3}|1632960\d{3}|2079460\d{3}|2890180\d{3}|2920180\d{3}|1(?:13|14|15|16|17|18|21|31|41|51|61)"
    r"4960\d{3}|1914980\d{3}|8081570\d{3}|9098790\d{3}|3069990\d{3})"
)


def check_phone(text: str, region: str = "GB") -> Checked:
    """Return the number in E.164 (DS_053), for example ``+447700900123``.

    A number without ``+`` or ``00`` is read as one of ``region``; an extension is dropped; short codes such as 999 and
    words in place of digits do not pass.
    """
    return checked(text, _e164(text.strip(), region), "DS_053")


@lru_cache(maxsize=1 << 16)
def _e164(raw: str, region: str) -> str | None:
    if len(raw) > _LONGEST or not _SHAPE.fullmatch(raw) or (region == "GB" and _FOREIGN_SHAPE.fullmatch(raw)):
        return None
    try:
        number = phonenumbers.parse(raw, region)
    except NumberParseException:
        return None
    number.extension = None
    normal = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return normal if phonenumbers.is_valid_number(number) or _DRAMA.fullmatch(normal) else None


def national_tail(e164: str) -> str:
    """Return the last nine digits, which one number keeps however its country and trunk codes are written."""
    return "".join(character for character in e164 if character in "0123456789")[-_TAIL:]
