"""Telephone numbers in E.164."""

import re
from functools import cache, lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneMetadata, PhoneNumberDesc, PhoneNumberFormat

from standards.result import Checked, checked

_SHAPE = re.compile(r"[\d\s()+./-]+(?:\s*(?:ext\.?|x|#)\s*\d{1,6})?", re.IGNORECASE | re.ASCII)
# A trunk figure, dash and bracketed area is how North America writes; read as a UK number it would be somebody else's.
_FOREIGN_SHAPE = re.compile(r"\d-\(\d{3}\)\s*\d{3}-\d{4}", re.ASCII)
# How most British numbers stand in a file, and how they read once the signs between their figures are gone.
_BRITISH = re.compile(r"(?:0|\+44)([1-9]\d{9})", re.ASCII)
_SIGNS = str.maketrans("", "", " ()-.")
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
    plain = _BRITISH.fullmatch(raw.translate(_SIGNS)) if region == "GB" else None
    if plain is not None:
        normal = f"+44{plain[1]}"
        return normal if _plan().fullmatch(plain[1]) or _DRAMA.fullmatch(normal) else None
    try:
        number = phonenumbers.parse(raw, region)
    except NumberParseException:
        return None
    number.extension = None
    normal = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return normal if phonenumbers.is_valid_number(number) or _DRAMA.fullmatch(normal) else None


@cache
def _plan() -> re.Pattern[str]:
    """The ten figures of any number that the plan behind +44 gives out; `phonenumbers` takes 20 times as long."""
    regions = phonenumbers.region_codes_for_country_code(44)
    plans = [plan for region in regions if (plan := PhoneMetadata.metadata_for_region(region)) is not None]
    return re.compile("|".join(f"(?=(?:{_any(plan.general_desc)})$)(?:{_kinds(plan)})" for plan in plans))


def _kinds(plan: PhoneMetadata) -> str:
    kinds = (plan.mobile, plan.fixed_line, plan.toll_free, plan.premium_rate, plan.shared_cost, plan.personal_number)
    return _any(*kinds, plan.voip, plan.pager, plan.uan, plan.voicemail)


def _any(*kinds: PhoneNumberDesc | None) -> str:
    # A kind without numbers in a region has no pattern.
    return "|".join(kind.national_number_pattern for kind in kinds if kind and kind.national_number_pattern)


def national_tail(e164: str) -> str:
    """Return the last nine digits, which one number keeps however its country and trunk codes are written."""
    figures = e164.removeprefix("+")
    if not (figures.isascii() and figures.isdigit()):
        figures = "".join(character for character in figures if character in "0123456789")
    return figures[-_TAIL:]
