"""Who is called what in the demo world: communities, their shares, and draws of given names and surnames."""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from loaders.world import names_asian as asian
from loaders.world import names_british as british
from loaders.world import names_european as european
from loaders.world.chance import Chance, Weighted


class Gender(StrEnum):
    """The two values that the generator gives its people."""

    MALE = "Male"
    FEMALE = "Female"


class Community(StrEnum):
    """A group of people who draw their names from the same lists."""

    BRITISH = "British"
    PAKISTANI = "Pakistani"
    INDIAN = "Indian"
    POLISH = "Polish"
    ROMANIAN = "Romanian"
    ARABIC = "Arabic"
    SOMALI = "Somali"
    AFRICAN = "African"
    CARIBBEAN = "Caribbean"
    CHINESE = "Chinese"
    TURKISH = "Turkish"
    BALTIC = "Baltic"
    PORTUGUESE = "Portuguese"


@dataclass(frozen=True, slots=True)
class Heritage:
    """A community in the records: its invented share, ethnicity codes (self-defined, observed) and birth places."""

    share: float
    ethnicity_self: str
    ethnicity_observed: str
    nationality: str
    born_abroad: float
    places: tuple[str, ...]


HERITAGE = {
    Community.BRITISH: Heritage(0.60, "W1", "1", "GBR", 0.02, ("Dublin", "Glasgow", "Cardiff")),
    Community.PAKISTANI: Heritage(0.11, "A2", "4", "PAK", 0.35, ("Mirpur", "Lahore", "Rawalpindi")),
    Community.INDIAN: Heritage(0.06, "A1", "4", "IND", 0.35, ("Jalandhar", "Ahmedabad", "Amritsar")),
    Community.POLISH: Heritage(0.045, "W9", "1", "POL", 0.8, ("Warszawa", "Łódź", "Kraków", "Gdańsk")),
    Community.ROMANIAN: Heritage(0.035, "W9", "1", "ROU", 0.85, ("București", "Iași", "Constanța")),
    Community.ARABIC: Heritage(0.035, "O2", "6", "SYR", 0.6, ("Damascus", "Baghdad", "Sana'a")),
    Community.SOMALI: Heritage(0.015, "B2", "3", "SOM", 0.6, ("Mogadishu", "Hargeisa")),
    Community.AFRICAN: Heritage(0.035, "B2", "3", "NGA", 0.5, ("Lagos", "Accra", "Harare")),
    Community.CARIBBEAN: Heritage(0.03, "B1", "3", "GBR", 0.1, ("Kingston", "Bridgetown")),
    Community.CHINESE: Heritage(0.015, "A4", "5", "CHN", 0.5, ("Hong Kong", "Fuzhou")),
    Community.TURKISH: Heritage(0.01, "O9", "2", "TUR", 0.5, ("Ankara", "Konya")),
    Community.BALTIC: Heritage(0.005, "W9", "1", "LTU", 0.8, ("Kaunas", "Riga")),
    Community.PORTUGUESE: Heritage(0.005, "W9", "2", "PRT", 0.7, ("Lisboa", "Porto")),
}

COMMUNITIES = Weighted.of({community: heritage.share for community, heritage in HERITAGE.items()})

_GIVEN: dict[Community, tuple[Sequence[str], Sequence[str]]] = {
    Community.PAKISTANI: (asian.PAKISTANI_MALE, asian.PAKISTANI_FEMALE),
    Community.INDIAN: (asian.INDIAN_MALE, asian.INDIAN_FEMALE),
    Community.POLISH: (european.POLISH_MALE, european.POLISH_FEMALE),
    Community.ROMANIAN: (european.ROMANIAN_MALE, european.ROMANIAN_FEMALE),
    Community.ARABIC: (asian.ARABIC_MALE, asian.ARABIC_FEMALE),
    Community.SOMALI: (asian.SOMALI_MALE, asian.SOMALI_FEMALE),
    Community.AFRICAN: (european.AFRICAN_MALE, european.AFRICAN_FEMALE),
    Community.CHINESE: (asian.CHINESE_MALE, asian.CHINESE_FEMALE),
    Community.TURKISH: (asian.TURKISH_MALE, asian.TURKISH_FEMALE),
    Community.BALTIC: (european.BALTIC_MALE, european.BALTIC_FEMALE),
    Community.PORTUGUESE: (european.PORTUGUESE_MALE, european.PORTUGUESE_FEMALE),
}

_SURNAMES: dict[Community, Sequence[str | tuple[str, str]]] = {
    Community.BRITISH: [
        *british.SURNAMES.split(),
        *(head + ending for ending in british.TAIL_ENDINGS for head in british.TAIL_HEADS),
    ],
    Community.PAKISTANI: asian.PAKISTANI_SURNAMES,
    Community.INDIAN: asian.INDIAN_SURNAMES,
    Community.POLISH: european.POLISH_SURNAMES,
    Community.ROMANIAN: european.ROMANIAN_SURNAMES,
    Community.ARABIC: asian.ARABIC_SURNAMES,
    Community.SOMALI: asian.ARABIC_SURNAMES[::-1],
    Community.AFRICAN: european.AFRICAN_SURNAMES,
    Community.CARIBBEAN: european.CARIBBEAN_SURNAMES,
    Community.CHINESE: asian.CHINESE_SURNAMES,
    Community.TURKISH: asian.TURKISH_SURNAMES,
    Community.BALTIC: european.BALTIC_SURNAMES,
    Community.PORTUGUESE: european.PORTUGUESE_SURNAMES,
}


def proper(name: str) -> str:
    """A name with its capitals: `o'connor` as O'Connor, `mcdonald` as McDonald, `al-masri` as Al-Masri."""
    for mark in ("-", "'"):
        if mark in name:
            return mark.join(proper(part) for part in name.split(mark))
    if name.startswith("mc") and len(name) > 4:
        return "Mc" + name[2:].capitalize()
    return name[:1].upper() + name[1:]


@cache
def _given(community: Community, gender: Gender, cohort: int) -> Weighted[str]:
    woman = gender is Gender.FEMALE
    if community in _GIVEN:
        return Weighted.ranked([proper(name) for name in dict.fromkeys(_GIVEN[community][woman])], 0.6)
    names = (british.FEMALE if woman else british.MALE)[cohort].split()
    return Weighted.ranked([proper(name) for name in dict.fromkeys(names)], 0.6)


@cache
def _surnames(community: Community) -> Weighted[tuple[str, str]]:
    pairs = [(name, name) if isinstance(name, str) else name for name in _SURNAMES[community]]
    return Weighted.ranked([(proper(man), proper(woman)) for man, woman in dict.fromkeys(pairs)], 0.65)


def given_name(chance: Chance, community: Community, gender: Gender, year: int) -> str:
    """A given name as parents of this community chose it in this year."""
    return chance.pick(_given(community, gender, bisect(british.COHORTS, year)))


def surname_pair(chance: Chance, community: Community) -> tuple[str, str]:
    """A family name in the form of its men and of its women; a few British ones are double-barrelled."""
    pair = chance.pick(_surnames(community))
    if community is Community.BRITISH and chance.hit(0.025):
        other = chance.pick(_surnames(community))[0]
        return f"{pair[0]}-{other}", f"{pair[1]}-{other}"
    return pair


def title(chance: Chance, gender: Gender) -> str:
    """A title that goes with the gender."""
    return chance.among(british.TITLES_MALE if gender is Gender.MALE else british.TITLES_FEMALE)
