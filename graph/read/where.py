"""What a list of entities is filtered and ordered by: the `EntityWhere` and `EntityOrder` of the contract."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from graph.errors import BadInput
from graph.model import KINDS, Kind, Property, ValueType

DEEPEST = 8
MOST_CONDITIONS = 100
MOST_VALUES = 500
MOST_KEYS = 5
# Label is what every entity shows, so lists may be filtered and ordered by it too.
LABEL = Property("label", ValueType.TEXT, "what the entity is called")


@dataclass(frozen=True, slots=True)
class Near:
    """A circle on the WGS 84 sphere: degrees and metres."""

    latitude: float
    longitude: float
    metres: int


@dataclass(frozen=True, slots=True)
class EntityWhere:
    """Conditions that all hold. `property` is a field name of GraphQL; dates compare by first instant."""

    all_of: tuple[EntityWhere, ...] = ()
    any_of: tuple[EntityWhere, ...] | None = None
    none_of: EntityWhere | None = None
    property: str | None = None
    eq: str | None = None
    one_of: tuple[str, ...] | None = None
    starts_with: str | None = None
    contains: str | None = None
    gte: str | None = None
    lt: str | None = None
    exists: bool | None = None
    linked_to: str | None = None
    near: Near | None = None

    def comparisons(self) -> dict[str, object]:
        """What `property` is held against, by the names of the contract."""
        named = {
            "eq": self.eq,
            "in": self.one_of,
            "startsWith": self.starts_with,
            "contains": self.contains,
            "gte": self.gte,
            "lt": self.lt,
            "exists": self.exists,
        }
        return {name: value for name, value in named.items() if value is not None}


@dataclass(frozen=True, slots=True)
class EntityOrder:
    """One sort key: a field name of GraphQL, and whether the greatest comes first; what has none comes last."""

    property: str
    descending: bool = False


def kind_of(name: str) -> Kind:
    """The kind of that name; raises BadInput with the nearest right one."""
    if name not in KINDS:
        raise BadInput(f"kind: there is no {name!r}{nearest(name, list(KINDS))}")
    return KINDS[name]


def property_of(kind: Kind, field: str) -> Property:
    """The property of a kind that GraphQL calls `field`; raises BadInput with the nearest right name."""
    known = {declared.field: declared for declared in kind.properties} | {LABEL.name: LABEL}
    if field not in known:
        raise BadInput(f"property: a {kind.name} has no {field!r}{nearest(field, list(known))}")
    return known[field]


def linked_ids(where: EntityWhere | None) -> set[str]:
    """Every entity id that a `linkedTo` of the tree names."""
    return {node.linked_to for node in walk(where) if node.linked_to is not None}


def walk(where: EntityWhere | None, depth: int = 0) -> Iterator[EntityWhere]:
    """The nodes of a tree; raises BadInput where it is too deep."""
    if where is None:
        return
    if depth > DEEPEST:
        raise BadInput(f"where: nested deeper than {DEEPEST}; write it flatter")
    yield where
    for part in (*where.all_of, *(where.any_of or ()), *([where.none_of] if where.none_of else [])):
        yield from walk(part, depth + 1)


def check_size(where: EntityWhere | None) -> None:
    """Raise BadInput where a tree has too many conditions or a condition too many values."""
    for place, node in enumerate(walk(where)):
        if place >= MOST_CONDITIONS:
            raise BadInput(f"where: more than {MOST_CONDITIONS} conditions; ask for less at once")
        if node.one_of is not None and len(node.one_of) > MOST_VALUES:
            raise BadInput(f"where: in has {len(node.one_of)} values, at most {MOST_VALUES}; ask in parts")


def nearest(name: str, known: list[str]) -> str:
    """What to say of a name that is none: the nearest that is one, or all."""
    by_lower = {text.lower(): text for text in known}
    near = get_close_matches(name.lower(), by_lower, n=1, cutoff=0.5)
    return f"; did you mean {by_lower[near[0]]}?" if near else f"; one of {', '.join(sorted(known))}"
