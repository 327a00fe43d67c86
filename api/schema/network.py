"""Types of networks, paths, timelines and what is shared."""

from __future__ import annotations

from datetime import datetime

import strawberry

from api.resolve import facet as of_facet
from api.resolve import network as of_network
from api.resolve import question as of_question
from api.schema.entity import Entity, Facet, Grade, Link, PageInfo, Property
from api.schema.field import served, shown
from graph.read.path import PathOrder


@strawberry.type(description="What was left out and why; `suppressed` counts what the viewer may see.")
class Truncation:
    """What was left out and why."""

    reason: str
    suppressed: int
    entity: Entity | None = shown("The crowded node, where it was one.")


@strawberry.type(description="Things and the links among them.")
class Network:
    """Things and the links among them."""

    nodes: list[Entity]
    links: list[Link]
    truncated: Truncation | None


@strawberry.type(
    description="A sequence of different nodes. `links` holds every visible parallel link, hop by hop; "
    "`length` counts hops."
)
class Path:
    """A sequence of different nodes."""

    length: int
    nodes: list[Entity]
    links: list[Link]
    weakest: Grade | None = served(of_network.weakest, description="The weakest grade on it.")
    independent_sources: int


strawberry.enum(
    PathOrder,
    description="What comes first of paths. LENGTH: the shorter, then the better weakest grade. STRENGTH: the better "
    "weakest grade, ungraded last, then the shorter. Then ids.",
)


@strawberry.type(
    description="Paths, by default in the order of length, weakest grade, ids: all of the least length come before any "
    "longer one."
)
class PathResult:
    """Paths between two things."""

    paths: list[Path]
    truncated: Truncation | None
    bridges: list[Entity] = shown("Nodes that every path uses.")
    bridge_links: list[Link] = shown(
        "The links of every statement (a row of a source) that alone says a hop of each of these paths: without that "
        "one report none of them holds."
    )
    complete: bool = shown("There are no other paths of at most `maxHops`, so that a bridge joins the two.")


@strawberry.type(
    description="A named part of a score and what it says in words. The score of a relevance is their "
    "weighted mean; elsewhere a part of weight 0 is told beside what the score rests on."
)
class ScorePart:
    """A named part of a score."""

    name: str
    value: float = shown("0..1")
    weight: float
    sentence: str


@strawberry.type(description="An activity that bears on an event, and why.")
class RelevantActivity:
    """An activity that bears on an event."""

    entity: Entity
    score: float = shown("0..1")
    reasons: list[ScorePart]
    path: Path | None = shown("The strongest way that joins them; null where place and time alone do.")


@strawberry.type(description="An incident before an event, from where that is, and what they have in common.")
class EarlierCall:
    """An incident before an event, from where that is."""

    entity: Entity
    callers: list[Entity]
    reasons: list[str]


@strawberry.type(description="Somebody who lives where an event is, and the markers that stand of them.")
class Resident:
    """Somebody who lives where an event is."""

    entity: Entity
    roles: list[str]
    markers: list[Entity]
    sentence: str


@strawberry.type(description="The activities most relevant to an event, each with why.")
class EventContext:
    """The activities most relevant to an event."""

    event: Entity
    activities: list[RelevantActivity]
    truncated: Truncation | None
    earlier_calls: list[EarlierCall] = served(
        of_network.earlier_calls,
        description="Who called before from here: the incidents of so many days before it at its address or place, by "
        "its phone or by its caller, newest first, then by id.",
    )
    residents: list[Resident] = served(
        of_network.residents,
        description="Who lives here at its moment, with the markers that stand then: most markers first, then by id.",
    )


@strawberry.type(description="Somebody who had a part in the same events.")
class CoOffender:
    """Somebody who had a part in the same events."""

    entity: Entity
    shared_events: int
    first: datetime | None
    last: datetime | None
    events: list[Entity]


@strawberry.type(description="A thing that several hold, and the links that say so.")
class SharedLink:
    """A thing that several hold."""

    through: Entity
    holders: list[Link]
    overlap_days: int | None = shown("For how many days they held it together, where dates say so.")


@strawberry.type(description="A thing that was found; `matched` are the properties it was found by.")
class SearchHit:
    """A thing that was found."""

    entity: Entity
    score: float = shown("0..1")
    matched: list[Property] = served(of_question.matched)


@strawberry.type
class SearchEdge:
    """A hit and its cursor."""

    cursor: str
    node: SearchHit


@strawberry.type
class SearchConnection:
    """A page of hits."""

    edges: list[SearchEdge]
    page_info: PageInfo
    facets: list[Facet] = served(
        of_facet.facets,
        description="`properties`: `kind`, `source`, `area` and coded properties of any kind; by default `kind`, "
        "`source`, `type`, `status` and `gender`. `first` bounds the values of each, at most 100.",
    )
