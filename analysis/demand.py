"""How many officers an event or an ordinary shift needs: what may come, what it would cost, and what that rests on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from analysis.deployment import Option, Terms, best, option, options
from analysis.fixture import Experience, Fixture, past
from analysis.london import local
from graph.answer import EntityView
from graph.errors import BadInput, NotFound
from graph.open import Graph
from graph.read.entity import entities_by_id, entity
from graph.relevance import ScorePart
from security.viewer import Viewer

CONFIDENCE = 0.8
# Fewer say nothing; more than these newest teach nothing that these do not.
FEWEST, _MOST = 12, 1_000
_SHOWN = 10
_KIND = "PublicEvent"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about: a stored event, or what is known of one; what is given goes before what is stored."""

    event_id: str | None = None
    kind: str | None = None
    venue: str | None = None
    at: int | None = None
    attendance: int | None = None
    category: str | None = None
    hours: int = 8


@dataclass(frozen=True, slots=True)
class ComparableView:
    """A past event, how alike it is (0..1), the officers deployed and the incidents that came."""

    entity: EntityView
    similarity: float
    officers: int
    incidents: int


@dataclass(frozen=True, slots=True)
class HourView:
    """An hour of a shift from `at` (epoch): incidents expected, the range of them, officers these bind."""

    at: int
    incidents: float
    low: int
    high: int
    officers: int


@dataclass(frozen=True, slots=True)
class DemandView:
    """The number of officers at the least expected cost; `low` and `high`: what the range of incidents would need.

    `confidence`: the chance that incidents are in their range; `options`: other numbers and what they are expected to
    cost; `hours` of a shift, none of an event.
    """

    event: EntityView | None
    officers: int
    low: int
    high: int
    confidence: float
    incidents: float
    incidents_low: int
    incidents_high: int
    comparable: tuple[ComparableView, ...]
    assumptions: tuple[str, ...]
    costs: tuple[ScorePart, ...]
    options: tuple[Option, ...]
    hours: tuple[HourView, ...]


def event_forecast(graph: Graph, viewer: Viewer, asked: Asked) -> DemandView:
    """The forecast of a policed event, learnt from the visible ones of its type before it.

    Raises NotFound for a hidden or absent event or venue and where fewer than twelve events can be learnt from,
    BadInput for what is no policed event and for what is not said.
    """
    event, type_, fixture = _meant(graph, viewer, asked)
    before = min(fixture.at, graph.clock())
    rows = graph.store.read(viewer, "demand/events", type=type_, before=before, most=_MOST)
    if len(rows) < FEWEST:
        raise NotFound(
            f"{len(rows)} events of the kind {type_!r} before that tell their officers and their incidents; "
            f"{FEWEST} are needed to learn from: load more of them"
        )
    known = Experience([past(row) for row in rows])
    outlook = known.model.outlook(known.case(fixture))
    terms = event_terms(graph)
    chosen = best(terms, [outlook])
    low, high = outlook.interval(CONFIDENCE)
    alike = known.like(fixture)
    views = entities_by_id(graph, viewer, [each.id for _, each in alike[:_SHOWN]])
    last = next((each for _, each in alike if each.fixture.pair and each.fixture.pair == fixture.pair), None)
    return DemandView(
        event,
        chosen.officers,
        terms.needed(low),
        terms.needed(high),
        CONFIDENCE,
        round(outlook.mean, 6),
        low,
        high,
        tuple(
            ComparableView(views[each.id], likeness, each.officers, each.incidents)
            for likeness, each in alike[:_SHOWN]
            if each.id in views
        ),
        _assumptions(known, fixture, type_, rows[0]["total"], terms),
        cost_parts(terms, chosen, None if last is None else option(terms, [outlook], last.officers)),
        tuple(options(terms, [outlook], chosen.officers)),
        (),
    )


def event_terms(graph: Graph) -> Terms:
    """What an event's officers and unmet incidents cost at this installation."""
    stated = graph.demand
    return Terms(
        stated["officer"],
        stated["officers_per_incident"],
        stated["unmet"],
        stated["harm"],
        int(stated["least_at_event"]),
    )


def _meant(graph: Graph, viewer: Viewer, asked: Asked) -> tuple[EntityView | None, str, Fixture]:
    """The stored event if one is asked about, its type, and what is known of it before it begins."""
    place = None if asked.venue is None else _venue(graph, viewer, asked.venue)
    if asked.event_id is None:
        if asked.at is None:
            raise BadInput("at: say when it begins, such as 2025-08-09T15:00:00+01:00")
        return None, str(asked.kind), _changed(Fixture(asked.at), asked, place)
    event = entity(graph, viewer, asked.event_id)
    if event is None:
        raise NotFound(f"eventId: nothing by the id {asked.event_id!r}")
    if event.kind != _KIND:
        raise BadInput(f"eventId: {asked.event_id!r} is a {event.kind}; give a PUBLIC_EVENT")
    type_ = event.properties.get("type")
    if asked.kind not in (None, type_):
        raise BadInput(f"kind: the event is of the kind {type_!r}; leave `kind` out")
    if type_ is None:
        raise BadInput("eventId: the event has no type by which others could be compared with it")
    return event, type_, _changed(_stored(graph, viewer, event, asked.at), asked, place)


