"""Pages of totally ordered lists: how long they may be, and how rows and their positions become one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from graph.answer import Page, Truncation
from graph.cursor import Sealed, decode
from graph.errors import BadInput
from graph.open import Graph
from security.viewer import Viewer

T = TypeVar("T")
LONGEST = 500
COUNTED = 10_000


class Whole(int):
    """As many as a list may have that is looked at item by item: more at once than anybody may ask for."""


def check_first(first: int) -> int:
    """`first` itself; raises BadInput where it is not 1 to 500."""
    if not isinstance(first, Whole) and not 1 <= first <= LONGEST:
        raise BadInput(f"first: {first} is not between 1 and {LONGEST}; ask for fewer and go on with `after`")
    return first


def within(name: str, value: int, lowest: int, highest: int) -> int:
    """The value itself; raises BadInput naming it and the limit."""
    if not lowest <= value <= highest:
        raise BadInput(f"{name}: {value} is not between {lowest} and {highest}")
    return value


def cut_to(found: Sequence[T], first: int, what: str = "first {}") -> tuple[Sequence[T], Truncation | None]:
    """The first so many of a list that was found whole, and what is left out."""
    beyond = len(found) - first
    return found[:first], Truncation(f"the {what.format(first)} are shown", beyond) if beyond > 0 else None


def left_out(rows: Sequence[Mapping[str, Any]], reason: str) -> Truncation | None:
    """What a plain list leaves out, where each of its rows tells the `total`."""
    left = rows[0]["total"] - len(rows) if rows else 0
    return Truncation(reason, left) if left else None


class Window:
    """One request for a page: how many, and after which position of the list `scope`."""

    def __init__(self, graph: Graph, viewer: Viewer, scope: str, first: int, after: str | None) -> None:
        self._graph, self._viewer, self._scope = graph, viewer, scope
        self.first = check_first(first)
        self.position: list[Any] | None = None if after is None else decode(graph.ids, viewer, scope, after)

    @property
    def limit(self) -> int:
        """How many rows to ask for: one more than the page holds, to know whether more follow."""
        return self.first + 1

    def page(
        self,
        rows: Sequence[dict[str, Any]],
        view: Callable[[dict[str, Any]], T],
        position: Callable[[dict[str, Any]], list[Any]],
    ) -> Page[T]:
        """The page of rows that begin after the position, at most `limit` of them, in order."""
        kept = rows[: self.first]
        return Page(
            items=tuple(view(row) for row in kept),
            cursors=Sealed(self._graph.ids, self._viewer, self._scope, [position(row) for row in kept]),
            has_next=len(rows) > self.first,
            has_previous=self.position is not None,
        )
