"""The closed sets of the schema; kinds and link types come from the model, and their values are the model's names."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import strawberry

from analysis.hotspot import Trend
from analysis.indicator import Pattern
from analysis.key_player import Method
from graph.model import KINDS, LINKS
from graph.read.quality import Dimension

if TYPE_CHECKING:

    class Kind(StrEnum):
        """A kind of thing."""

    class LinkType(StrEnum):
        """A type of link."""

else:
    Kind = strawberry.enum(
        StrEnum("Kind", {kind.enum: name for name, kind in KINDS.items()}), description="What a thing is."
    )
    for _value in Kind.__strawberry_definition__.values:
        _value.description = KINDS[_value.value].description
    LinkType = strawberry.enum(
        StrEnum("LinkType", {name: name for name in LINKS}),
        description="How two things are tied. Guilt is never in the type.",
    )
    for _value in LinkType.__strawberry_definition__.values:
        _value.description = LINKS[_value.value].description


@strawberry.enum(description="Which way links go, seen from the thing asked about.")
class Direction(StrEnum):
    """Which way links go, seen from the thing asked about."""

    IN = "IN"
    OUT = "OUT"
    BOTH = "BOTH"


@strawberry.enum(description="How exactly a time is known.")
class Precision(StrEnum):
    """How exactly a time is known."""

    YEAR = "YEAR"
    MONTH = "MONTH"
    DAY = "DAY"
    MINUTE = "MINUTE"
    SECOND = "SECOND"


strawberry.enum(
    Dimension, name="QualityDimension", description="What of a source's data is judged: the dimensions of the standard."
)


strawberry.enum(
    Method,
    name="KeyPlayerMethod",
    description="What makes a key player. BETWEENNESS counts unordered pairs and is not normalised; DEGREE counts "
    "ties; FRAGMENTATION: without whom most pairs no longer reach each other; REACH: who reaches most others within "
    "two ties.",
)

strawberry.enum(
    Pattern,
    description="A pattern of harm. Neither age nor any other protected characteristic is looked at, nor is anybody's "
    "future scored.",
)


strawberry.enum(
    Trend,
    name="HotspotTrend",
    description="Which cells: EMERGING have more events than their baseline makes likely, COOLING fewer, both least "
    "likely first; ENDURING are those of which most is to be expected, held against the cells around them.",
)


@strawberry.enum(description="What was decided about two records.")
class Verdict(StrEnum):
    """What was decided about two records."""

    SAME = "SAME"
    DIFFERENT = "DIFFERENT"
    POSSIBLY_SAME = "POSSIBLY_SAME"
