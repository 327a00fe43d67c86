"""A subject's pattern of life: when, where, with whom and by what it appears in events, and what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from analysis.bound import DAY_S, MOST_DAYS
from analysis.usual import Shift, Tally, Usual
from graph.answer import EntityView, Truncation
from graph.errors import BadInput, NotFound
from graph.model import EVENTS
from graph.open import Graph
from graph.read.denied import NOTHING_FOUND, WITHHELD_ROLES
from graph.read.entity import group
from graph.read.event import Involvement
from graph.read.page import cut_to, within
from graph.read.walk import joined, views_of
from graph.read.week import HOUR_S, Week, by_hour, zone_of
from security.viewer import Viewer

MOST_EVENTS = 20_000
# Nobody is a usual contact by having been in one crowd.
CROWD = 100
MOST_USUAL = 100
SUBJECTS = ("Person", "Organisation", "Vehicle", "Phone")
THINGS = ("Phone", "Vehicle")
PARTS_OF_DAY = ("NIGHT", "MORNING", "AFTERNOON", "EVENING")
_PART_HOURS = 6
_NEVER = 2**62

_Row = Mapping[str, Any]


class Habit(StrEnum):
    """What may be usual in a life."""

    PLACE = "PLACE"
    CONTACT = "CONTACT"
    VEHICLE = "VEHICLE"
    PHONE = "PHONE"
    EVENT_KIND = "EVENT_KIND"
    PART_OF_DAY = "PART_OF_DAY"


_OF_ENTITIES = (Habit.PLACE, Habit.CONTACT, Habit.VEHICLE, Habit.PHONE)


@dataclass(frozen=True, slots=True)
class Life:
    """What is asked: from `since` to `until` (epoch), or so many days before `until`, which is by default now.

    `kinds` of events; `through`: the kinds of the subject's things whose events count as its own.
    """

    since: int | None = None
    until: int | None = None
    days: int = 90
    zone: str = "Europe/London"
    kinds: tuple[str, ...] | None = None
    through: tuple[str, ...] = THINGS


@dataclass(frozen=True, slots=True)
class UsualView:
    """What came in events of the window: in how many, their share of all (0..1), the first and the last (epoch)."""

    entity: EntityView
    events: int
    share: float
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class HabitChangeView:
    """A habit in the window against the span before it; `key` names event kinds and parts of the day, else `entity`."""

    habit: Habit
    change: str
    entity: EntityView | None
    key: str | None
    before: int
    now: int
    p_value: float
    sentence: str


@dataclass(frozen=True, slots=True)
class PatternOfLifeView:
    """When, where, with whom and by what a subject appeared in the events of a window; times epoch seconds.

    `by_hour`: events begun in each hour of each weekday, Monday first, in the zone. `untimed`: those of the window that
    are known to the day at best; `undated`: those of no known date, in no window. `events_before`: of as long before.
    """

    subject: EntityView
    since: int
    until: int
    events: int
    events_before: int
    by_hour: Week
    untimed: int
    undated: int
    places: tuple[UsualView, ...]
    contacts: tuple[UsualView, ...]
    vehicles: tuple[UsualView, ...]
    phones: tuple[UsualView, ...]
    changes: tuple[HabitChangeView, ...]
    truncated: Truncation | None


def pattern_of_life(
    graph: Graph,
    viewer: Viewer,
    id: str,  # noqa: A002 - the contract's name
    asked: Life,
    first: int = 10,
) -> PatternOfLifeView:
    """A subject's pattern of life from the visible events of its group and of its phones and vehicles, each once.

    What is usual: most events first, then by id. What changed: what chance explains least first. Raises NotFound for
    what is hidden or absent, BadInput for another kind than a person, organisation, vehicle or phone, for an unknown
    zone and what is out of range.
    """
    within("first", first, 1, MOST_USUAL)
    zone = zone_of(asked.zone)
    since, until = _span(graph, asked)
    subject, own = _subject(graph, viewer, id)
    rows = _events(graph, viewer, own, asked, (2 * since - until, until))
    cut = Truncation(f"the newest {MOST_EVENTS:,} events were looked at", 1) if len(rows) > MOST_EVENTS else None
    rows = rows[:MOST_EVENTS]
    dated = [row for row in rows if row["at"] is not None]
    now, before = [row for row in dated if row["at"] >= since], [row for row in dated if row["at"] < since]
    tallies = _tallies(dated, set(own), since, zone)
    usual, cuts = _usual(graph, viewer, tallies, len(now), first)
    changed, beyond = _changed(graph, viewer, tallies, first)
    return PatternOfLifeView(
        subject,
        since,
        until,
        len(now),
        len(before),
        by_hour(((row["at"] // HOUR_S, 1) for row in now if row["timed"]), zone),
        sum(not row["timed"] for row in now),
        len(rows) - len(dated),
        usual[Habit.PLACE],
        usual[Habit.CONTACT],
        usual[Habit.VEHICLE],
        usual[Habit.PHONE],
        changed,
        joined([cut, _crowds(now), *cuts, beyond]),
    )


def _span(graph: Graph, asked: Life) -> tuple[int, int]:
    until = graph.clock() if asked.until is None else asked.until
    days = within("windowDays", asked.days, 1, MOST_DAYS)
    since = until - days * DAY_S if asked.since is None else asked.since
    if since >= until:
        raise BadInput("from: it is not before `to`; a window begins before it ends")
    return since, until


def _subject(graph: Graph, viewer: Viewer, id_: str) -> tuple[EntityView, list[str]]:
    own = group(graph, viewer, id_)
    subject = next((view for view in own if id_ in (view.id, view.moved_from)), None)
    if subject is None:
        raise NotFound(f"id: nothing by the id {id_!r}")
    if subject.kind not in SUBJECTS:
        raise BadInput(f"id: {id_!r} is a {subject.kind}; a pattern of life is that of one of {', '.join(SUBJECTS)}")
    return subject, [view.id for view in own]


def _events(graph: Graph, viewer: Viewer, own: Sequence[str], asked: Life, span: tuple[int, int]) -> list[_Row]:
    Involvement(kinds=asked.kinds).params()
    for kind in asked.through:
        if kind not in THINGS:
            raise BadInput(f"through: {kind!r} is none of {', '.join(THINGS)}")
    things = [{"id": id_, "until": _NEVER} for id_ in own]
    if asked.through:
        found = graph.store.read(viewer, "life/things", ids=list(own), kinds=list(asked.through), never=_NEVER)
        things += [{"id": row["id"], "until": row["until"]} for row in found]
    return graph.store.read(  # type: ignore[return-value]
        viewer,
        "life/events",
        things=things,
        since=span[0],
        until=span[1],
        kinds=sorted(EVENTS if asked.kinds is None else asked.kinds),
        withheld=WITHHELD_ROLES,
        nothing=NOTHING_FOUND,
        crowd=CROWD,
        limit=MOST_EVENTS + 1,
    )


def _tallies(rows: Sequence[_Row], own: set[str], since: int, zone: ZoneInfo) -> dict[Habit, Tally]:
    tallies = {habit: Tally() for habit in Habit}
    for row in rows:
        at: int = row["at"]
        now = at >= since
        for habit, key in {*_habits(row, own), *_part_of_day(row, zone)}:
            tallies[habit].note(key, at, now=now)
    return tallies


def _habits(row: _Row, own: set[str]) -> list[tuple[Habit, str]]:
    """What of a life shows in an event."""
    found = [(Habit.EVENT_KIND, row["kind"]), *((Habit.PLACE, id_) for id_ in row["places"])]
    for id_, kind in row["parties"]:
        if id_ in own:
            continue
        if kind == "Vehicle":
            found.append((Habit.VEHICLE, id_))
        elif id_ in row["through"]:
            found.append((Habit.PHONE, id_))
        else:
            found.append((Habit.CONTACT, id_))
    return found


def _part_of_day(row: _Row, zone: ZoneInfo) -> list[tuple[Habit, str]]:
    if not row["timed"]:
        return []
    day = by_hour([(row["at"] // HOUR_S, 1)], zone)
    hour = next(hour for one in day for hour, count in enumerate(one) if count)
    return [(Habit.PART_OF_DAY, PARTS_OF_DAY[hour // _PART_HOURS])]


def _usual(
    graph: Graph, viewer: Viewer, tallies: Mapping[Habit, Tally], events: int, first: int
) -> tuple[dict[Habit, tuple[UsualView, ...]], list[Truncation | None]]:
    names = {habit: f"first {{}} {habit.value.lower()}s" for habit in _OF_ENTITIES}
    shown = {habit: cut_to(tallies[habit].usual(events), first, names[habit]) for habit in _OF_ENTITIES}
    views = views_of(graph, viewer, sorted({one.key for some, _ in shown.values() for one in some}))

    def view(one: Usual) -> UsualView:
        return UsualView(views[one.key], one.events, one.share, one.first, one.last)

    lists = {habit: tuple(view(one) for one in some if one.key in views) for habit, (some, _) in shown.items()}
    return lists, [cut for _, cut in shown.values()]


def _changed(
    graph: Graph, viewer: Viewer, tallies: Mapping[Habit, Tally], first: int
) -> tuple[tuple[HabitChangeView, ...], Truncation | None]:
    found = sorted(
        ((shift, habit) for habit, tally in tallies.items() for shift in tally.shifts()),
        key=lambda each: (each[0].order, each[1].value),
    )
    shown, beyond = cut_to(found, first, "first {} changes")
    views = views_of(graph, viewer, sorted({shift.key for shift, habit in shown if habit in _OF_ENTITIES}))
    told = tuple(
        _change(shift, habit, views) for shift, habit in shown if shift.key in views or habit not in _OF_ENTITIES
    )
    return told, beyond


def _change(shift: Shift, habit: Habit, views: Mapping[str, EntityView]) -> HabitChangeView:
    entity = views.get(shift.key) if habit in _OF_ENTITIES else None
    key = None if entity is not None else shift.key
    sentence = (
        f"In {shift.now} {'event' if shift.now == 1 else 'events'} of the window and {shift.before} of as long before; "
        f"chance alone makes such a difference with a probability of {shift.p_value:.2g}."
    )
    return HabitChangeView(habit, shift.change, entity, key, shift.before, shift.now, shift.p_value, sentence)


def _crowds(rows: Sequence[_Row]) -> Truncation | None:
    crowds = sum(row["crowded"] for row in rows)
    return Truncation(f"events with {CROWD} parties or more make nobody a contact", crowds) if crowds else None
