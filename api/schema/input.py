"""Inputs of the schema and what they become for the reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import strawberry

from analysis.scope import Scope
from api.resolve.value import day_end, day_start, epoch_of
from api.schema.choice import Kind, LinkType
from graph import workspace as of_workspace
from graph.errors import BadInput
from graph.read import where as condition

LETTERS = "ABCDE"


@strawberry.input(
    description="At least this good: source at most N (1 best), intelligence no later than the letter (A best)."
)
class GradeInput:
    """The worst grade that passes."""

    source: int | None = 3
    intelligence: str | None = "E"

    def packed(self) -> tuple[int, int]:
        """Worst source 1 to 3 and worst letter 1 to 5; raises BadInput for a grade that is none."""
        source = 3 if self.source is None else self.source
        letter = "E" if self.intelligence is None else self.intelligence
        if source not in (1, 2, 3):
            raise BadInput(f"minGrade.source: {source} is none of 1, 2, 3")
        if len(letter) != 1 or letter not in LETTERS:
            raise BadInput(f"minGrade.intelligence: {letter!r} is none of A, B, C, D, E")
        return source, LETTERS.index(letter) + 1


@strawberry.input(description="What is known of somebody or something; every part may be missing.")
class PartialIdentity:
    """What is known of somebody or something."""

    name: str | None = None
    given_name: str | None = None
    surname: str | None = None
    date_of_birth: date | None = None
    year_of_birth: int | None = None
    gender: str | None = None
    phone: str | None = None
    address: str | None = None
    postcode: str | None = None
    vrm: str | None = None
    document: str | None = None


@strawberry.input(
    description="On the WGS-84 sphere, within a metre; an event without a point of its own is where its OCCURRED_AT is."
)
class NearInput:
    """A circle."""

    latitude: float
    longitude: float
    metres: int

    def circle(self) -> condition.Near:
        """The same for the read."""
        return condition.Near(self.latitude, self.longitude, self.metres)


@strawberry.input(
    description="A condition on the things of a kind: parts given together must all hold. Dates are compared by their "
    "first instant."
)
class EntityWhere:
    """A condition on things of a kind."""

    and_: list[EntityWhere] | None = strawberry.field(name="and", default=None)
    or_: list[EntityWhere] | None = strawberry.field(name="or", default=None)
    not_: EntityWhere | None = strawberry.field(name="not", default=None)
    property: str | None = None
    eq: str | None = None
    in_: list[str] | None = strawberry.field(name="in", default=None)
    starts_with: str | None = None
    contains: str | None = None
    gte: str | None = None
    lt: str | None = None
    exists: bool | None = None
    linked_to: strawberry.ID | None = None
    near: NearInput | None = None

    def condition(self) -> condition.EntityWhere:
        """The same for the read."""
        near = None if self.near is None else self.near.circle()
        return replace(_condition(self), linked_to=self.linked_to, near=near)


@strawberry.input(
    description="A condition on the items of a list: parts given together must all hold. `property` is a path of "
    "fields to a value, as the answer has it: `role`, `source.id`, `validFrom`, `to.label`, `entity.gender`; so it is "
    "in the order of a list. Dates are compared by their first instant. At most 10,000 items are looked at."
)
class ListWhere:
    """A condition on the items of a list."""

    and_: list[ListWhere] | None = strawberry.field(name="and", default=None)
    or_: list[ListWhere] | None = strawberry.field(name="or", default=None)
    not_: ListWhere | None = strawberry.field(name="not", default=None)
    property: str | None = None
    eq: str | None = None
    in_: list[str] | None = strawberry.field(name="in", default=None)
    starts_with: str | None = None
    contains: str | None = None
    gte: str | None = None
    lt: str | None = None
    exists: bool | None = None

    def condition(self) -> condition.EntityWhere:
        """The same for the read."""
        return _condition(self)


def _condition(given: EntityWhere | ListWhere) -> condition.EntityWhere:
    """What conditions on things and on lists have in common."""
    return condition.EntityWhere(
        all_of=tuple(part.condition() for part in given.and_ or ()),
        any_of=None if given.or_ is None else tuple(part.condition() for part in given.or_),
        none_of=None if given.not_ is None else given.not_.condition(),
        property=given.property,
        eq=given.eq,
        one_of=None if given.in_ is None else tuple(given.in_),
        starts_with=given.starts_with,
        contains=given.contains,
        gte=given.gte,
        lt=given.lt,
        exists=given.exists,
    )


@strawberry.input(
    description="Which people and organisations: those within `hops` ties of `ids`; or those who live in `area` or had "
    "a part in what happened there; both: of the first who are in the second; neither: everybody. Two are tied, once "
    "and undirected, by ASSOCIATED_WITH and by what they share of `kinds`: PHONE, EMAIL, ACCOUNT, DOCUMENT, ADDRESS, "
    "PLACE, VEHICLE, any event; CALL also ties those whose phones were in one. `types`: the links that tie, by default "
    "all. `knownAt`: what was known then, under today's identity. What more than 100 hold ties nobody."
)
class NetworkScope:
    """Which network of people and organisations."""

    ids: list[strawberry.ID] | None = None
    hops: int | None = 2
    area: strawberry.ID | None = None
    types: list[LinkType] | None = None
    kinds: list[Kind] | None = None
    since: date | None = None
    until: date | None = None
    min_grade: GradeInput | None = None
    known_at: datetime | None = None

    def scope(self) -> Scope:
        """The same for the analysis: `until` includes its day."""
        return Scope(
            ids=None if self.ids is None else tuple(self.ids),
            hops=2 if self.hops is None else self.hops,
            area=self.area,
            types=None if self.types is None else tuple(choice.value for choice in self.types),
            kinds=tuple(choice.value for choice in self.kinds or ()),
            since=day_start(self.since),
            until=day_end(self.until),
            grade=None if self.min_grade is None else self.min_grade.packed(),
            known_at=epoch_of(self.known_at),
        )


@strawberry.input(description="An order by one property; things without it come last, then by id.")
class EntityOrder:
    """An order by one property."""

    property: str
    descending: bool | None = False

    def key(self) -> condition.EntityOrder:
        """The same for the read."""
        return condition.EntityOrder(self.property, bool(self.descending))


@strawberry.input(description="A thing in a drawing: where it stands, in the drawing's own units, and what was done.")
class WorkspaceThingInput:
    """A thing in a drawing."""

    id: strawberry.ID
    x: float
    y: float
    expanded: bool | None = False
    pinned: bool | None = False
    away: bool | None = False
    note: str | None = None

    def placed(self) -> of_workspace.Placed:
        """The same as it is kept."""
        done = (bool(self.expanded), bool(self.pinned), bool(self.away))
        return of_workspace.Placed(self.id, self.x, self.y, *done, self.note)


@strawberry.input(
    description="What of a drawing is shown. `weakest`: the worst letter of a grade, E for all; `until`: only what had "
    "begun by that day; `crowded`: nothing with more links than that."
)
class WorkspaceFiltersInput:
    """What of a drawing is shown."""

    hidden_kinds: list[Kind] | None = None
    hidden_types: list[LinkType] | None = None
    weakest: str | None = "E"
    until: date | None = None
    crowded: int | None = None

    def showing(self) -> of_workspace.Showing:
        """The same as it is kept."""
        return of_workspace.Showing(
            tuple(choice.value for choice in self.hidden_kinds or ()),
            tuple(choice.value for choice in self.hidden_types or ()),
            "E" if self.weakest is None else self.weakest,
            None if self.until is None else self.until.isoformat(),
            self.crowded,
        )


@strawberry.input(
    description="A workspace to be kept: a new one, or with `id` and the `version` that it was made of what one has "
    "become; of that what is left out stays as it is."
)
class WorkspaceInput:
    """A workspace to be kept."""

    name: str
    note: str | None = None
    things: list[WorkspaceThingInput] | None = None
    filters: WorkspaceFiltersInput | None = None
    id: strawberry.ID | None = None
    version: int | None = None
