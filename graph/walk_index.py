"""The indexes along which lists of a kind are walked: of each marking a property's values in order, then by id.

A list that is walked reads what it shows of each marking its viewer holds, and nothing else: neither how many there are
of the kind nor how many are hidden counts. Values have no marking of their own: they are walked until enough are seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import LiteralString

from graph.model import KINDS, VALUES, Identity, Kind, Property
from graph.model.event import EVENT_PROPERTIES

# Times are ordered by their first instant, whatever their precision; a value is what it is called.
_KEPT_AS = {"occurred_from": "at", "valid_from": "at"}
_OF_EVENTS = frozenset(declared.name for declared in EVENT_PROPERTIES)


@dataclass(frozen=True, slots=True)
class WalkIndex:
    """An index: the label of what it holds, and its properties in order; `by` is that which orders, before the id."""

    label: str
    columns: tuple[str, ...]

    @property
    def by(self) -> str | None:
        """The stored property that it is ordered by within a kind and a marking; None where by id alone."""
        return next((name for name in self.columns if name not in ("kind", "mk", "id")), None)

    @property
    def name(self) -> str:
        """Its name in the database."""
        return f"walk_{self.label.lower()}_{self.by or 'id'}"

    @property
    def command(self) -> LiteralString:
        """The command that makes it; names are the model's alone."""
        on = ", ".join(f"n.`{column}`" for column in self.columns)
        return f"CREATE INDEX {self.name} IF NOT EXISTS FOR (n:`{self.label}`) ON ({on})"


def walk_of(kind: Kind, declared: Property | None) -> WalkIndex | None:
    """The index that has things of a kind in the order of a property, by id for None; None where none has."""
    if kind.identity is Identity.VALUE:
        if declared is None:
            return WalkIndex(kind.name, ("id",))
        return WalkIndex(kind.name, ("value", "id")) if declared.name in ("label", "value") else None
    if declared is None:
        return WalkIndex("Entity", ("kind", "mk", "id"))
    if declared.name == "label":
        return WalkIndex("Entity", ("kind", "mk", "label", "id"))
    if not declared.ordered:
        return None
    stored = _KEPT_AS.get(declared.name, declared.name)
    if kind.event and declared.name in _OF_EVENTS:
        return WalkIndex("Event", ("kind", "mk", stored, "id"))
    return WalkIndex(kind.name, ("mk", stored, "id"))


def walk_indexes() -> Iterator[WalkIndex]:
    """Every index, once."""
    by_id_and_label = (WalkIndex("Entity", ("kind", "mk", "id")), WalkIndex("Entity", ("kind", "mk", "label", "id")))
    of_values = (WalkIndex(kind, columns) for kind in VALUES for columns in (("id",), ("value", "id")))
    others = (walk_of(kind, declared) for kind in KINDS.values() for declared in kind.properties)
    yield from dict.fromkeys((*by_id_and_label, *of_values, *(found for found in others if found is not None)))
