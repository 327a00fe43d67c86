"""Lines that are wrong on purpose, put between the good ones, each known by its place and the code of its fault."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from loaders.world.chance import Chance

EVERY = 4000


class Fault(StrEnum):
    """Why a loader rejects a line."""

    NO_KEY = "no-key"
    COLUMN_COUNT = "column-count"
    UNDECODABLE = "undecodable"
    TORN_QUOTE = "torn-quote"
    BAD_JSON = "bad-json"
    UNKNOWN_MARKING = "unknown-marking"
    ROW_KEY_REPEATED = "row-key-repeated"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A wrong line of a file: `line` counts from 1 and counts the header; in Parquet it is the row's number."""

    source: str
    file: str
    line: int
    fault: Fault


def faulty(
    chance: Chance, count: int, faults: Sequence[Fault], spoil: Callable[[Fault, int, int], list[bytes]]
) -> list[tuple[int, bytes, Fault]]:
    """Wrong lines with the index of the good line before which each stands, ordered by it.

    `spoil(fault, index, serial)` makes the lines of one fault out of the good line at the index.
    """
    if not count:
        return []
    made: list[tuple[int, bytes, Fault]] = []
    for fault in faults:
        for _ in range(max(1, count // EVERY)):
            lines = spoil(fault, int(chance.real() * count), len(made))
            made.extend((int(chance.real() * count), line, fault) for line in lines)
    made.sort(key=lambda entry: entry[:2])
    return made


def interleave(
    good: list[bytes], wrong: list[tuple[int, bytes, Fault]], header: int
) -> tuple[list[bytes], list[tuple[int, Fault]]]:
    """All lines in their order, and the (line, fault) of each wrong one, where `header` lines come before."""
    lines: list[bytes] = []
    places: list[tuple[int, Fault]] = []
    start = 0
    for index, line, fault in wrong:
        lines.extend(good[start:index])
        lines.append(line)
        places.append((len(lines) + header, fault))
        start = index
    lines.extend(good[start:])
    return lines, places
