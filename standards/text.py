"""Text folded to what can be compared: plain lower-case letters, digits and single spaces."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

_APOSTROPHES = str.maketrans("", "", "'`´‘’‚‛ʻʼʽˈ′＇")
_OTHER = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=1 << 17)
def fold(text: str) -> str:
    """Return the text as lower-case ascii letters, digits and single spaces; idempotent.

    Apostrophes vanish (``O'Neill`` -> ``oneill``), every other sign is a space (``Smith-Jones`` -> ``smith jones``),
    letters of other scripts are transliterated (``Łukasz`` -> ``lukasz``).
    """
    plain = text.translate(_APOSTROPHES)
    if not plain.isascii():
        plain = anyascii(unicodedata.normalize("NFKD", plain)).translate(_APOSTROPHES)
    return _OTHER.sub(" ", plain.lower()).strip()


def tokens(text: str) -> tuple[str, ...]:
    """Return the folded words of a text, in their order."""
    return tuple(fold(text).split())


def squeeze(text: str) -> str:
    """Return the text in upper case with only its ascii letters and digits: how marks and numbers are compared.

    A letter or digit of another script makes the answer empty, so that it never passes for a number it is not.
    """
    text = text.upper()
    if text.isascii():
        return text if text.isalnum() else "".join(filter(str.isalnum, text))
    kept = [character for character in text if character.isalnum()]
    return "".join(kept) if all(character.isascii() for character in kept) else ""
