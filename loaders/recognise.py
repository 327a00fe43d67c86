"""Files read past the rows that the graph holds already: those are known by their stamps and need not be checked.

A first pass over the whole file says of each row whether it is known, and which keys come again (by their slots, eight
bytes each): rows that have such a key are checked like new ones, so that repeats are found as ever. Where no row is
left the file is done; otherwise it is taken apart once more for the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from graph.collector import collector_off
from graph.ids import numbers, short
from loaders.job import EncodedChunk, Reader
from loaders.known import NEVER, Known, Numbers, Seen
from loaders.reader import Held
from loaders.reader_table import Table

# The slot of a row without a key, which is bad however often it comes.
_NONE = -1


@dataclass(slots=True)
class _Look:
    """What is known of a table: of each row its place among the known (-1: it is not) and its slot; dates as `Seen`."""

    places: Numbers
    slots: Numbers
    as_of: Numbers | int | None
    read: int

    @property
    def settled(self) -> bool:
        """Whether no row of it is left to be checked, nor rejected."""
        return len(self.places) == self.read and bool((self.places >= 0).all())

    def seen(self, known: Known) -> Seen:
        """Its known rows."""
        there = self.places >= 0
        dates = self.as_of[there] if isinstance(self.as_of, np.ndarray) else self.as_of
        return Seen(known, self.places[there], dates)


def read_unknown(reader: Reader, known: Known) -> Iterator[EncodedChunk]:
    """The chunks of a file as it would be read without what is known, but that known rows are only named in them."""
    with collector_off():
        looks = [_look(reader, table, known) for table in reader.plain()]
        again = _again(looks)
        known.forget(np.concatenate([again, *(look.slots[look.places < 0] for look in looks)]))
    left = [at for at, look in enumerate(looks) if not look.settled]
    tables, held = reader.plain() if left else iter(()), Held()
    for at, look in enumerate(looks):
        seen = look.seen(known)
        if not left or at > left[-1]:
            yield EncodedChunk([], [], look.read, 0, seen.findings(), seen)
            continue
        rest = np.flatnonzero(look.places < 0)
        places = None if len(looks) == 1 else set(np.flatnonzero(np.isin(look.slots[rest], again)).tolist())
        chunk, more = reader.read(next(tables).picked(rest.tolist()), places)
        held.add(more)
        chunk.findings.update(seen.findings())
        yield EncodedChunk(chunk.rows, chunk.rejects, look.read, chunk.repeated, chunk.findings, seen)
    if held:
        yield reader.encoded(held.settled())


def _look(reader: Reader, table: Table, known: Known) -> _Look:
    stamped = reader.checker.stamped(table)
    places = known.places(stamped.digests)
    slots = known.slots[places] if len(known) else np.full(len(places), _NONE)
    rest = np.flatnonzero(places < 0)
    if len(rest):
        keys = reader.checker.keys(table.picked(rest.tolist()))
        slots[rest] = numbers("".join(map(short, reader.encoder.slots(keys))))
        slots[rest[[not key for key in keys]]] = _NONE
    return _Look(places, slots, _dates(stamped.as_of), table.read)


def _dates(own: list[int | None] | int | None) -> Numbers | int | None:
    if isinstance(own, list):
        return np.array([NEVER if date is None else date for date in own], np.int64)
    return own


def _again(looks: list[_Look]) -> Numbers:
    """The slots that come more than once; their rows are known no more."""
    slots = np.sort(np.concatenate([look.slots for look in looks]))
    again = np.unique(slots[1:][(slots[1:] == slots[:-1]) & (slots[1:] != _NONE)])
    if len(again):
        for look in looks:
            look.places[np.isin(look.slots, again)] = -1
    return again
