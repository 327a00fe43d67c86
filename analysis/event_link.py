"""What events are tied to, as columns: where they happened and what that lies in, who called, who deals with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from analysis.column import Bools, Codes, Found, Layers, Longs, Table, among, keys_of
from graph.batch import batched
from graph.store import Rows, Store

# What a link says of an event: it was at an address or place, or in a postcode or area; who called; who is on it.
AT, SOMEWHERE, CALLED, HANDLED = range(4)
# Areas lie in each other; so many steps are followed from where something happened, as `live/areas` does.
_STEPS = 3
# So many things are asked about at once.
ASKED = 2_000
NO_NAME = -1


@dataclass(slots=True)
class Numbers:
    """Things by numbers, which they keep: the places of their keys among the first, then in the order of coming."""

    first: Longs
    later: dict[int, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.first) + len(self.later)

    def find(self, keys: Longs) -> Longs:
        """The number of each, -1 for what has none."""
        places = np.searchsorted(self.first, keys)
        inside = places < len(self.first)
        there = inside.copy()
        there[inside] = self.first[places[inside]] == keys[inside]
        found = np.where(there, places, -1)
        for place in np.flatnonzero(~there).tolist():
            found[place] = self.later.get(int(keys[place]), -1)
        return found

    def give(self, keys: Longs) -> Longs:
        """The number of each, given where it has none."""
        found = self.find(keys)
        for place in np.flatnonzero(found < 0).tolist():
            found[place] = self.later.setdefault(int(keys[place]), self.count)
        return found


@dataclass(frozen=True, slots=True)
class EventLinks:
    """The links of events by their keys (`thing`, `mk`, `what`), and what lies in what (`upper`, `mk`), by numbers.

    `named`: the code of each thing's name, of areas and of the units of officers; `area`: which are areas.
    """

    numbers: Numbers
    links: Layers
    within: Layers
    named: Longs
    area: Bools
    names: Codes

    def of(self, events: Longs, shown: Bools) -> Found:
        """The visible links of events; `which`: of which of these."""
        return self.links.having(events, shown)

    def inside(self, area: str, shown: Bools) -> Bools:
        """By number what visibly lies in an area, itself included."""
        there = np.zeros(len(self.named), bool)
        (number,) = self.numbers.find(keys_of([area]))
        if not 0 <= number < len(there):
            return there
        there[number] = True
        lies = self.within.where(lambda table: shown[table.columns["mk"]])
        lower, upper = lies.key, lies["upper"]
        for _ in range(_STEPS):
            there[lower[there[upper]]] = True
        return there

    def areas(self, things: Longs, shown: Bools) -> tuple[Longs, Longs]:
        """In which areas each of these things visibly lies, itself included: its place and the code of a name, once."""
        whose, at = np.arange(len(things)), things
        found = [(whose, at)]
        for _ in range(_STEPS):
            above = self.within.having(at, shown)
            whose, at = once(whose[above.which], above["upper"], len(self.named))
            found.append((whose, at))
        whose, at = (np.concatenate(each) for each in zip(*found, strict=True))
        named = self.area[at]
        return once(whose[named], self.named[at[named]], len(self.names.values))

    def changed(self, store: Store, touched: Sequence[str], since: int) -> EventLinks:
        """The same with all that is said of these things, of events from a moment on, as it is now."""
        keys = keys_of(touched)
        numbers = self.numbers.find(keys)
        known, events = np.sort(numbers[numbers >= 0]), np.sort(keys)

        def stale(table: Table) -> Bools:
            # Those who call are where links start; all others start at events.
            calls = (table.columns["what"] == CALLED) & np.isin(table.columns["thing"], known)
            mask: Bools = among(events)(table) | calls
            return mask

        said = [
            each
            for part in batched(touched, ASKED)
            for each in _said(store.internal("live/links_of", ids=part, since=since))
        ]
        again = [id_ for id_, number in zip(touched, numbers.tolist(), strict=True) if number >= 0]
        around = _around(store, [*again, *self._new(said)], self.numbers)
        return self._with(self.links.changed(stale, _links(said, self.numbers)), around)

    def _new(self, said: Sequence[Sequence[Any]]) -> list[str]:
        """The things that links lead to and that nothing is known of yet."""
        ids = sorted({thing for _, thing, _, what in said if what != CALLED})
        return [id_ for id_, number in zip(ids, self.numbers.find(keys_of(ids)).tolist(), strict=True) if number < 0]

    def _with(self, links: Layers, around: Rows) -> EventLinks:
        """The same with other links, and with what some things lie in, and are called."""
        at = self.numbers.give(keys_of([row["id"] for row in around]))
        lies = _lies(around, self.numbers)
        more = self.numbers.count - len(self.named)
        named = np.concatenate([self.named, np.full(more, NO_NAME)])
        area = np.concatenate([self.area, np.zeros(more, bool)])
        named[at] = [NO_NAME if row["name"] is None else self.names.of(row["name"]) for row in around]
        area[at] = [row["area"] for row in around]
        within = self.within.changed(among(np.sort(at)), lies)
        return EventLinks(self.numbers, links, within, named, area, self.names)


def read(store: Store, spans: Iterable[tuple[int, int]]) -> EventLinks:
    """The links of all events that began in one of these spans."""
    said = [each for low, high in spans for each in _said(store.internal("live/links", since=low, until=high))]
    numbers = Numbers(np.unique(keys_of([thing for _, thing, _, _ in said])))
    nothing = EventLinks(
        numbers,
        Layers.of(_links(said, numbers)),
        Layers.of(_lies([], numbers)),
        np.zeros(0, np.int64),
        np.zeros(0, bool),
        Codes(),
    )
    around = _around(store, sorted({thing for _, thing, _, what in said if what != CALLED}), numbers)
    made = nothing._with(nothing.links, around)
    return EventLinks(numbers, made.links, made.within.sorted_in(), made.named, made.area, made.names)


def once(some: Longs, others: Longs, size: int) -> tuple[Longs, Longs]:
    """Each pair once, in order; of the others each is less than `size`."""
    size = max(1, size)
    pairs = np.sort(some * size + others)
    first = np.ones(len(pairs), bool)
    first[1:] = pairs[1:] != pairs[:-1]
    return pairs[first] // size, pairs[first] % size


def _said(rows: Rows) -> Sequence[Sequence[Any]]:
    """Event, thing, marking and what it says, of each link."""
    (row,) = rows
    links: Sequence[Sequence[Any]] = row["links"]
    return links


def _links(said: Sequence[Sequence[Any]], numbers: Numbers) -> Table:
    things = numbers.give(keys_of([thing for _, thing, _, _ in said]))
    mks, ways = (np.array([each[place] for each in said], np.int64) for place in (2, 3))
    return Table.of(keys_of([event for event, _, _, _ in said]), {"thing": things, "mk": mks, "what": ways})


def _lies(around: Rows, numbers: Numbers) -> Table:
    said = [(row["id"], upper, mk) for row in around for upper, mk in row["uppers"]]
    lower, upper = (numbers.give(keys_of([each[place] for each in said])) for place in (0, 1))
    return Table.of(lower, {"upper": upper, "mk": np.array([mk for _, _, mk in said], np.int64)})


def _around(store: Store, ids: Sequence[str], numbers: Numbers) -> Rows:
    """What these are called and lie in, and all that this lies in and is not known yet."""
    found: Rows = []
    asked, seen = list(ids), set(ids)
    while asked:
        rows = [row for part in batched(asked, ASKED) for row in store.internal("live/around", ids=part)]
        found += rows
        uppers = sorted({upper for row in rows for upper, _ in row["uppers"]} - seen)
        seen.update(uppers)
        known = numbers.find(keys_of(uppers)).tolist()
        asked = [id_ for id_, number in zip(uppers, known, strict=True) if number < 0]
    return found
