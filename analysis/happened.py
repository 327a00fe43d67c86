"""What one viewer sees of a span, counted from columns as the database counts it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from analysis.column import KINDS, LONG_OVER, NEVER, Bools, Codes, Found, Layers, Longs, Table
from analysis.event_link import AT, CALLED, HANDLED, SOMEWHERE, EventLinks, once
from analysis.network import runs
from analysis.span import Row, Span
from security.viewer import Viewer

_Key: TypeAlias = tuple[int, str | None]
_REPEATED = 2


@dataclass(frozen=True, slots=True)
class Some:
    """Some of the events, by their places among those that were found."""

    found: Found
    places: Longs

    def __getitem__(self, name: str) -> Longs:
        column: Longs = (self.found.key if name == "key" else self.found[name])[self.places]
        return column

    def only(self, mask: Bools) -> Some:
        """Some of these."""
        return Some(self.found, self.places[mask])


@dataclass(frozen=True)
class Happened:
    """What one viewer sees of a span, counted from columns: rows as `analysis.recount.Counted` says."""

    span: Span
    seen: Some
    links: EventLinks
    shown: Bools
    codes: dict[str, Codes]

    @classmethod
    def of(
        cls, viewer: Viewer, span: Span, area: str | None, events: Layers, links: EventLinks, codes: dict[str, Codes]
    ) -> Happened:
        """What the viewer sees of these, in an area or everywhere."""
        shown = _shown(viewer.allowed, events, links)

        def wanted(table: Table) -> Bools:
            at = table.columns["at"]
            mask: Bools = (at >= span.since) & (at < span.until) & shown[table.columns["mk"]]
            return mask

        found = events.where(wanted)
        places = np.arange(len(found.which))
        if area is not None:
            tied = links.of(found.key, shown)
            where = np.isin(tied["what"], (AT, SOMEWHERE)) & links.inside(area, shown)[tied["thing"]]
            places = np.unique(tied.which[where])
        return cls(span, Some(found, places), links, shown, codes)

    def incidents(self) -> Sequence[Row]:
        """Incidents by step, and by all that figures are made of."""
        one = self._incidents
        open_, assigned = self._standing(one)
        by = {"step": self._steps(one), **{name: one[name] for name in ("priority", "type", "status")}}
        return self._grouped(by | {"open": open_.astype(np.int64), "assigned": assigned.astype(np.int64)})

    def events(self) -> Sequence[Row]:
        """Crimes and policed events by step and type."""
        one = self.seen.only(self.seen["kind"] != KINDS.index("Incident"))
        by = {"step": self._steps(one), "kind": one["kind"], "type": one["type"]}
        return self._grouped(by, one["officers"])

    def responses(self) -> Sequence[Row]:
        """Percentiles of the seconds from opening to arrival."""
        one, seconds = self._attended()
        told: list[Row] = [
            {"window": window, "priority": priority, "step": None, **_half_and_most(part)}
            for (window, priority), part in self._by_window(one, seconds)
        ]
        for step, part in _parted(self._steps(one), seconds):
            told.append({"window": step // self.span.steps, "priority": None, "step": step, **_half_and_most(part)})
        return told

    def times(self) -> Sequence[Row]:
        """How many were reached within each number of seconds, in the window."""
        one, seconds = self._attended()
        values, counts = np.unique(seconds[one["at"] >= self.span.ends[0]], return_counts=True)
        return [{"seconds": int(v), "count": int(n)} for v, n in zip(values, counts, strict=True)]

    def waits(self) -> Sequence[Row]:
        """How long what waits has waited."""
        one = self._incidents
        open_, assigned = self._standing(one)
        one = one.only(open_ & ~assigned)
        return [
            {"window": window, "priority": priority, "half": _rank(part, 0.5), "longest": int(part[-1])}
            for (window, priority), part in self._by_window(one, self._ends(one) - one["at"])
        ]

    def repeats(self) -> Sequence[Row]:
        """Callers and locations that had two or more."""
        one, told = self._incidents, list[Row]()
        windows = self._windows(one)
        for what, which in (("locations", AT), ("callers", CALLED)):
            event, thing = self._tied(which)
            for window in (0, 1):
                had = np.bincount(thing[windows[event] == window])
                if count := int(np.count_nonzero(had >= _REPEATED)):
                    told.append({"window": window, "what": what, "count": count})
        return told

    def areas(self) -> Sequence[Row]:
        """Incidents, and open ones, by window and area."""
        one = self._incidents
        event, thing = self._tied(AT, SOMEWHERE)
        things, place = np.unique(thing, return_inverse=True)
        whose, area = self.links.areas(things, self.shown)
        # Each event with each area that any of its locations lies in.
        begins = np.searchsorted(whose, np.arange(len(things) + 1))
        many = (begins[1:] - begins[:-1])[place]
        at = runs(begins[place], many)
        size = len(self.links.names.values)
        event, area = once(np.repeat(event, many), area[at], size)
        windows, open_ = self._windows(one)[event], self._standing(one)[0][event]
        counts = [
            np.bincount(key, minlength=2 * size) for key in (windows * size + area, (windows * size + area)[open_])
        ]
        return [
            {"window": key // size, "area": self.links.names.values[key % size], "count": count, "open": still}
            for key, (count, still) in enumerate(zip(*(each.tolist() for each in counts), strict=True))
            if count
        ]

    def committed(self) -> Sequence[Row]:
        """Officers at what was assigned and not closed, by window and unit."""
        one = self._incidents
        open_, assigned = self._standing(one)
        event, officer = self._tied(HANDLED)
        standing = (open_ & assigned)[event]
        size = len(self.links.named)
        window, officer = once(self._windows(one)[event[standing]], officer[standing], size)
        units = len(self.links.names.values)
        keys, counts = np.unique(window * units + self.links.named[officer], return_counts=True)
        return [
            {"window": int(key // units), "unit": self.links.names.values[key % units], "count": int(count)}
            for key, count in zip(keys, counts, strict=True)
        ]

    @cached_property
    def _incidents(self) -> Some:
        return self.seen.only(self.seen["kind"] == KINDS.index("Incident"))

    @cached_property
    def _ties(self) -> Found:
        """The visible links of the incidents."""
        return self.links.of(self._incidents["key"], self.shown)

    def _tied(self, *ways: int) -> tuple[Longs, Longs]:
        """The incidents, by their places, and what they are tied to in one of these ways, each two once."""
        chosen = np.isin(self._ties["what"], ways)
        return once(self._ties.which[chosen], self._ties["thing"][chosen], len(self.links.named))

    def _steps(self, one: Some) -> NDArray[np.int64]:
        return (one["at"] - self.span.since) // self.span.step

    def _windows(self, one: Some) -> Longs:
        return self._steps(one) // self.span.steps

    def _ends(self, one: Some) -> NDArray[np.int64]:
        return np.where(one["at"] >= self.span.ends[0], *reversed(self.span.ends))

    def _standing(self, one: Some) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which were open, and which assigned, at the end of their window."""
        ends = self._ends(one)
        return one["closed"] >= ends, one["assigned"] < ends

    def _attended(self) -> tuple[Some, NDArray[np.int64]]:
        """The incidents whose response is known, and its seconds: times known to the day or worse say nothing."""
        one = self._incidents
        one = one.only(_exact(one["arrived"]))
        seconds = one["arrived"] - np.where(_exact(one["opened"]), one["opened"], one["at"])
        return one.only(seconds >= 0), seconds[seconds >= 0]

    def _by_window(self, one: Some, seconds: NDArray[np.int64]) -> Iterator[tuple[_Key, NDArray[np.int64]]]:
        """Seconds by window, and by window and priority, in order."""
        windows = self._windows(one)
        named = self._named("priority", one["priority"])
        for window in np.unique(windows):
            yield (int(window), None), np.sort(seconds[windows == window])
            for name in np.unique(named[windows == window]):
                yield (int(window), str(name)), np.sort(seconds[(windows == window) & (named == name)])

    def _named(self, name: str, codes: NDArray[np.int64]) -> NDArray[np.str_]:
        values = ["unknown" if value is None else value for value in self.codes[name].values]
        return np.array(values or [""], dtype=np.str_)[codes]

    def _grouped(self, by: Mapping[str, NDArray[np.int64]], officers: NDArray[np.int64] | None = None) -> list[Row]:
        """How many have each combination of these columns, and the sum of the officers where they are given."""
        sizes = [int(column.max(initial=0)) + 1 for column in by.values()]
        places, counts, sums = _combined(list(by.values()), sizes, officers)
        found = zip(by, np.unravel_index(places, sizes), strict=True)
        columns = {name: self._said(name, numbers) for name, numbers in found} | {"count": counts.tolist()}
        columns |= {} if sums is None else {"officers": sums.tolist()}
        return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]

    def _said(self, name: str, numbers: NDArray[np.intp]) -> list[Any]:
        if name in self.codes:
            return [self.codes[name].values[number] for number in numbers]
        return list(numbers.astype(bool).tolist() if name in ("open", "assigned") else numbers.tolist())


