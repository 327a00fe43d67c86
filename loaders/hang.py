"""The links that a row's statements make, their ends bound; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from loaders.bind import Binder, Waiting


class Link(NamedTuple):
    """A relationship as it should be or is: type, ends, and its properties by name, sorted, none of them null."""

    type: str
    origin: str
    target: str
    properties: tuple[tuple[str, Any], ...]

    @property
    def row(self) -> str:
        """The id of the row that states it."""
        return str(dict(self.properties)["row"])

    @property
    def place(self) -> int:
        """Its place among the row's statements."""
        return int(dict(self.properties)["place"])


@dataclass(slots=True)
class Hung:
    """The links of one row, the types of those whose ends have not come, and what would change that."""

    links: list[Link] = field(default_factory=list)
    dangling: list[str] = field(default_factory=list)
    waiting: Waiting = field(default_factory=Waiting)

    @property
    def bound(self) -> list[str]:
        """The records that its links start from."""
        return sorted({dict(link.properties)["a"] for link in self.links})


def hang(row: Mapping[str, Any], stated: Sequence[Mapping[str, Any]], binder: Binder) -> Hung:
    """The links of a row (`id`, `source`, `live`, `first_as_of`, `retracted_at`) that makes these statements.

    A row that a newer one has replaced gives retracted links.
    """
    hung = Hung()
    dated = row["first_as_of"] or 0
    for place, link in enumerate(stated):
        origin = binder.bind(link["f"], link["m"], hung.waiting)
        target = binder.bind(link["o"], link["m"], hung.waiting)
        if origin is None or target is None:
            hung.dangling.append(link["t"])
            continue
        marks = [mk for mk in (link["m"], origin.mk, target.mk) if mk is not None]
        # By name, so that what is there can be compared with what should be.
        properties = (
            ("a", origin.record),
            ("b", target.record),
            ("grade", link.get("g")),
            ("made", link.get("made")),
            ("mk", binder.markings.join(*marks)),
            ("place", place),
            ("precision", link.get("p")),
            ("recorded_at", dated),
            ("retracted_at", None if row["live"] else row["retracted_at"] or 0),
            ("role", link.get("r")),
            ("row", row["id"]),
            ("source", row["source"]),
            ("status", link.get("s")),
            ("type", None if row["live"] else link["t"]),
            ("valid_from", link.get("vf")),
            ("valid_to", link.get("vt")),
        )
        # A null is no property in the graph.
        held = tuple(one for one in properties if one[1] is not None)
        hung.links.append(Link(link["t"] if row["live"] else "WAS", origin.entity, target.entity, held))
    return hung
