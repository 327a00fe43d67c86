"""Types of what is found in networks as a whole."""

from __future__ import annotations

import strawberry

from api.schema.entity import Entity
from api.schema.field import shown
from api.schema.network import ScorePart


@strawberry.type(description="Somebody who matters in a network, how much, and how far that is to be trusted.")
class KeyPlayer:
    """Somebody who matters in a network."""

    entity: Entity
    score: float
    low: float = shown(
        "The least score in nine of ten worlds where links are dropped and merges undone by their doubt."
    )
    high: float = shown("The greatest score in those worlds.")
    rank: int = shown("1 is the first.")
    because: list[ScorePart]


@strawberry.type(description="A group of two or more who are tied to each other more than to others.")
class Community:
    """A group of a network."""

    id: str = shown("Of the members alone: the same members have the same id.")
    size: int
    density: float = shown("The share of its pairs that are tied, 0..1.")
    members: list[KeyPlayer] = shown("Most ties within the group first, then by id; the score counts those ties.")
    bridges: list[Entity] = shown("Members who are tied to others too, most such ties first.")
