"""Minimum completeness of a person in a role."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

# Source: NPCC Minimum POLE Data Standards Dictionary v1.1, person entities P_001 to P_020, for the roles of the model.
STANDARDS = MappingProxyType(
    {
        "OFFENDER": "P_001",
        "SUSPECT": "P_002",
        "ARRESTED": "P_002",
        "DETAINED": "P_002",
        "VICTIM": "P_004",
        "WITNESS": "P_005",
        "SUBJECT": "P_008",
        "CHILD": "P_009",
        "VULNERABLE_CHILD": "P_009",
        "VULNERABLE_ADULT": "P_010",
        "INVOLVED_PARTY": "P_012",
        "CALLED": "P_012",
        "USED": "P_012",
        "SEEN": "P_012",
        "CARER": "P_013",
        "ASSOCIATE": "P_013",
        "MISSING": "P_014",
        "REPORTING": "P_018",
        "CALLER": "P_018",
    }
)
_DEFAULT = "P_006"
_UNKNOWN = {"P_002": "P_003", "P_006": "P_007"}
_FOUR = ("given_name", "surname", "date_of_birth", "gender")
_POLICE_NUMBERS = ("pnc_id", "cro_number")
CONTACTS = ("address", "phone", "email")
_DESCRIPTIVE = ("gender", "ethnicity_observed", "age", "height_cm", "build", "description", "alias", "occupation")
_DESCRIPTIVE_LEAST = 4
# All that `completeness` looks at.
ASKED = tuple(dict.fromkeys((*_FOUR, *CONTACTS, *_POLICE_NUMBERS, *_DESCRIPTIVE, "year_of_birth")))
# The roles that the standard knows, the most serious first: the one that counts of somebody who has several.
SERIOUS = tuple(
    "OFFENDER SUSPECT ARRESTED DETAINED VULNERABLE_CHILD VULNERABLE_ADULT MISSING SUBJECT VICTIM CHILD WITNESS CARER "
    "INVOLVED_PARTY REPORTING CALLER CALLED USED SEEN".split()
)


def completeness(
    role: str | None, properties: Mapping[str, object], contacts: Collection[str] = ()
) -> tuple[str, list[str]]:
    """Return the person standard of a role and what is missing from it, in the names of the model.

    The rule is "4+1": given name, surname, date of birth and gender, and one of ``contacts`` (address, phone, email:
    links that the person has, or short forms in ``properties``), written ``address|phone|email`` when missing; an
    offender also needs ``pnc_id|cro_number``. A suspect or person of interest without any name is an unknown one, of
    whom four descriptive properties are asked: all absent ones are listed until four are there. Without a role, or
    with one that the standard does not know, it is P_006. It scores and never refuses.
    """
    standard = STANDARDS.get(role or "", _DEFAULT)
    held = {name for name, value in properties.items() if _says_something(value)}
    if standard in _UNKNOWN and not held & {"given_name", "surname"}:
        return _UNKNOWN[standard], _missing_description(held)
    missing = [name for name in _FOUR if name not in held]
    if not (held | set(contacts)) & set(CONTACTS):
        missing.append("|".join(CONTACTS))
    if standard == "P_001" and not held & set(_POLICE_NUMBERS):
        missing.append("|".join(_POLICE_NUMBERS))
    return standard, missing


def _missing_description(held: set[str]) -> list[str]:
    known = held | ({"age"} if held & {"date_of_birth", "year_of_birth"} else set())
    absent = [name for name in _DESCRIPTIVE if name not in known]
    return absent if len(_DESCRIPTIVE) - len(absent) < _DESCRIPTIVE_LEAST else []


def _says_something(value: object) -> bool:
    if isinstance(value, str):
        return bool(value.strip())
    return len(value) > 0 if isinstance(value, list | tuple | set | frozenset) else value is not None
