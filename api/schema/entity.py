"""The interfaces of what a thing is, and records, links, sources and their connections."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry

from api.resolve import dispute as of_dispute
from api.resolve import entity as of_entity
from api.resolve import facet as of_facet
from api.resolve import identity as of_identity
from api.resolve import link as of_link
from api.schema.choice import Kind, LinkType, Precision
from api.schema.field import served, shown
from graph.answer import EntityView, LinkView, RecordView
from graph.model import KINDS
from graph.read.dispute import DataRight
from graph.read.record import DecisionView

_TYPE_OF_VIEW = {LinkView: "Link", RecordView: "Record", DecisionView: "Decision"}


def type_of(view: Any, *_: object) -> str:  # noqa: ANN401 - any view
    """The name of the object type of a view; an entity's is its kind."""
    return KINDS[view.kind].name if type(view) is EntityView else _TYPE_OF_VIEW[type(view)]


@strawberry.interface(description="Anything that has an id.")
class Node:
    """Anything that has an id."""

    id: strawberry.ID
    resolve_type = staticmethod(type_of)


@strawberry.interface(description="A thing: a person, object, location or event.")
class Entity(Node):
    """A thing: a person, object, location or event."""

    kind: Kind
    label: str
    markings: list[str] = served(of_entity.markings)
    moved_from: strawberry.ID | None = shown("The id that was asked for, where the thing now goes by another.")
    same_identity: list[Entity] = served(
        of_entity.same_identity,
        description="The same person in other compartments, or known to be the same only by restricted knowledge; "
        "as the viewer may see.",
    )
    degree: int = served(of_entity.degree, description="How many links of it the viewer may see.")
    golden: list[GoldenValue] = served(
        of_identity.golden, description="One value for each property, with the rule that chose it and what it beat."
    )
    records: RecordConnection = served(of_entity.records, description="What sources say about it, newest first.")
    links: LinkConnection = served(
        of_entity.links, description="Statements about it and another thing, newest first, undated last."
    )


@strawberry.type(description="A point on WGS 84, degrees.")
class GeoPoint:
    """A point."""

    latitude: float
    longitude: float


@strawberry.interface(description="Something that happened.")
class Event(Entity):
    """Something that happened."""

    occurred_from: datetime | None = shown("When it happened, or the earliest it can have.")
    occurred_to: datetime | None = shown("The latest it can have happened.")
    occurred_precision: Precision | None = shown("How exactly `occurredFrom` is known.")
    reported_at: datetime | None
    type: str | None
    subtype: str | None
    outcome: str | None
    status: str | None
    severity: float | None = shown("0..1")
    summary: str | None
    reference: str | None
    location: GeoPoint | None


@strawberry.type(description="One golden value, the rule that chose it and what it beat.")
class GoldenValue:
    """One golden value."""

    property: str
    value: str
    rule: str
    record: Record
    others: list[OtherValue] = served(of_identity.others)


@strawberry.type(description="A value that did not win, and the records that say it.")
class OtherValue:
    """A value that did not win."""

    value: str
    records: list[Record]


@strawberry.type(description="A property by its name in this schema, and its value as text.")
class Property:
    """A property."""

    name: str
    value: str


@strawberry.type(description="Where data comes from; a higher priority wins where values disagree.")
class Source:
    """A source."""

    id: strawberry.ID = served(of_link.source_id)
    name: str
    owner: str | None
    priority: int


@strawberry.type(description="A 3x5x2 grade: source 1-3, intelligence A-E, handling P or C.")
class Grade:
    """A grade."""

    source: int
    intelligence: str
    handling: str
    label: str


@strawberry.type(description="What one source said about one thing, as received and as normalised.")
class Record(Node):
    """What one source said about one thing."""

    source: Source = served(of_link.source)
    key: str
    version: int
    kind: Kind
    marking: str = served(of_link.marking)
    grade: Grade | None = served(of_link.grade)
    recorded_at: datetime
    superseded_at: datetime | None
    properties: list[Property] = served(of_link.properties)
    entity: Entity | None = served(of_link.record_entity)
    disputes: list[Dispute] = served(
        of_dispute.of_record, description="What the person concerned says against it, newest first; ended ones too."
    )

    @classmethod
    def is_type_of(cls, view: object, _: object) -> bool:
        """True for the views of records."""
        return type(view) is RecordView


