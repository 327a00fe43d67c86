"""Names of people: taken apart, written properly, checked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from standards.nickname import full_names_of as full_names_of
from standards.nickname import nicknames_of as nicknames_of
from standards.result import Checked, checked
from standards.spelling import name_key as name_key
from standards.text import fold

_TITLES = frozenset(
    "mr mrs ms miss mx master dr doctor prof professor rev reverend fr sir dame lady lord hon cllr imam rabbi "
    "pc dc ps ds pcso sgt insp dci supt cpl capt captain".split()
)
_SUFFIXES = frozenset("jr jnr junior sr snr senior ii iii iv obe mbe cbe phd qc kc esq".split())
_LOWER = frozenset(
    "van von der den de del della di da das dos du la le ter ten bin ibn bint binti al el zu zur".split()
)
_PARTICLES = _LOWER | {"ap", "ab", "st", "mc", "mac", "o"}
# Only these open a surname where no given name stands before them: Al, Ben, Di and Van are given names too.
_OPENING = frozenset({"bin", "ibn", "bint", "binti", "o", "mc"})

# How most names stand in a file: words in proper case, which mean what their order says unless one of them is special.
_ORDINARY = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+){1,3}")
_SPECIAL = _TITLES | _SUFFIXES | _PARTICLES

_LONGEST = 35
_ALLOWED = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f]|[ .'’‘`´\u02bc-])*")
_NICKNAME = re.compile(r"""["“”(\[][^"“”()\[\]]*["“”)\]]""")
_PLACEHOLDER = re.compile(
    r"(?:(?:mr|mrs|ms|miss|mx|dr) )?(?:unknown|unkn|unk|not (?:known|given|stated|available|recorded|applicable)"
    r"|n a|nk|nfa|none|null|nil|nobody|no name|tbc|tba|tbd|test|testing|dummy|anon|anonymous|withheld|refused"
    r"|x+|y y+|z z+|a n other|an other|somebody|someone|male|female|unidentified|unnamed|baby|name|surname|forename)"
    r"(?: (?:male|female|person|name|surname|forename|unknown))*"
)


@dataclass(frozen=True, slots=True)
class PersonName:
    """The parts of one person's name, each None where the text has none."""

    title: str | None = None
    given: str | None = None
    middle: str | None = None
    surname: str | None = None


def parse_name(text: str) -> PersonName:
    """Return the parts of a full name written in either order (DS_031, DS_032).

    ``SMITH, John Paul``, ``SMITH John Paul`` and ``Mr John Paul Smith`` mean the same; particles belong to the surname
    (``van der Berg``, ``bin Ali``); a single name is a given name, except after a title or comma; suffixes and
    nicknames in quotes or brackets are left out.
    """
    if _ORDINARY.fullmatch(text) and _SPECIAL.isdisjoint(text.lower().split(" ")):
        given, *middle, surname = text.split(" ")
        return PersonName(None, given, " ".join(middle) or None, surname)
    plain = re.sub(r"\s*[-‐‑–]\s*", "-", _NICKNAME.sub(" ", text))
    before, comma, after = plain.partition(",")
    words, behind = before.split(), after.replace(",", " ").split()
    title, words = _titles(words)
    if comma and not title:
        title, behind = _titles(behind)
    words, behind = _without_suffixes(words), _without_suffixes(behind)
    if comma and words and behind:
        return _named(title, behind, words)
    return _named(title, *_split([*words, *behind], titled=bool(title) or (bool(comma) and not behind)))


def _titles(words: list[str]) -> tuple[list[str], list[str]]:
    count = 0
    while count < len(words) and fold(words[count]) in _TITLES:
        count += 1
    # A lone name that is also a title (Lord, Master) is the name.
    count -= count == len(words) and count > 0
    return [word.rstrip(".") for word in words[:count]], words[count:]


def _without_suffixes(words: list[str]) -> list[str]:
    end = len(words)
    while end > 1 and fold(words[end - 1]) in _SUFFIXES:
        end -= 1
    return words[:end]


def _split(words: list[str], *, titled: bool) -> tuple[list[str], list[str]]:
    if len(words) < 2:
        return ([], words) if titled else (words, [])
    shouted = [len(word) > 1 and word.isupper() for word in words]
    if any(shouted) and not all(shouted):
        lead = next(place for place, loud in enumerate([*shouted, False]) if not loud)
        if 0 < lead < len(words):
            return words[lead:], words[:lead]
    start = _surname_start(words)
    return words[:start], words[start:]


def _surname_start(words: Sequence[str]) -> int:
    folded = [fold(word) for word in words]
    if folded[0] in _OPENING or (folded[0] in _PARTICLES and (words[0].islower() or folded[1] in _PARTICLES)):
        return 0
    particles = [place for place in range(1, len(words) - 1) if folded[place] in _PARTICLES]
    return particles[0] if particles else len(words) - 1


def _named(title: list[str], given: list[str], surname: list[str]) -> PersonName:
    first, *others = given or [""]
    parts = (title, [first], others, surname)
    return PersonName(*(display_name(" ".join(part).strip()) or None for part in parts))


def display_name(text: str) -> str:
    """Return the name in proper case: ``McDonald``, ``O'Neill``, ``Smith-Jones``, ``van der Berg``; idempotent.

    Words in mixed case are left as they were typed.
    """
    words = text.split()
    return " ".join(_cased(word, alone=len(words) == 1) for word in words)


def _cased(word: str, *, alone: bool) -> str:
    if not (word.isupper() or word.islower()):
        return word
    if not alone and word.lower() in _LOWER:
        return word.lower()
    return "".join(_capital(piece) for piece in re.split(r"([-.])", word))


def _capital(piece: str) -> str:
    low = piece.lower()
    match = re.fullmatch(r"(mc|[od]['’‘`´\u02bc])(\w+)", low)
    if match and len(match[2]) > 1:
        return match[1][:1].upper() + match[1][1:] + match[2][:1].upper() + match[2][1:]
    # Title case, so that a letter whose capital is two letters does not become two capitals.
    return low[:1].title() + low[1:]


def full_name(name: PersonName) -> str:
    """Return the parts that are there in the order title, given, middle, surname."""
    return " ".join(part for part in (name.title, name.given, name.middle, name.surname) if part)


@lru_cache(maxsize=1 << 16)
def check_name(text: str, serial: str = "DS_032") -> Checked:
    """Return one part of a name in proper case (DS_031 given name, DS_032 surname, DS_033 alias).

    At most 35 characters, no doubled spaces, no digits or special characters, and no placeholder such as UNKNOWN, N/A,
    MR X or TBC, which the standard bars from name fields.
    """
    raw = text.strip()
    fits = 0 < len(raw) <= _LONGEST and "  " not in raw
    ok = fits and _ALLOWED.fullmatch(raw) and not _PLACEHOLDER.fullmatch(fold(raw)) and fold(raw) not in _TITLES
    return checked(text, display_name(raw) if ok else None, serial)
