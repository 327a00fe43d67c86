"""Types of what is found in networks as a whole."""

from __future__ import annotations

from datetime import date

import strawberry

from analysis.indicator import Pattern
from api.resolve import analysis as of_analysis
from api.schema.entity import Entity, Link
from api.schema.field import served, shown
from api.schema.network import ScorePart
from api.schema.profile import Warning  # noqa: A004 - the contract's name


@strawberry.type(description="Somebody who matters in a network, how much, and how far that is to be trusted.")
class KeyPlayer:
    """Somebody who matters in a network."""

    entity: Entity
    score: float
    low: float = shown(
        "The least score in 49 of 50 worlds where links are dropped and merges undone by their doubt, and ties are "
        "there that nobody reported."
    )
    high: float = shown("The greatest score in those worlds.")
    rank: int = shown("1 is the first.")
    because: list[ScorePart]


@strawberry.type(
    description="Somebody who is probably linked though nobody stated it: a hypothesis, never stored as a fact."
)
class LinkSuggestion:
    """Somebody who is probably linked."""

    entity: Entity
    score: float = shown("The sum of what both have in common, the more the fewer others have it; no probability.")
    because: list[ScorePart] = shown("What they have in common, by kind; `value` is its share of the score.")
    through: list[Entity] = shown("What is between the two, what says most first.")


@strawberry.type(description="A group of two or more who are tied to each other more than to others.")
class Community:
    """A group of a network."""

    id: str = shown("Of the members alone: the same members have the same id.")
    size: int
    density: float = shown("The share of its pairs that are tied, 0..1.")
    members: list[KeyPlayer] = shown("Most ties within the group first, then by id; the score counts those ties.")
    bridges: list[Entity] = shown("Members who are tied to others too, most such ties first.")


@strawberry.type(description="A group that is new, growing, joined of others or parted from others, and what says so.")
class EmergingNetwork:
    """A group that changed."""

    community: Community
    change: str = shown("BORN, GREW, MERGED or SPLIT.")
    growth: float = shown(
        "How many more members than before, as a share of those before; of one that was born its size."
    )
    since: date = served(of_analysis.since, description="The day of its first event in the window.")
    evidence: list[Link] = shown("The parts that its members had in events of the window together.")
    sentence: str


@strawberry.type(description="A pattern of harm that shows: where to look, never what somebody will do.")
class Indicator:
    """A pattern of harm that shows."""

    pattern: Pattern
    entities: list[Entity] = shown(
        "What it is about: first the phone, home or victim itself, then who is named with it."
    )
    signs: list[ScorePart]
    evidence: list[Link] = shown("The links that show the signs; of calls those of the largest burst or the first.")
    sentence: str


@strawberry.type(description="An offender to whom somebody at risk is tied directly.")
class OffenderTie:
    """An offender to whom somebody at risk is tied."""

    entity: Entity
    by: list[str] = shown("ASSOCIATED_WITH, or the kinds of what both share, in the order of the alphabet.")
    lives_together: bool = shown("Both live, or lived, at one address.")


@strawberry.type(
    description="Somebody in a network who is marked as vulnerable: where to look for who may need help, never a score."
)
class AtRisk:
    """Somebody in a network who is marked as vulnerable."""

    entity: Entity
    markers: list[Warning] = shown("The markers that hold now.")
    hops: int = shown("How many ties from the subject; 0 is the subject.")
    path: list[Entity] = shown("The people and organisations on a shortest way from the subject, both ends included.")
    offenders: list[OffenderTie] = shown(
        "Who has a part as suspect, offender or arrested in any event and is tied to them; who lives with them first."
    )
    evidence: list[Link] = shown("The links that tie them to these offenders.")
    sentence: str