strawberry.enum(DataRight, description="What somebody asked for of a record about them, or was given.")


@strawberry.type(description="What somebody says against a record about them: seen by whoever sees the record.")
class Dispute:
    """What somebody says against a record about them."""

    id: strawberry.ID
    record: Record | None = served(of_dispute.record_of)
    right: DataRight
    sentence: str = shown("What is to be read beside the record: disputed since when, noted by whom, why.")
    reason: str
    statement: str | None = shown("The person's own, where it is not rectified.")
    reference: str | None = shown("Of their request.")
    rectified: str | None = shown(
        "The property that was rectified; of a link its type and what of it, as `KEEPS from`."
    )
    by: str
    at: datetime
    closed_at: datetime | None
    closed_by: str | None
    closed_reason: str | None


@strawberry.type(description="One statement of one source about two things.")
class Link(Node):
    """One statement of one source about two things."""

    type: LinkType
    from_: Entity = served(of_link.origin, name="from")
    to: Entity = served(of_link.target)
    role: str | None = shown("What `from` is towards `to`.")
    status: str | None
    source: Source = served(of_link.source)
    marking: str = served(of_link.marking)
    grade: Grade | None = served(of_link.grade)
    valid_from: datetime | None
    valid_to: datetime | None
    valid_precision: Precision | None = served(of_link.valid_precision)
    recorded_at: datetime
    records: list[Record] = served(of_link.link_records, description="The records at its ends.")

    @classmethod
    def is_type_of(cls, view: object, _: object) -> bool:
        """True for the views of links."""
        return type(view) is LinkView


@strawberry.type(description="Where a page begins and ends and whether there is more.")
class PageInfo:
    """Where a page begins and ends."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@strawberry.type(description="A value of a property and how many things have it.")
class FacetValue:
    """A value and how many have it."""

    value: str
    count: int
    entity: Entity | None = shown("The area, where the property is `area`.")


@strawberry.type(
    description="How many of all that a list has, on whatever page, have each value of a property; most first, then by "
    "value. What has several values (sources, areas) counts with each."
)
class Facet:
    """How many have each value of a property."""

    property: str
    values: list[FacetValue]
    missing: int = shown("How many have no value.")
    further: int = shown("How many values are not shown.")
    counted: int = shown("How many things were looked at: at most 10,000, the first by id, which is by chance.")
    capped: bool = shown("There are more than were looked at.")


@strawberry.type
class RecordEdge:
    """A record and its cursor."""

    cursor: str
    node: Record


@strawberry.type
class RecordConnection:
    """A page of records."""

    edges: list[RecordEdge]
    page_info: PageInfo
    total_count: int = shown("Counted only when asked for, up to 10,000.")
    total_count_capped: bool = shown("There are more than totalCount.")


@strawberry.type
class LinkEdge:
    """A link and its cursor."""

    cursor: str
    node: Link


@strawberry.type
class LinkConnection:
    """A page of links."""

    edges: list[LinkEdge]
    page_info: PageInfo
    total_count: int = shown("Counted only when asked for, up to 10,000.")
    total_count_capped: bool = shown("There are more than totalCount.")


@strawberry.type
class EntityEdge:
    """A thing and its cursor."""

    cursor: str
    node: Entity


@strawberry.type
class EntityConnection:
    """A page of things."""

    edges: list[EntityEdge]
    page_info: PageInfo
    total_count: int = shown("Counted only when asked for, up to 10,000.")
    total_count_capped: bool = shown("There are more than totalCount.")
    facets: list[Facet] = served(
        of_facet.facets,
        description="`properties`: `source`, `area` and the coded properties of the kind; by default all of these but "
        "`area` and ethnicity. `first` bounds the values of each, at most 100.",
    )
