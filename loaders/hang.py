"""The links that a row's statements make, their ends bound; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from loaders.bind import Binder, Waiting, meant

# What a statement may say of a link, by its short name in the row.
_GIVEN = (
    ("g", "grade"),
    ("r", "role"),
    ("s", "status"),
    ("vf", "valid_from"),
    ("vt", "valid_to"),
    ("p", "precision"),
    ("made", "made"),
)


class Link(NamedTuple):
    """A relationship as it should be or is: type, ends, and its properties by name, none of them null."""

    type: str
    origin: str
    target: str
    properties: dict[str, Any]

    @property
    def identity(self) -> tuple[object, ...]:
        """What tells it from every other, for comparing what is there with what should be."""
        return self.type, self.origin, self.target, *sorted(self.properties.items())


@dataclass(slots=True)
class Hung:
    """The links of one row, the types of those whose ends have not come, and what would change that."""

    links: list[Link] = field(default_factory=list)
    dangling: list[str] = field(default_factory=list)
    waiting: Waiting = field(default_factory=Waiting)

    @property
    def bound(self) -> list[str]:
        """The records that its links start from."""
        return sorted({link.properties["a"] for link in self.links})


def hang(row: Mapping[str, Any], stated: Sequence[Mapping[str, Any]], binder: Binder) -> Hung:
    """The links of a row (`id`, `source`, `live`, `first_as_of`, `until`) that makes these statements.

    A row that a newer one has replaced gives retracted links.
    """
    hung = Hung()
    dated = row["first_as_of"] or 0
    for place, link in enumerate(stated):
        origin = binder.bind(link["f"], link["m"], hung.waiting)
        target = binder.bind(link["o"], link["m"], hung.waiting)
        if origin is None or target is None:
            hung.dangling.append(link["t"])
            # Of the other end too, there or not: nothing is bound to it that would tell when it goes or comes back.
            hung.waiting.ids.update(meant(link["f"]), meant(link["o"]))
            continue
        marks = [mk for mk in (link["m"], origin.mk, target.mk) if mk is not None]
        properties = {
            "row": row["id"],
            "place": place,
            "source": row["source"],
            "mk": binder.markings.join(*marks),
            "recorded_at": dated,
            "a": origin.record,
            "b": target.record,
        }
        for short, name in _GIVEN:
            if short in link:
                properties[name] = link[short]
        type_ = link["t"]
        if not row["live"]:
            properties |= {"type": type_, "retracted_at": row["until"] or 0}
            type_ = "WAS"
        hung.links.append(Link(type_, origin.entity, target.entity, properties))
    return hung
