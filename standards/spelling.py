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
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"^ma?c(?=[^aeiouyh])", "mk"),
        (r"([eo])[vw]sk(?=[iay])", r"\1vsk"),
        (r"dg(?=e)", "j"),
        (r"(?<=[aeiou])gh(?=[^aeiou]|$)", ""),
        (r"^kn", "n"),
        (r"^wr", "r"),
        (r"^x", "z"),
        (r"krz", "kr"),
        (r"rz", "r"),
        (r"tch|cz|tsch", "C"),
        (r"sch|sh|sz|sc(?=[eiy])", "s"),
        (r"ch(?=[rl])", "k"),
        (r"ch", "C"),
        (r"ph", "f"),
        (r"(?<=[tdkgbp])h", ""),
        (r"ck|q(?:u(?=e$|i|e))?", "k"),
        (r"ue$", ""),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"x", "ks"),
        (r"g(?=[eiy])", "j"),
        (r"^y(?=[aeiou])", "j"),
        (r"(?<!^)z", "s"),
        (r"^(?:ay|ai|ei|ey)e?", "i"),
        (r"eh", "a"),
        (r"(?<=[aou])w(?=[^aeiou]|$)", "u"),
        (r"(?<!^)h", ""),
        (r"w", "v"),
        (r"y", "i"),
        (r"au|ou|oo|eu", "u"),
        (r"ai|ei|ea|ia|ee|ie", "i"),
        (r"(.)\1+", r"\1"),
    )
)
_VOWEL_CLASS = str.maketrans("aeiou", "AIIUU")
_VOWEL = re.compile(r"[aeiou]")


@lru_cache(maxsize=1 << 17)
def name_key(token: str) -> str:
    """Return the key that the common spellings of one name share, upper case; empty when the text has no letter.

    English, South Asian, Arabic, Polish and Romanian spellings meet (Mohd/Muhammad, Chaudhry/Chowdhury, Yasmin/Jasmine,
    Łukasz/Lucas, Clark/Clarke). Of the vowels only the first is kept, as one of three classes (a, e/i, o/u), so that
    Hassan and Hussain stay apart. Equal keys are evidence that a name may be the same, not that it is.
    """
    word = re.sub(r"[^a-z]", "", fold(token))
    if _MOHAMMED.fullmatch(word):
        return "MUHMD"
    word = _IRREGULAR.get(word, word)
    for pattern, by in _RULES:
        word = pattern.sub(by, word)
    first = _VOWEL.search(word)
    if first is None:
        return word.upper()
    head, rest = word[: first.end()].translate(_VOWEL_CLASS), _VOWEL.sub("", word[first.end() :])
    return re.sub(r"(.)\1+", r"\1", head + rest).upper()
