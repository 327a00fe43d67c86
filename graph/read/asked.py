"""What somebody typed into a search: its folded words, its one-piece forms, and the full-text query they make."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations

from graph.errors import BadInput
from standards.identifier import check_cro, check_ni, check_pnc
from standards.name import nicknames_of
from standards.text import squeeze, tokens

LONGEST_TEXT = 200
# A word makes at most some dozen clauses, and Lucene takes 1,024 of them.
MOST_WORDS = 20
MOST_EDITS = 2
_MOST_NICKNAMES = 10
# Longer questions fall back to any of their words: all but one of many words would pass Lucene's number of clauses.
_MOST_DROPPED = 4
_SHORTEST_SOLID = 4
_PLAIN = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """The text without outer space, its distinct folded words, and the forms an identifier has in one piece."""

    text: str
    words: tuple[str, ...]
    solid: tuple[str, ...]
    fuzzy: bool


def understand(text: str, *, fuzzy: bool = True) -> Asked:
    """What was asked; raises BadInput for an empty text, one that is too long or one without a letter or digit."""
    trimmed = text.strip()
    if len(trimmed) > LONGEST_TEXT:
        raise BadInput(f"text: {len(trimmed)} characters, at most {LONGEST_TEXT}; search for fewer words")
    words = tuple(dict.fromkeys(tokens(trimmed)))
    if not words:
        raise BadInput(f"text: {trimmed!r} has no letter or digit to search for")
    if len(words) > MOST_WORDS:
        raise BadInput(f"text: {len(words)} words, at most {MOST_WORDS}; search for the rarest of them")
    return Asked(trimmed, words, _solid(trimmed), fuzzy)


def _solid(text: str) -> tuple[str, ...]:
    checks = (check(text) for check in (check_pnc, check_cro, check_ni))
    forms = dict.fromkeys(squeeze(form) for form in (text, *(result.value for result in checks if result.valid)))
    return tuple(f.lower() for f in forms if len(f) >= _SHORTEST_SOLID and any(c.isdigit() for c in f))


def strict_query(asked: Asked) -> str:
    """The full-text query for all words, or for the identifier in one piece."""
    return _either([_all(asked, asked.words), *_solid_clauses(asked)])


def loose_query(asked: Asked) -> str | None:
    """The query for all words but any one, of a long text for any word; None where one word was asked."""
    count = len(asked.words)
    if count < 2:
        return None
    kept = count - 1 if count <= _MOST_DROPPED else 1
    # Where only one word is kept, two letters off make it next to nothing that was asked, and are dear to look for.
    edits = MOST_EDITS if kept > 1 else 1
    return _either([_all(asked, some, edits) for some in combinations(asked.words, kept)])


def _all(asked: Asked, words: tuple[str, ...], edits: int = MOST_EDITS) -> str:
    several = any(len(word) > 1 for word in words) and len(words) > 1
    return "(" + " AND ".join(_clause(word, edits if asked.fuzzy else None, several=several) for word in words) + ")"


def _clause(word: str, most_edits: int | None, *, several: bool) -> str:
    # A lone letter would begin a good part of all words: as a prefix it counts only beside a longer word.
    forms = {word: None} | ({f"{word}*": None} if len(word) > 1 or several else {})
    if most_edits is not None:
        edits = min(fuzzy_edits(word), most_edits)
        forms |= {f"{word}~{edits}": None} if edits else {}
        others = sorted(form for name in nicknames_of(word) for form in tokens(name) if form != word)
        forms |= dict.fromkeys(others[:_MOST_NICKNAMES])
    return _either(list(forms))


def fuzzy_edits(word: str) -> int:
    """How many wrong, missing, added or swapped letters a word of that length may have; numbers bear fewer."""
    if any(c.isdigit() for c in word):
        return 1 if len(word) > 5 else 0
    return 0 if len(word) < 3 else 1 if len(word) < 6 else MOST_EDITS


def _solid_clauses(asked: Asked) -> list[str]:
    return [clause for form in asked.solid for clause in (form, f"{form}*")]


def _either(clauses: list[str]) -> str:
    return "(" + " OR ".join(clauses) + ")" if len(clauses) > 1 else clauses[0]


def is_plain(word: str) -> bool:
    """True for a word in which nothing of the query syntax is left."""
    return _PLAIN.fullmatch(word) is not None
