"""What the model is written in: properties, kinds and link types as frozen declarations that check themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

_SNAKE = re.compile(r"^[a-z][a-z0-9_]*$")
_CAMEL = re.compile(r"^[A-Z][A-Za-z]*$")
_TYPE = re.compile(r"^[A-Z][A-Z_]*$")


class ValueType(StrEnum):
    """What a property holds. Dates are ISO text of their own precision (`2017-08`), points are WGS 84."""

    TEXT = "text"
    DATE = "date"
    DATETIME = "datetime"
    INT = "int"
    FLOAT = "float"
    POINT = "point"


class Identity(StrEnum):
    """How a kind's things are told apart (DESIGN: three ways to have an identity)."""

    RESOLVED = "resolved"
    KEYED = "keyed"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Property:
    """One property: its name, type, meaning, whether it repeats, its standard, whether a search finds by it.

    `coded`: its values are codes of a list. `ordered`: lists in its order walk an index, however long they are.
    """

    name: str
    type: ValueType
    description: str
    repeatable: bool = False
    standard: str | None = None
    identifier: bool = False
    searched: bool = False
    plural: str | None = None
    coded: bool = False
    ordered: bool = False

    def __post_init__(self) -> None:
        if not _SNAKE.match(self.name):
            raise ValueError(f"property {self.name!r} is not snake_case")
        if not self.description:
            raise ValueError(f"property {self.name!r} has no description")

    @property
    def field(self) -> str:
        """The name in GraphQL: camelCase, `aliases` for `alias`."""
        return camel(self.plural or self.name)


@dataclass(frozen=True)
class Kind:
    """One kind of thing: its name, identity, properties in order, and whether it is an event."""

    name: str
    identity: Identity
    description: str
    properties: tuple[Property, ...]
    event: bool = False
    group: str = "object"

    def __post_init__(self) -> None:
        if not _CAMEL.match(self.name):
            raise ValueError(f"kind {self.name!r} is not CamelCase")
        names = [p.name for p in self.properties]
        if len(names) != len(set(names)):
            raise ValueError(f"kind {self.name}: a property is declared twice")

    @cached_property
    def by_name(self) -> dict[str, Property]:
        """Its properties by name."""
        return {p.name: p for p in self.properties}

    @property
    def enum(self) -> str:
        """The name in GraphQL's Kind enum: `StopSearch` is STOP_SEARCH."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", self.name).upper()

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of its nodes in Neo4j."""
        return ("Entity", "Event", self.name) if self.event else ("Entity", self.name)

    @property
    def identifiers(self) -> tuple[Property, ...]:
        """Properties that name one thing within their scheme."""
        return tuple(p for p in self.properties if p.identifier)


@dataclass(frozen=True)
class LinkType:
    """One type of link: its ends, and the roles that `from` may have towards `to`."""

    name: str
    description: str
    sources: frozenset[str]
    targets: frozenset[str]
    roles: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _TYPE.match(self.name):
            raise ValueError(f"link type {self.name!r} is not UPPER_CASE")


def camel(name: str) -> str:
    """A snake_case name in camelCase."""
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)
