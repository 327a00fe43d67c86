"""Name spellings that sound the same folded to one key."""

import re
from functools import lru_cache

from standards.text import fold

_MOHAMMED = re.compile(r"m(?:[aeou]h+[aeo]|[ou]h+)m+[aeiou]+[dt]+h?|md|mohd|muhd|mhd|mhmd")

# Spellings that no sound rule brings together, each side already folded.
_IRREGULAR = {
    "michael": "mikal", "micheal": "mikal", "michal": "mikal", "mikael": "mikal", "mikail": "mikal",
    "nicholas": "nikolas", "nicola": "nikola", "zachary": "zakari", "zachariah": "zakaria", "stephen": "steven",
    "stephan": "stefan", "sean": "shon", "shaun": "shon", "shawn": "shon", "lewis": "luis", "louis": "luis",
    "gheorghe": "jorj", "george": "jorj", "othman": "usman", "uthman": "usman", "gamal": "jamal", "gamil": "jamil",
    "gamila": "jamila", "galal": "jalal", "gaber": "jaber", "ragab": "rajab", "magdi": "majdi", "magdy": "majdi",
    "hughes": "hus", "huws": "hus", "chloe": "kloe", "aisling": "ashlin", "ashling": "ashlin", "niamh": "neev",
}  # fmt: skip

# In this order: clusters before their letters. Polish, Romanian, Arabic and South Asian spellings stand beside the
# English ones because one person is written down by officers who hear any of them.
# With each stands a letter without which it cannot match, and need not be tried; empty where there is none.
_RULES: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (letter, re.compile(pattern), by)
    for letter, pattern, by in (
        ("c", r"^ma?c(?=[^aeiouyh])", "mk"),
        ("sk", r"([eo])[vw]sk(?=[iay])", r"\1vsk"),
        ("dg", r"dg(?=e)", "j"),
        ("gh", r"(?<=[aeiou])gh(?=[^aeiou]|$)", ""),
        ("kn", r"^kn", "n"),
        ("wr", r"^wr", "r"),
        ("x", r"^x", "z"),
        ("krz", r"krz", "kr"),
        ("rz", r"rz", "r"),
        ("c", r"tch|cz|tsch", "C"),
        ("s", r"sch|sh|sz|sc(?=[eiy])", "s"),
        ("ch", r"ch(?=[rl])", "k"),
        ("ch", r"ch", "C"),
        ("ph", r"ph", "f"),
        ("h", r"(?<=[tdkgbp])h", ""),
        ("", r"ck|q(?:u(?=e$|i|e))?", "k"),
        ("ue", r"ue$", ""),
        ("c", r"c(?=[eiy])", "s"),
        ("c", r"c", "k"),
        ("x", r"x", "ks"),
        ("g", r"g(?=[eiy])", "j"),
        ("y", r"^y(?=[aeiou])", "j"),
        ("z", r"(?<!^)z", "s"),
        ("", r"^(?:ay|ai|ei|ey)e?", "i"),
        ("eh", r"eh", "a"),
        ("w", r"(?<=[aou])w(?=[^aeiou]|$)", "u"),
        ("h", r"(?<!^)h", ""),
        ("w", r"w", "v"),
        ("y", r"y", "i"),
        ("", r"au|ou|oo|eu", "u"),
        ("", r"ai|ei|ea|ia|ee|ie", "i"),
        ("", r"(.)\1+", r"\1"),
    )
)
_VOWEL_CLASS = str.maketrans("aeiou", "AIIUU")
_VOWEL, _NO_LETTER, _DOUBLED = re.compile(r"[aeiou]"), re.compile(r"[^a-z]"), re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 17)
def name_key(token: str) -> str:
    """Return the key that the common spellings of one name share, upper case; empty when the text has no letter.

    English, South Asian, Arabic, Polish and Romanian spellings meet (Mohd/Muhammad, Chaudhry/Chowdhury, Yasmin/Jasmine,
    Łukasz/Lucas, Clark/Clarke). Of the vowels only the first is kept, as one of three classes (a, e/i, o/u), so that
    Hassan and Hussain stay apart. Equal keys are evidence that a name may be the same, not that it is.
    """
    word = _NO_LETTER.sub("", fold(token))
    if _MOHAMMED.fullmatch(word):
        return "MUHMD"
    word = _IRREGULAR.get(word, word)
    for letter, pattern, by in _RULES:
        if letter in word:
            word = pattern.sub(by, word)
    first = _VOWEL.search(word)
    if first is None:
        return word.upper()
    head, rest = word[: first.end()].translate(_VOWEL_CLASS), _VOWEL.sub("", word[first.end() :])
    return _DOUBLED.sub(r"\1", head + rest).upper()