def _changed(fixture: Fixture, asked: Asked, place: str | None) -> Fixture:
    """An event with what is given instead of what is stored."""
    return replace(
        fixture,
        place=place or fixture.place,
        category=asked.category or fixture.category,
        attendance=fixture.attendance if asked.attendance is None else asked.attendance,
    )


def _venue(graph: Graph, viewer: Viewer, id_: str) -> str:
    found = entity(graph, viewer, id_)
    if found is None:
        raise NotFound(f"venue: nothing by the id {id_!r}")
    if found.kind not in ("Place", "Address"):
        raise BadInput(f"venue: {id_!r} is a {found.kind}; an event is at a Place or an Address")
    return found.id


def _stored(graph: Graph, viewer: Viewer, event: EntityView, at: int | None) -> Fixture:
    properties: dict[str, Any] = dict(event.properties)
    rows = graph.store.read(viewer, "demand/event", id=event.id)
    begins = rows[0]["at"] if at is None and rows else at
    if begins is None:
        raise BadInput("at: nothing says when the event begins; say it")
    return Fixture(
        begins,
        properties.get("subtype"),
        properties.get("home"),
        properties.get("away"),
        properties.get("competition"),
        (rows[0]["place"] if rows else None) or properties.get("venue"),
        properties.get("expected_attendance") or properties.get("attendance"),
    )


def cost_parts(terms: Terms, chosen: Option, last: Option | None) -> tuple[ScorePart, ...]:
    """What the chosen number is expected to cost, part by part: money, what one costs, and in words."""
    parts = [
        ScorePart(
            "officers",
            round(chosen.officers * terms.officer, 2),
            terms.officer,
            f"{chosen.officers:,} officers at {terms.officer:,.0f} each.",
        ),
        *(
            ScorePart(
                name,
                round(chosen.unmet * weight, 2),
                weight,
                f"{chosen.unmet:.2f} incidents that find nobody free are to be expected, at {weight:,.0f} each {what}.",
            )
            for name, weight, what in (
                ("unmet", terms.unmet, "for what has to be sent"),
                ("harm", terms.harm, "of harm"),
            )
        ),
        ScorePart("together", round(chosen.cost, 2), 1.0, f"{chosen.cost:,.0f} is the least that can be expected."),
    ]
    if last is not None:
        parts.append(
            ScorePart(
                "last_time",
                round(last.cost, 2),
                0.0,
                f"With the {last.officers:,} officers of the last time it would be {last.cost:,.0f}.",
            )
        )
    return tuple(parts)


def _assumptions(known: Experience, fixture: Fixture, type_: str, total: int, terms: Terms) -> tuple[str, ...]:
    events = known.events
    count = f"the {len(events):,} newest of {total:,}" if total > len(events) else f"{len(events):,}"
    since, until = (f"{local(each.fixture.at):%d/%m/%Y}" for each in (events[-1], events[0]))
    told = [
        f"Learnt from {count} events of the kind {type_} that you may see, from {since} to {until}, and from "
        "nothing else: where those are made up, as in the demo world, so is this.",
        f"The range of incidents is meant to hold in {CONFIDENCE:.0%} of cases.",
        "Incidents come as they came before: officers are taken to meet them, not to keep them from happening.",
        f"An incident binds {terms.each:g} officers, and all of them at the same time: the busiest moment decides.",
        _crowd(known, fixture),
        f"It begins on {fixture.slot.replace(' ', ' after ')}:00 in London.",
    ]
    told += [
        f"Its {name} is not known, or no event before had it: it may be like any." for name in _unknown(known, fixture)
    ]
    return (*told, "The weather is not known to it.")


def _crowd(known: Experience, fixture: Fixture) -> str:
    if fixture.attendance:
        return f"{fixture.attendance:,} people are expected."
    usual = known.usual_at(fixture.place)
    return f"How many people come is not said: {usual:,.0f} are taken, which is usual."


def _unknown(known: Experience, fixture: Fixture) -> list[str]:
    case = known.case(fixture)
    seen = [each.fixture.case(known.usual).factors for each in known.events]
    levels: dict[str, set[str | None]] = {name: {factors[name] for factors in seen} for name in case.factors}
    return [
        name
        for name, level in case.factors.items()
        if levels[name] != {None} and (level is None or level not in levels[name])
    ]
