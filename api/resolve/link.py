"""Resolvers of links, records and sources: local numbers become what they stand for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from strawberry import Parent

from api.context import Asked
from api.resolve.value import shown_properties
from graph.answer import PRECISIONS, EntityView, LinkView, RecordView, SourceView, unpack_grade
from graph.open import Graph

Stated: TypeAlias = LinkView | RecordView


@dataclass(frozen=True, slots=True)
class GradeView:
    """A 3x5x2 grade."""

    source: int
    intelligence: str
    handling: str

    @property
    def label(self) -> str:
        """The grade as analysts write it: `1A P`."""
        return f"{self.source}{self.intelligence} {self.handling}"


@dataclass(frozen=True, slots=True)
class PropertyView:
    """A property by its name in the schema, and its value as text."""

    name: str
    value: str


RESOLVER_SOURCE = SourceView(-1, "polegraph", "Resolution", None, 0)


def grade_view(packed: int | None) -> GradeView | None:
    """The grade of a packed one."""
    return None if packed is None else GradeView(*unpack_grade(packed))


def grade(root: Parent[Stated]) -> GradeView | None:
    """The grade of a link or record."""
    return grade_view(root.grade)


def marking(root: Parent[Stated], info: Asked) -> str:
    """The canonical text of a link's or record's marking."""
    return info.context.graph.catalogue.marking(root.mk).text


def source(root: Parent[Stated], info: Asked) -> SourceView:
    """The source of a link or record."""
    return source_of(info.context.graph, root)


def source_of(graph: Graph, stated: Stated) -> SourceView:
    """The source of a link or record; SAME_IDENTITY links are said by resolution."""
    return RESOLVER_SOURCE if stated.source is None else graph.catalogue.source(stated.source)


def origin(root: Parent[LinkView]) -> EntityView:
    """Where a link starts."""
    return root.origin


def target(root: Parent[LinkView]) -> EntityView:
    """Where a link ends."""
    return root.target


def valid_precision(root: Parent[LinkView]) -> str | None:
    """How exactly a link's `validFrom` is known."""
    return None if root.precision is None else PRECISIONS[root.precision]


def link_records(root: Parent[LinkView], info: Asked) -> list[RecordView]:
    """The records at a link's ends; of a list all are read together."""
    return info.context.records.many(root.records)


def properties(root: Parent[RecordView]) -> list[PropertyView]:
    """A record's properties."""
    return [PropertyView(name, value) for name, value in shown_properties(root)]


def record_entity(root: Parent[RecordView], info: Asked) -> EntityView | None:
    """The entity that holds a record; of a list all are read together."""
    return None if root.entity is None else info.context.entities.get(root.entity)


def source_id(root: Parent[SourceView]) -> str:
    """The id of a source."""
    return root.id
