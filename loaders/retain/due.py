"""What is due, and when: worked out of events, the people in them and what reviews say; pure.

A person is kept as long as the highest group of the events in which they came to notice asks for, counted from the last
of those: a new matter makes all older ones wait. An event is kept as long as its own group asks for and as its people
who came to notice in it; whoever only had another part in it (victim, witness) as long as it. What keeps an event
beyond its term, a word or its source's day of review, keeps whoever came to notice in it too; and a word on anybody
with a part in it, whichever, keeps the event.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from loaders.retain.policy import LAST, Policy

HOLD, RETAIN, DISPOSE = "HOLD", "RETAIN", "DISPOSE"
# What stands against a record of which the use is restricted: it is kept, mostly as evidence, until that is closed.
# Source: Data Protection Act 2018, section 47.
RESTRICTED = "RESTRICTED"
_HOLDING = frozenset({HOLD, RESTRICTED})


@dataclass(frozen=True, slots=True)
class Word:
    """A standing review of a record or event, or a restriction of it, said `at` (epoch).

    `until`: the day (epoch) to which RETAIN keeps it.
    """

    record: str
    verdict: str
    until: int | None = None
    at: int = 0
    id: str = ""

    def keeps(self, now: int) -> bool:
        """Whether nothing of it may go by then, whoever else may."""
        return self.verdict in _HOLDING or (self.verdict == RETAIN and (self.until is None or self.until > now))


@dataclass(frozen=True, slots=True)
class Event:
    """An event: when it was (epoch, None where nobody knows), the group and the day of review that its source gives."""

    id: str
    kind: str
    type: str | None
    at: int | None
    group: int | None = None
    review_on: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever is one across compartments: ids of entities and records, parts in events as (event, role).

    `seen`: the date of the newest record (epoch).
    """

    entities: tuple[str, ...]
    records: tuple[str, ...]
    born: int | None
    seen: int | None
    parts: tuple[tuple[str, str | None], ...]
    group: int | None = None
    review_on: int | None = None

    @property
    def id(self) -> str:
        """The first of its entities."""
        return self.entities[0]


@dataclass(slots=True)
class Standing:
    """How a person or event stands: the group, what it is counted from and when it is due (epoch; None: never).

    `ready`: it may go now; `asks`: it is due and somebody has to say what becomes of it; `held`: a hold or a
    restriction stands.
    """

    id: str
    kind: str
    group: int
    since: int | None
    due: int | None
    ready: bool
    asks: bool
    held: bool
    because: str
    ids: tuple[str, ...] = field(default=())


def years_after(epoch: int, years: int) -> int:
    """The same day so many years later, at midnight UTC; 29 February becomes 1 March."""
    day = datetime.fromtimestamp(epoch, UTC).date()
    try:
        later = day.replace(year=day.year + years)
    except ValueError:
        later = day.replace(year=day.year + years, month=3, day=1)
    return int(datetime(later.year, later.month, later.day, tzinfo=UTC).timestamp())


def standings(
    policy: Policy, now: int, events: Iterable[Event], people: Sequence[Person], words: Iterable[Word]
) -> list[Standing]:
    """How every event and person stands, events first, each in the order given."""
    return _Reckoning(policy, now, {event.id: event for event in events}, people, words).all()


