"""What the values of a column look like by themselves, held against the standards, whatever the column is called."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType

from loaders.suggest.moment import is_date, is_time
from standards import code_list, email, identifier, name, phone, postcode, vehicle
from standards.address import is_no_fixed_abode, parse_address
from standards.nickname import nicknames_of
from standards.text import fold

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
_WHOLE = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.0+)?", re.ASCII)
_DECIMALS = re.compile(r"-?\d{1,3}\.\d{2,}", re.ASCII)
_METRES = re.compile(r"\d{5,7}(?:\.\d+)?", re.ASCII)
_WORDS = re.compile(
    r"[^\W\d_][^\W\d_'’.\-]*(?:['’\-][^\W\d_]+)*\.?,?(?: [^\W\d_][^\W\d_'’.\-]*(?:['’\-][^\W\d_]+)*\.?,?){1,4}"
)
_LAW = re.compile(
    r"(?=.*\s)(?:\b(?:act|pace|mda|cjpo|cjpoa|firearms|misuse)\b.*\d|\bs(?:ection|ec)?\.? ?\d{1,3}[a-z]?\b)",
    re.IGNORECASE,
)
_SOUGHT = re.compile(
    r"^(?:controlled drugs|(?:offensive )?weapons?|firearms?|stolen (?:goods|property)|going equipped|fireworks|"
    r"articles? for use in .*|evidence of offences.*|anything to threaten.*|.*criminal damage|"
    r"detailed object of search.*)$",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"^(?:a )?(?:no further action.*|nothing found.*|arrest(?:ed)?|caution.*|penalty notice.*|community resolution|"
    r"(?:khat or cannabis|verbal|drugs possession) warning.*|charged.*|summons.*|released.*|bailed|nfa)$",
    re.IGNORECASE,
)
_YES_NO = frozenset({"y", "n", "yes", "no", "true", "false", "t", "f"})
_UK_MARKS = frozenset(
    {vehicle.VrmForm.CURRENT, vehicle.VrmForm.PREFIX, vehicle.VrmForm.SUFFIX, vehicle.VrmForm.NORTHERN_IRELAND}
)
_GENDER_PAIRS = ({"Male"}, {"Female"})
_SELF_CODE = re.compile(r"[WMABO][1-9]|NS")
_LEAST_LETTERS = 10


def _number(text: str) -> float | None:
    return float(text.replace(",", "")) if _NUMBER.fullmatch(text) else None


def _within(least: float, most: float, pattern: re.Pattern[str]) -> Callable[[str], bool]:
    def test(text: str) -> bool:
        return pattern.fullmatch(text) is not None and least <= float(text) <= most

    return test


def _is_phone(text: str) -> bool:
    return text.lstrip("(").startswith(("0", "+", "44")) and phone.check_phone(text).valid


def _is_vrm(text: str) -> bool:
    return vehicle.vrm_form(text) in _UK_MARKS and any(letter.isdigit() for letter in text)


def _is_vin(text: str) -> bool:
    return vehicle.check_vin(text).valid and not text.isdigit() and not text.isalpha()


def _is_person(text: str) -> bool:
    words = fold(text).split()
    return _WORDS.fullmatch(text) is not None and any(len(nicknames_of(word)) > 1 for word in words)


def _is_outcome(text: str) -> bool:
    return code_list.parse_outcome(text) is not None


def _is_address(text: str) -> bool:
    has_figure = any(letter.isdigit() for letter in text)
    return is_no_fixed_abode(text) or (has_figure and parse_address(text).street is not None)


def _is_self_defined(text: str) -> bool:
    found = code_list.check_self_defined_ethnicity(text).valid
    return found and (_SELF_CODE.fullmatch(text) is not None or len(text) > _LEAST_LETTERS)


# By the names of the properties that such values usually are.
FORMS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "email": lambda text: email.check_email(text).valid,
        "postcode": lambda text: postcode.normal_postcode(text) is not None,
        "phone": _is_phone,
        "pnc_id": lambda text: identifier.check_pnc(text).valid,
        "cro_number": lambda text: identifier.check_cro(text).valid,
        "ni_number": lambda text: identifier.check_ni(text).valid,
        "nhs_number": lambda text: identifier.check_nhs(text).valid,
        "driver_number": lambda text: identifier.check_driver(text).valid,
        "vin": _is_vin,
        "vrm": _is_vrm,
        "gender": lambda text: code_list.check_gender(text).valid,
        "ethnicity_self": _is_self_defined,
        "ethnicity_observed": lambda text: code_list.check_observed_ethnicity(text).valid,
        "latitude": _within(49, 61.5, _DECIMALS),
        "longitude": _within(-9, 2.5, _DECIMALS),
        "easting": _within(10_000, 700_000, _METRES),
        "northing": _within(5_000, 1_300_000, _METRES),
        "legislation": lambda text: _LAW.search(text) is not None,
        "outcome": lambda text: _ENDED.search(text) is not None or (not text.isdigit() and _is_outcome(text)),
        "object_of_search": lambda text: _SOUGHT.search(text) is not None,
        "words": lambda text: _WORDS.fullmatch(text) is not None,
        "address": _is_address,
        "name": _is_person,
        "surname": lambda text: name.check_name(text, "DS_032").valid,
        "given_name": lambda text: name.check_name(text, "DS_031").valid,
        "yes_no": lambda text: text.casefold() in _YES_NO,
        "int": lambda text: _WHOLE.fullmatch(text) is not None,
        "float": lambda text: _NUMBER.fullmatch(text) is not None,
        "time": is_time,
        "grade": lambda text: code_list.parse_grade(text) is not None,
    }
)


def share_of(form: str, values: Collection[str]) -> float:
    """The share of distinct values that have a form, 0 where there are none or the form has no test."""
    test = FORMS.get(form)
    return sum(map(test, values)) / len(values) if test is not None and values else 0.0


def is_typed(text: str) -> bool:
    """True where a single cell is a value and no name of a column: a number, date, e-mail, phone, postcode, true."""
    alone = ("float", "email", "phone", "postcode", "time", "pnc_id")
    return text.casefold() in ("true", "false") or is_date(text) or any(FORMS[form](text) for form in alone)


def tells_gender(values: Collection[str]) -> bool:
    """True where a few values say both or one of male and female, in words or in letters, not figures alone."""
    found = {code_list.check_gender(value).value for value in values if code_list.check_gender(value).valid}
    letters = any(value.isalpha() for value in values)
    return letters and any(pair <= found for pair in _GENDER_PAIRS) and share_of("gender", values) == 1.0
