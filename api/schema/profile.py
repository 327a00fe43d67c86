"""Types of answers about a subject: profile, stop check, sources."""

from __future__ import annotations

from datetime import date, datetime

import strawberry

from api.resolve import dispute as of_dispute
from api.resolve import profile as of_profile
from api.schema.choice import Kind
from api.schema.entity import Dispute, Entity, Link, LinkConnection, PageInfo, Record, Source
from api.schema.explanation import IdentityCandidate
from api.schema.field import served, shown
from graph.read.quality import Dimension


@strawberry.type(description="A warning, or a flag like wanted, bail, missing.")
class Warning:  # noqa: A001 - the contract's name
    """A warning."""

    code: str
    text: str
    record: Record | None = served(of_profile.warning_record)
    since: date | None = served(of_profile.warning_since)


@strawberry.type(description="Minimum POLE data standard: what a person in this role should have, what is missing.")
class Completeness:
    """What should be there and what is missing."""

    standard: str
    met: bool
    missing: list[str]


@strawberry.type(description="Somebody tied to the subject, how strongly, and why.")
class Associate:
    """Somebody tied to the subject."""

    entity: Entity
    score: float
    because: list[Link]
    shared_events: int
    last_seen: datetime | None


@strawberry.type
class AssociateEdge:
    """An associate and its cursor."""

    cursor: str
    node: Associate


@strawberry.type
class AssociateConnection:
    """A page of associates."""

    edges: list[AssociateEdge]
    page_info: PageInfo
    total_count: int = shown("Counted only when asked for, up to 10,000.")
    total_count_capped: bool = shown("There are more than totalCount.")


@strawberry.type(description="All there is to know of a subject at a glance, over its whole visible group.")
class SubjectProfile:
    """All there is to know of a subject at a glance."""

    subject: Entity
    as_of: datetime
    identifiers: list[Link]
    addresses: list[Link]
    vehicles: list[Link]
    associates: AssociateConnection = served(of_profile.associates)
    events: LinkConnection = served(of_profile.events)
    warnings: list[Warning]
    flags: list[Warning] = shown("Wanted, bail, missing and the like.")
    completeness: Completeness
    sources: list[Source]
    disputes: list[Dispute] = served(
        of_dispute.of_profile, description="What stands against records of its group, newest first."
    )


@strawberry.type(description="The roadside answer: small enough for a phone.")
class StopCheck:
    """The roadside answer."""

    candidates: list[IdentityCandidate]
    subject: Entity | None
    vehicle: Entity | None
    vehicle_candidates: list[IdentityCandidate] = shown(
        "Where no vehicle has the mark, or it may be a part of one (`?` for what was not read): those that it may be."
    )
    keepers: list[Link]
    warnings: list[Warning]
    flags: list[Warning] = shown("Wanted, bail, missing and the like.")
    recent_events: list[Link]
    as_of: datetime
    disputes: list[Dispute] = served(
        of_dispute.of_stop, description="What stands against records of the candidates, subject and vehicle."
    )


@strawberry.type(description="One rule over a source's records of one kind: how many it was asked of, which fail.")
class QualityCheck:
    """One rule over a source's records of one kind."""

    dimension: Dimension
    rule: str = shown(
        "P_nnn of a role, DS_nnn of an attribute, or EVENT_TO_DELIVERY, DELIVERY_TO_LOAD (later than 28 days), "
        "AFTER_DELIVERY (dated later than it was delivered), SAME_ENTITY (several records of the source are one thing)."
    )
    kind: Kind
    missing: str | None = shown("The property that is missing; null for the rule as a whole.")
    of: int
    failing: int
    share: float = shown("0..1")
    days: float | None = shown("The mean, of timeliness alone.")
    failing_ids: list[strawberry.ID] = shown("Records, or keyed things, in the order of ids.")
    truncated: bool = shown("More fail than are told.")


@strawberry.type(description="What loads say of a source.")
class SourceStatus:
    """What loads say of a source."""

    source: Source
    records: int
    links: int
    rejected: int
    last_loaded_at: datetime | None
    quality: list[Completeness] = served(
        of_profile.quality,
        description="For each standard (P_nnn) that the source's people come under: whether all of them meet it, "
        "and what is missing, most often missing first.",
    )
    checks: list[QualityCheck] = served(
        of_profile.checks,
        description="Every rule that the source's visible records were held to; `failing` is how many ids each tells.",
    )
    newest_as_of: datetime | None = served(of_profile.newest_as_of, description="The date of its newest statement.")
