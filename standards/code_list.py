"""Code lists: gender, both ethnicities, outcomes, intelligence grades."""

import re
from dataclasses import dataclass
from types import MappingProxyType

from standards.result import Checked, checked
from standards.text import fold, squeeze

_GENDER_WORDS = {
    "Male": "male m man boy 1",
    "Female": "female f woman girl 2",
    "Trans Male": "transmale,trans male,transgender male,trans man,tm",
    "Trans Female": "transfemale,trans female,transgender female,trans woman,tf",
    "Non-Binary": "non binary,nonbinary,nb,enby,non-binary",
    "Intersex": "intersex,indeterminate",
    "Not Specified": "not specified,unspecified,other,x,9,prefer not to say,not stated",
    "Not Known": "not known,unknown,u,nk,0",
}
GENDERS = tuple(_GENDER_WORDS)
_GENDERS = {
    fold(word): label
    for label, words in _GENDER_WORDS.items()
    for word in (words.split(",") if "," in words else words.split())
}

# Source: DS_038, Office for National Statistics 18+1, with the police codes of the 2011 revision.
SELF_DEFINED_ETHNICITY = MappingProxyType(
    {
        "W1": "White - English/Welsh/Scottish/Northern Irish/British",
        "W2": "White - Irish",
        "W3": "White - Gypsy or Irish Traveller",
        "W9": "White - Any other White background",
        "M1": "Mixed/Multiple ethnic groups - White and Black Caribbean",
        "M2": "Mixed/Multiple ethnic groups - White and Black African",
        "M3": "Mixed/Multiple ethnic groups - White and Asian",
        "M9": "Mixed/Multiple ethnic groups - Any other Mixed/Multiple ethnic background",
        "A1": "Asian/Asian British - Indian",
        "A2": "Asian/Asian British - Pakistani",
        "A3": "Asian/Asian British - Bangladeshi",
        "A4": "Asian/Asian British - Chinese",
        "A9": "Asian/Asian British - Any other Asian background",
        "B1": "Black/African/Caribbean/Black British - Caribbean",
        "B2": "Black/African/Caribbean/Black British - African",
        "B9": "Black/African/Caribbean/Black British - Any other Black/African/Caribbean background",
        "O1": "Other ethnic group - Chinese",
        "O2": "Other ethnic group - Arab",
        "O9": "Other ethnic group - Any other ethnic group",
        "NS": "Other ethnic group - Not stated",
    }
)
_SELF_DEFINED = {fold(text): code for code, text in SELF_DEFINED_ETHNICITY.items()}

# Source: DS_112, the identity codes IC0 to IC7 of the Police National Computer.
OBSERVED_ETHNICITY = MappingProxyType(
    {
        "0": "Unknown",
        "1": "White - North European",
        "2": "White - South European",
        "3": "Black",
        "4": "Asian",
        "5": "Chinese, Japanese or South East Asian",
        "6": "Middle Eastern",
        "7": "Other",
    }
)
_OBSERVED = {fold(text): code for code, text in OBSERVED_ETHNICITY.items()}
_OBSERVED |= {"not known": "0", "arab": "6", "arabic": "6", "north african": "6", "south asian": "4", "oriental": "5"}

# Source: Home Office, crime outcomes in England and Wales, outcome types.
OUTCOMES = MappingProxyType(
    {
        "1": "Charged or summonsed",
        "1A": "Charged or summonsed, alternate offence",
        "2": "Caution, youth",
        "3": "Caution, adult",
        "4": "Taken into consideration",
        "5": "Offender has died",
        "6": "Penalty notice",
        "7": "Cannabis or khat warning",
        "8": "Community resolution",
        "9": "Not in public interest (CPS)",
        "10": "Not in public interest (police)",
        "11": "Prosecution prevented, suspect under age",
        "12": "Prosecution prevented, suspect too ill",
        "13": "Prosecution prevented, victim or key witness dead or too ill",
        "14": "Evidential difficulties, suspect not identified, victim does not support",
        "15": "Evidential difficulties, suspect identified, victim supports",
        "16": "Evidential difficulties, suspect identified, victim does not support",
        "17": "Prosecution time limit expired",
        "18": "Investigation complete, no suspect identified",
        "19": "National Fraud Intelligence Bureau filed",
        "20": "Action by another body or agency",
        "21": "Further investigation not in the public interest",
        "22": "Diversionary, educational or intervention activity",
    }
)
# Source: data.police.uk, outcome categories. Several codes: the text does not say which; courts follow a charge.
_PUBLISHED = {
    "under investigation": (),
    "status update unavailable": (),
    "investigation complete no suspect identified": ("18",),
    "unable to prosecute suspect": ("14", "15", "16"),
    "further investigation is not in the public interest": ("21",),
    "further action is not in the public interest": ("9", "10", "21"),
    "formal action is not in the public interest": ("9", "10"),
    "action to be taken by another organisation": ("20",),
    "local resolution": ("8",),
    "community resolution": ("8",),
    "offender given a caution": ("2", "3"),
    "caution simple or conditional": ("2", "3"),
    "offender given a drugs possession warning": ("7",),
    "khat or cannabis warning": ("7",),
    "offender given penalty notice": ("6",),
    "penalty notice for disorder": ("6",),
    "summons charged by post": ("1",),
    "suspect charged": ("1",),
    "suspect charged as part of another case": ("1", "4"),
} | dict.fromkeys(
    (
        "awaiting court outcome", "court result unavailable", "court case unable to proceed",
        "defendant found not guilty", "defendant sent to crown court", "offender sent to prison", "offender fined",
        "offender given community sentence", "offender given suspended prison sentence",
        "offender given conditional discharge", "offender given absolute discharge", "offender otherwise dealt with",
        "offender ordered to pay compensation", "offender deprived of property",
    ),
    ("1",),
)  # fmt: skip

