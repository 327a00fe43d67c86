"""Which standard holds for which property, identifier and value kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from standards import code_list, email, identifier, name, phone, postcode, vehicle
from standards.result import Checked
from standards.text import fold

Check = Callable[[str], Checked]

CHECKS: Mapping[str, Check] = {
    "gender": code_list.check_gender,
    "ethnicity_self": code_list.check_self_defined_ethnicity,
    "ethnicity_observed": code_list.check_observed_ethnicity,
    "pnc_id": identifier.check_pnc,
    "cro_number": identifier.check_cro,
    "ni_number": identifier.check_ni,
    "driver_number": identifier.check_driver,
    "passport_number": identifier.check_passport,
    "nhs_number": identifier.check_nhs,
    "uprn": identifier.check_uprn,
    "company_number": identifier.check_company,
    "postcode": postcode.check_postcode,
    "phone": phone.check_phone,
    "email": email.check_email,
    "vrm": vehicle.check_vrm,
    "vin": vehicle.check_vin,
    "given_name": lambda text: named(text, "DS_031"),
    "middle_name": lambda text: named(text, "DS_031"),
    "surname": lambda text: named(text, "DS_032"),
    "maiden_name": lambda text: named(text, "DS_032"),
}
_ALIAS = "alias"
_VALUE_CHECKS: Mapping[str, Check] = {
    "Phone": phone.check_phone,
    "Email": email.check_email,
    "Postcode": postcode.check_postcode,
}
_PASSPORT = frozenset({"passport", "uk passport", "gbr passport"})
_LICENCE = frozenset({"driving licence", "driver licence", "uk driving licence", "driving license"})


def check_for(kind: str, property_name: str) -> Check | None:
    """The check of a kind's text property, None where no standard is computed for it."""
    if property_name == _ALIAS:
        return (lambda text: named(text, "DS_033")) if kind == "Person" else None
    return CHECKS.get(property_name)


def named(text: str, serial: str) -> Checked:
    """One part of a name, single-spaced and in proper case even where it fails the standard."""
    spaced = " ".join(text.split())
    found = name.check_name(spaced, serial)
    return found if found.valid else Checked(name.display_name(spaced), False, serial)


def check_identity(kind: str, scheme: str, text: str) -> Checked:
    """The normal form of a value kind's value: by its kind, and by the type of a document."""
    check = _VALUE_CHECKS.get(kind)
    if check is not None:
        return check(text)
    kind_of_document = fold(scheme.partition("|")[0])
    if kind == "Document" and kind_of_document in _PASSPORT:
        return identifier.check_passport(text)
    if kind == "Document" and kind_of_document in _LICENCE:
        return identifier.check_driver(text)
    return Checked(text.strip(), True, "")


def normal_identifier(scheme: str, text: str) -> str:
    """The value by which an identifier is looked up: its normal form, or the trimmed text where it fails."""
    check = CHECKS.get(scheme)
    return check(text).value if check is not None else text.strip()
