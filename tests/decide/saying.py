"""Words of analysts about numbered people, and what they lead to by brute force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ACORN, OPEN = "OFFICIAL-SENSITIVE; operation=ACORN", "OFFICIAL"


def marking_of(number: int) -> str:
    """Every third person is in another compartment."""
    return ACORN if number % 3 == 2 else OPEN


@dataclass(frozen=True, slots=True)
class Said:
    """A word: two people, the verdict, the marking."""

    a: int
    b: int
    verdict: str
    marking: str


def contradicts(saying: Said, standing: Iterable[Said]) -> bool:
    """Whether words that stand contradict one, or say it already."""
    same: defaultdict[int, set[int]] = defaultdict(set)
    standing = [*standing]
    of_these = [word for word in standing if {word.a, word.b} == {saying.a, saying.b}]
    if any(word.verdict == saying.verdict and word.marking in (OPEN, saying.marking) for word in of_these):
        return True
    for word in [*standing, *([saying] if saying.verdict == "SAME" else [])]:
        if word.verdict == "SAME":
            same[word.a].add(word.b)
            same[word.b].add(word.a)
    different = [word for word in (*standing, saying) if word.verdict == "DIFFERENT"]
    return any(word.b in _closure(same, word.a) for word in different)


def _closure(near: Mapping[int, set[int]], start: int) -> set[int]:
    found, frontier = {start}, {start}
    while frontier:
        frontier = {there for here in frontier for there in near.get(here, ())} - found
        found |= frontier
    return found


def assert_obeyed(
    words: Iterable[Said], entity: Mapping[int, str], ties: set[frozenset[str]], told: object = ""
) -> None:
    """Every word about people who are there is obeyed; `entity`: of those, `ties`: across compartments."""
    standing = [word for word in words if word.a in entity and word.b in entity]
    tied_by_word = {frozenset((entity[word.a], entity[word.b])) for word in standing if word.verdict == "SAME"}
    for word in standing:
        one, other = entity[word.a], entity[word.b]
        markings = marking_of(word.a), marking_of(word.b)
        inside = markings[0] == markings[1] and word.marking in (OPEN, markings[0])
        if word.verdict == "SAME":
            assert one == other or (not inside and frozenset((one, other)) in ties), (word, told)
        elif word.marking == OPEN or ACORN in markings:
            assert one != other, (word, told)
            assert frozenset((one, other)) not in ties or frozenset((one, other)) in tied_by_word, (word, told)
