"""Events as columns of numbers: what figures are counted from without the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from analysis.network import runs
from graph.ids import SHORT, ordered_numbers

KINDS = ("Incident", "Crime", "PublicEvent")
# A time that there is none of; one known only to the day or worse, which is long over.
NEVER = np.iinfo(np.int64).max
LONG_OVER = np.iinfo(np.int64).min
# More changed rows than this are sorted in among the others.
MOST_LATE = 20_000
_TIMES = ("opened", "assigned", "arrived", "closed")
_CODES = ("kind", "type", "priority", "status")
# The order in which `live/kept` and `live/kept_of` return what they know of an event, its key before.
_EVENT = ("at", "mk", "officers", *_CODES, *_TIMES)
_SECONDS, _MINUTES = 20, 17

Longs = NDArray[np.int64]
Bools = NDArray[np.bool_]
Columns = dict[str, Longs]


@dataclass(slots=True)
class Codes:
    """Values by number, in the order of coming."""

    numbers: dict[str | None, int] = field(default_factory=dict)
    values: list[str | None] = field(default_factory=list)

    def of(self, value: str | None) -> int:
        """The number of a value, given where it has none."""
        number = self.numbers.get(value)
        if number is None:
            number = self.numbers[value] = len(self.values)
            self.values.append(value)
        return number


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as columns that never change, in the order of `key`, of which several rows may have one."""

    key: Longs
    columns: Columns

    @classmethod
    def of(cls, key: Longs, columns: Columns) -> Self:
        """The same rows in order."""
        order = np.argsort(key, kind="stable")
        return cls(key[order], {name: column[order] for name, column in columns.items()})

    def only(self, mask: Bools) -> Table:
        """Some of the rows."""
        return Table(self.key[mask], {name: column[mask] for name, column in self.columns.items()})

    def joined(self, other: Table) -> Table:
        """The rows of both."""
        both = {name: np.concatenate([column, other.columns[name]]) for name, column in self.columns.items()}
        return Table.of(np.concatenate([self.key, other.key]), both)

    def places(self, keys: Longs) -> tuple[Longs, Longs]:
        """The rows that have these keys, and of each the place of its key among them."""
        begins = np.searchsorted(self.key, keys, "left")
        many = np.searchsorted(self.key, keys, "right") - begins
        return runs(begins, many), np.repeat(np.arange(len(keys)), many)


@dataclass(frozen=True)
class Found:
    """Rows of layers; each column is taken when it is asked for. `which`: whose they are, where they were looked up."""

    parts: tuple[tuple[Table, Longs], ...]
    which: Longs

    def __getitem__(self, name: str) -> Longs:
        return np.concatenate([table.columns[name][rows] for table, rows in self.parts])

    @cached_property
    def key(self) -> Longs:
        """The keys of the rows."""
        return np.concatenate([table.key[rows] for table, rows in self.parts])


@dataclass(frozen=True, slots=True)
class Layers:
    """A table and what has changed in it since: `gone` are its rows that are no more, `late` those that came."""

    base: Table
    gone: Bools
    late: Table

    @classmethod
    def of(cls, base: Table) -> Self:
        """A table in which nothing has changed yet."""
        return cls(base, np.zeros(len(base.key), bool), base.only(np.zeros(len(base.key), bool)))

    def changed(self, stale: Callable[[Table], Bools], new: Table) -> Layers:
        """Without the rows that are stale, with others; these stay as they are for whoever reads them."""
        gone, late = self.gone | stale(self.base), self.late.only(~stale(self.late)).joined(new)
        changed = Layers(self.base, gone, late)
        return changed.sorted_in() if len(late.key) > MOST_LATE else changed

    def sorted_in(self) -> Layers:
        """The same rows in one table."""
        return Layers.of(self.base.only(~self.gone).joined(self.late))

    def where(self, wanted: Callable[[Table], Bools]) -> Found:
        """The rows that are wanted."""
        base, late = np.flatnonzero(wanted(self.base) & ~self.gone), np.flatnonzero(wanted(self.late))
        return Found(((self.base, base), (self.late, late)), np.arange(len(base) + len(late)))

    def having(self, keys: Longs, shown: Bools) -> Found:
        """The rows of these keys that somebody sees to whom these markings are shown."""
        parts, whose = [], []
        for table, gone in ((self.base, self.gone), (self.late, None)):
            rows, which = table.places(keys)
            there = shown[table.columns["mk"][rows]]
            if gone is not None:
                there &= ~gone[rows]
            parts.append((table, rows[there]))
            whose.append(which[there])
        return Found(tuple(parts), np.concatenate(whose))


def keys_of(ids: Sequence[str]) -> Longs:
    """The 60 bits of each id that tell it from others."""
    return shorts([id_[2 : 2 + SHORT] for id_ in ids])


def shorts(texts: Sequence[str]) -> Longs:
    """The same of the characters of ids that are these bits."""
    return ordered_numbers("".join(texts)) if texts else np.zeros(0, np.int64)


def among(keys: Longs) -> Callable[[Table], Bools]:
    """Whether a row has one of these keys, which are sorted."""

    def stale(table: Table) -> Bools:
        mask = np.zeros(len(table.key), bool)
        mask[table.places(keys)[0]] = True
        return mask

    return stale


def events(rows: Sequence[Sequence[Any]], codes: Mapping[str, Codes]) -> Table:
    """A table of events, each as `live/kept` and `live/kept_of` return it."""
    ids, *values = zip(*rows, strict=True) if rows else ((), *(() for _ in _EVENT))
    said = dict(zip(_EVENT, values, strict=True))
    columns = {name: np.array(said[name], np.int64) for name in ("at", "mk", "officers")}
    columns |= {name: np.array([codes[name].of(value) for value in said[name]], np.int64) for name in _CODES}
    columns |= {name: epochs(said[name]) for name in _TIMES}
    return Table.of(shorts(ids), columns)


def no_codes() -> dict[str, Codes]:
    """Codes of nothing yet, but for kinds, whose numbers are those of `KINDS`."""
    codes = {name: Codes() for name in _CODES}
    for kind in KINDS:
        codes["kind"].of(kind)
    return codes


def epochs(texts: Sequence[str | None]) -> Longs:
    """Times in UTC as epochs: one to the minute stands for its first second, a coarser one is LONG_OVER, none NEVER."""
    sizes = np.array([0 if text is None else len(text) for text in texts], dtype=np.int64)
    found = np.where(sizes == 0, NEVER, LONG_OVER)
    for size in (_SECONDS, _MINUTES):
        places = np.flatnonzero(sizes == size).tolist()
        # The last letter is the Z: numpy takes every time for UTC.
        said = np.array([(texts[place] or "")[: size - 1] for place in places], dtype="datetime64[s]")
        found[places] = said.astype(np.int64)
    return found