@dataclass(frozen=True, slots=True)
class _Bars:
    """What keeps something beside its term: why it is held, and the days before which it does not go."""

    holds: frozenset[str]
    days: tuple[int, ...]

    def and_of(self, other: _Bars, why: str) -> _Bars:
        """These, and what keeps another thing, of which each hold is told as `why`."""
        return _Bars(self.holds | ({why} if other.holds else set()), self.days + other.days)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whether anybody ever said DISPOSE, and of how many of the records it was said since the last notice."""

    at_all: bool
    said: int
    records: int

    @property
    def whole(self) -> bool:
        """Whether it was said of everything."""
        return 0 < self.records == self.said


class _Reckoning:
    def __init__(
        self,
        policy: Policy,
        now: int,
        events: Mapping[str, Event],
        people: Sequence[Person],
        words: Iterable[Word],
    ) -> None:
        self._policy, self._now, self._events, self._people = policy, now, events, people
        self._words: dict[str, list[Word]] = {}
        for word in words:
            self._words.setdefault(word.record, []).append(word)
        self._groups = {event.id: policy.group(event.kind, event.type, event.group) for event in events.values()}
        self._event_bars = {event.id: self._bars((event.id,), event.review_on) for event in events.values()}
        for person in people:
            said = self._bars(person.records, None)
            if said.holds or said.days:
                for id_ in {event for event, _ in person.parts}.intersection(events):
                    own = self._event_bars[id_]
                    self._event_bars[id_] = own.and_of(said, "held with somebody who had a part in it")

    def all(self) -> list[Standing]:
        people = {person.id: self._own_person(person) for person in self._people}
        events = {id_: self._own_event(event) for id_, event in self._events.items()}
        for person in self._people:
            for event, role in person.parts:
                if event in events and self._notice(role):
                    _wait_for(events[event], people[person.id], "whoever came to notice in it")
        for person in self._people:
            for event, role in person.parts:
                if event in events and not self._notice(role):
                    _wait_for(people[person.id], events[event], "an event they had a part in")
        return [*events.values(), *people.values()]

    def _notice(self, role: str | None) -> bool:
        return role is None or role in self._policy.notice

    def _own_person(self, person: Person) -> Standing:
        noticed = [self._events[event] for event, role in person.parts if event in self._events and self._notice(role)]
        given = [group for group in self._policy.groups if group == person.group]
        group = min([*given, *(self._groups[event.id] for event in noticed)], default=LAST)
        dates = [event.at for event in noticed]
        known = [at for at in dates if at is not None]
        last = None if None in dates else max(known, default=person.seen)
        asked = self._asked(person.records, max(known, default=None))
        ids = (*person.entities, *person.records)
        bars = self._bars(person.records, person.review_on)
        for event in noticed:
            bars = bars.and_of(self._event_bars[event.id], "held with an event in which they came to notice")
        return self._standing(person.id, "Person", ids, group, last, person.born, bars, asked)

    def _own_event(self, event: Event) -> Standing:
        ids = (event.id,)
        bars, asked = self._event_bars[event.id], self._asked(ids, event.at)
        return self._standing(event.id, event.kind, ids, self._groups[event.id], event.at, None, bars, asked)

    def _bars(self, ids: Iterable[str], review_on: int | None) -> _Bars:
        words = [word for id_ in ids for word in self._words.get(id_, ())]
        holds = frozenset(word.verdict for word in words if word.verdict in _HOLDING)
        days = [word.until for word in words if word.verdict == RETAIN and word.until is not None]
        return _Bars(holds, (*days, *([] if review_on is None else [review_on])))

    def _asked(self, records: Sequence[str], noticed: int | None) -> _Asked:
        """Of a word that was said before the last notice nobody knows whether it would be said again."""
        words = [[word for word in self._words.get(each, ()) if word.verdict == DISPOSE] for each in records]
        said = sum(any(noticed is None or word.at >= noticed for word in each) for each in words)
        return _Asked(any(words), said, len(records))

    def _standing(
        self,
        id_: str,
        kind: str,
        ids: tuple[str, ...],
        group: int,
        since: int | None,
        born: int | None,
        bars: _Bars,
        asked: _Asked,
    ) -> Standing:
        term, held = self._policy.groups[group], bool(bars.holds)
        because = "; ".join([f"group {group}: {term.clear_years} clear years", *sorted(bars.holds)])
        if not term.automatic and asked.at_all and not asked.whole:
            because += f"; DISPOSE counts for {asked.said} of {asked.records} records"
        if since is None:
            return Standing(id_, kind, group, None, None, False, False, held, f"{because}; undated", ids)
        due = max([years_after(since, term.clear_years), *bars.days])
        of_age = term.until_age is None or born is None or years_after(born, term.until_age) <= self._now
        is_due = due <= self._now
        may_go = (term.automatic or asked.whole) and of_age
        return Standing(
            id_, kind, group, since, due, is_due and may_go and not held, is_due and not may_go, held, because, ids
        )


def _wait_for(one: Standing, other: Standing, why: str) -> None:
    """What one may do is bound by another."""
    if not other.ready and one.ready:
        one.ready, one.because = False, f"{one.because}; waits for {why}"
    if one.due is not None and other.due is not None and other.due > one.due:
        one.due = other.due
        one.asks = False