def _shown(allowed: Collection[int], events: Layers, links: EventLinks) -> Bools:
    """By the number of a marking whether it is among these."""
    tables = [table for each in (events, links.links, links.within) for table in (each.base, each.late)]
    most = max(int(table.columns["mk"].max(initial=0)) for table in tables)
    shown = np.zeros(most + 1, bool)
    shown[[mk for mk in allowed if mk <= most]] = True
    return shown


def _exact(times: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which times are known to the minute at least."""
    known: NDArray[np.bool_] = (times != NEVER) & (times != LONG_OVER)
    return known


def _combined(
    columns: Sequence[NDArray[np.int64]], sizes: Sequence[int], officers: NDArray[np.int64] | None
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64] | None]:
    """The combinations that there are, as one number each, how many have each, and the sums of officers."""
    numbers = np.ravel_multi_index(tuple(columns), tuple(sizes))
    places, inverse, counts = np.unique(numbers, return_inverse=True, return_counts=True)
    if officers is None:
        return places, counts, None
    sums = np.zeros(len(places), dtype=np.int64)
    np.add.at(sums, inverse, officers)
    return places, counts, sums


def _parted(keys: NDArray[np.int64], seconds: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Seconds by key, in order."""
    order = np.lexsort((seconds, keys))
    found, starts = np.unique(keys[order], return_index=True)
    for key, part in zip(found, np.split(seconds[order], starts[1:]), strict=False):
        yield int(key), part


def _rank(ordered: NDArray[np.int64], share: float) -> int:
    """The nearest rank, as the database's percentileDisc has it."""
    return int(ordered[ceil(share * len(ordered)) - 1])


def _half_and_most(ordered: NDArray[np.int64]) -> dict[str, int]:
    return {"half": _rank(ordered, 0.5), "most": _rank(ordered, 0.9)}