_GRADE = re.compile(r"([123])([A-E])([PC])")
_OLD_GRADE = re.compile(r"([A-E])([1-5])([1-5])")
_NEW_SOURCE = {"A": 1, "B": 1, "C": 3, "D": 3, "E": 2}
_NEW_INTELLIGENCE = {"1": "A", "2": "A", "3": "B", "4": "D", "5": "E"}


@dataclass(frozen=True, slots=True)
class Grade:
    """An intelligence grade in 3x5x2.

    ``source`` 1 reliable, 2 untested, 3 not reliable; ``intelligence`` A known directly, B known indirectly and
    corroborated, C known indirectly, D not known, E suspected false; ``handling`` P lawful sharing permitted, C with
    conditions.
    """

    source: int
    intelligence: str
    handling: str

    @property
    def label(self) -> str:
        """Return the grade as it is written: ``1A P``."""
        return f"{self.source}{self.intelligence} {self.handling}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The Home Office outcome types that a text may stand for; none while a case is open."""

    codes: tuple[str, ...]

    @property
    def ambiguous(self) -> bool:
        """Return whether the text leaves open which outcome it was."""
        return len(self.codes) > 1


def check_gender(text: str) -> Checked:
    """Return the gender in the words of DS_037; codes such as ``M`` and ``1`` are spelled out."""
    return checked(text, _GENDERS.get(fold(text)), "DS_037")


def check_self_defined_ethnicity(text: str) -> Checked:
    """Return the 18+1 code (DS_038) of a code or its text. A protected characteristic: never a matching feature."""
    code = squeeze(text)
    normal = code if code in SELF_DEFINED_ETHNICITY else _SELF_DEFINED.get(fold(text))
    return checked(text, normal, "DS_038")


def check_observed_ethnicity(text: str) -> Checked:
    """Return the code 0 to 7 (DS_112) of a code, ``IC3`` or a text. A protected characteristic: never a feature.

    Plain ``White`` is no code: it does not say north or south European.
    """
    code = squeeze(text).removeprefix("IC")
    normal = code if code in OBSERVED_ETHNICITY else _OBSERVED.get(fold(text))
    return checked(text, normal, "DS_112")


def parse_outcome(text: str) -> Outcome | None:
    """Return the outcome types (DS_083) of a code or a text of data.police.uk, None when it is not known."""
    code = squeeze(text).removeprefix("TYPE").removeprefix("OUTCOME")
    if code in OUTCOMES:
        return Outcome((code,))
    codes = _PUBLISHED.get(fold(text))
    return None if codes is None else Outcome(codes)


def parse_grade(text: str) -> Grade | None:
    """Return the 3x5x2 grade of ``1A P`` or ``2BC``, or the one that an older 5x5x5 such as ``E41`` maps to.

    Of 5x5x5, sources A and B count as reliable, C and D as not; intelligence 1 and 2 were known to the source, 3 was
    corroborated, 4 cannot be judged; only handling 1 was free of conditions. Keep the raw text beside it.
    """
    raw = squeeze(text)
    if match := _GRADE.fullmatch(raw):
        return Grade(int(match[1]), match[2], match[3])
    if match := _OLD_GRADE.fullmatch(raw):
        return Grade(_NEW_SOURCE[match[1]], _NEW_INTELLIGENCE[match[2]], "P" if match[3] == "1" else "C")
    return None
