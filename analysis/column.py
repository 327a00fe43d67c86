"""Events as columns of numbers: what figures are counted from without the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

KINDS = ("Incident", "Crime", "PublicEvent")
# A time that there is none of; one known only to the day or worse, which is long over.
NEVER = np.iinfo(np.int64).max
LONG_OVER = np.iinfo(np.int64).min
# What is in no answer has a marking that nobody holds.
GONE = -1
_TIMES = ("opened", "assigned", "arrived", "closed")
_CODES = ("kind", "type", "priority", "status")
_NUMBERS = ("at", "mk", "officers")
_SECONDS, _MINUTES = 20, 17

Columns = dict[str, NDArray[np.int64]]


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


@dataclass(slots=True)
class Table:
    """Events by id (`ids`, ascending, each once), and their columns in that order."""

    ids: NDArray[np.bytes_]
    columns: Columns

    def drop(self, ids: Iterable[bytes]) -> None:
        """Take these out of every answer; those that it does not hold are nothing to it."""
        sought = np.array(sorted(ids), dtype=self.ids.dtype if len(self.ids) else "S1")
        places = np.searchsorted(self.ids, sought)
        inside = places < len(self.ids)
        places, sought = places[inside], sought[inside]
        self.columns["mk"][places[self.ids[places] == sought]] = GONE

    def between(self, since: int, until: int) -> Columns:
        """The columns of what began from one moment on and before another."""
        at = self.columns["at"]
        chosen = np.flatnonzero((at >= since) & (at < until))
        return {name: column[chosen] for name, column in self.columns.items()}


def table(rows: Iterable[Mapping[str, Any]], codes: Mapping[str, Codes]) -> Table:
    """A table of rows as `live/kept` returns them; of rows of one id one is taken."""
    by_id = {row["id"].encode(): row for row in rows}
    ids = sorted(by_id)
    ordered = [by_id[id_] for id_ in ids]
    columns = {name: np.array([row[name] for row in ordered], dtype=np.int64) for name in _NUMBERS}
    columns |= {name: np.array([codes[name].of(row[name]) for row in ordered], dtype=np.int64) for name in _CODES}
    columns |= {name: epochs([row[name] for row in ordered]) for name in _TIMES}
    return Table(np.array(ids, dtype=np.bytes_), columns)


def joined(tables: Sequence[Table]) -> Table:
    """One table of what several hold that is in any answer; no id is so in two."""
    shown = [each.columns["mk"] != GONE for each in tables]
    filled = [(each, mask) for each, mask in zip(tables, shown, strict=True) if len(each.ids)]
    if not filled:
        return table((), no_codes())
    ids = np.concatenate([each.ids[mask] for each, mask in filled])
    order = np.argsort(ids, kind="stable")
    columns = {
        name: np.concatenate([each.columns[name][mask] for each, mask in filled])[order] for name in tables[0].columns
    }
    return Table(ids[order], columns)


def no_codes() -> dict[str, Codes]:
    """Codes of nothing yet, but for kinds, whose numbers are those of `KINDS`."""
    codes = {name: Codes() for name in _CODES}
    for kind in KINDS:
        codes["kind"].of(kind)
    return codes


def epochs(texts: Sequence[str | None]) -> NDArray[np.int64]:
    """Times in UTC as epochs: one to the minute stands for its first second, a coarser one is LONG_OVER, none NEVER."""
    sizes = np.array([0 if text is None else len(text) for text in texts], dtype=np.int64)
    found = np.where(sizes == 0, NEVER, LONG_OVER)
    for size in (_SECONDS, _MINUTES):
        places = np.flatnonzero(sizes == size).tolist()
        # The last letter is the Z: numpy takes every time for UTC.
        said = np.array([(texts[place] or "")[: size - 1] for place in places], dtype="datetime64[s]")
        found[places] = said.astype(np.int64)
    return found
