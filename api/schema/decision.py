"""Types of deciding who is whom: what a merge would do, what waits to be decided, what was decided."""

from __future__ import annotations

import strawberry

from api.schema.entity import Entity, PageInfo, Record
from api.schema.explanation import Decision, PairExplanation
from api.schema.field import shown
from api.schema.network import Path


@strawberry.type(description="A golden value that would not stay as it is.")
class GoldenChange:
    """A golden value that would not stay as it is."""

    property: str
    before: list[str] = shown("The values that the things have now, each once.")
    before_records: list[Record] = shown("The record that each of them comes from.")
    after: str
    rule: str = shown("Why this one would win.")
    record: Record = shown("The record that it would come from.")


@strawberry.type(description="What saying that two records or entities are one would do.")
class MergePreview:
    """What saying SAME would do."""

    token: str = shown("For `decide`: that this was seen. It is stale once any of it has changed.")
    before: list[Entity] = shown("The entities that would change, the asked ones first.")
    golden_changes: list[GoldenChange]
    marking: str = shown("The high-water of all that is shown here: the marking of the word where none is given.")
    contradictions: list[str] = shown("What cannot be true of one thing, with the records that say it.")
    new_paths: list[Path] = shown(
        "The shortest paths, of at most four hops, between people and organisations that nothing so short joins now; "
        "where two entities would be one, one of them stands for both."
    )
    links_joined: int = shown("The visible links that would hang on one thing.")
    joins: bool = shown(
        "They become one entity. Else the word is of a higher marking than both, or they are in different "
        "compartments, and a SAME_IDENTITY link ties them for those who may know of it."
    )
    records_joined: int = shown("The visible records that would be one.")
    together: str | None = shown(
        "What all records of the two entities say taken together, as entities are compared; null where these are the "
        "two records alone, one entity already, or no people."
    )


@strawberry.type(description="An entity as it would be.")
class SplitEntity:
    """An entity as it would be."""

    label: str = shown("What it would be called.")
    records: list[Record] = shown("The visible records that it would have.")


@strawberry.type(description="What saying that two records are not one, or taking back a word on them, would do.")
class SplitPreview:
    """What saying DIFFERENT, or taking back a word, would do."""

    token: str = shown("Given to `decide` or `retract`: CONFLICT where what is shown here is not so any more.")
    before: list[Entity] = shown("The entities that it reaches, as they are, those of the two first.")
    after: list[SplitEntity] = shown("The entities that there would be instead, those of the two first.")
    apart: bool = shown("The two would be in two entities that nothing visible ties.")
    marking: str = shown("The high-water of all that is shown here.")


@strawberry.type(description="A pair that may be one, and what it is worth to know.")
class ReviewItem:
    """A pair that may be one."""

    pair: PairExplanation
    priority: float = shown("The value of the answer; see docs/resolution.md.")


@strawberry.type
class ReviewEdge:
    """A pair and its cursor."""

    cursor: str
    node: ReviewItem


@strawberry.type
class ReviewConnection:
    """A page of pairs."""

    edges: list[ReviewEdge]
    page_info: PageInfo
    total_count: int = shown("Counted only when asked for, up to 10,000.")
    total_count_capped: bool = shown("There are more than totalCount.")


@strawberry.type(description="A word as it stands, and the entities of its two records after it.")
class DecidePayload:
    """A word as it stands."""

    decision: Decision
    entities: list[Entity]
