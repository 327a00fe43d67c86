"""Lists that are chosen from and ordered by what the caller says, read as they are, in their own order.

Nothing is read that the list itself does not show its viewer, so what is hidden changes neither what is found nor what
is counted or refused. What it costs grows with the list: a list of things of a kind, which has no bound, is asked of
the database with its conditions instead (`listing.py`).
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from graph.answer import Page
from graph.errors import BadInput, TooCostly
from graph.model import ValueType
from graph.open import Graph
from graph.read.condition import DATES, FIRST_INSTANT, TEXTUAL, check_given, typed
from graph.read.page import COUNTED, LONGEST, Whole, Window, check_first
from graph.read.where import MOST_KEYS, EntityOrder, EntityWhere, check_size
from security.viewer import Viewer

T = TypeVar("T")
Holds: TypeAlias = Callable[[T], bool]
_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "gte": operator.ge,
    "lt": operator.lt,
    "startsWith": str.startswith,
    "contains": operator.contains,
    "in": lambda held, values: held in values,
}


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """A value of a list's items: a text, a number, a date as ISO text of any precision; None; or several, as a list."""

    type: ValueType
    of: Callable[[T], Any]


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """A list as it is.

    `scope` tells it from every other list, `page` gives its pages by how many and after which cursor, `column` the
    value that a path names (raising BadInput for none), `id` what tells its items apart; at most `most` are looked at.
    """

    scope: str
    page: Callable[[int, str | None], Page[T]]
    column: Callable[[str], Column[T]]
    id: Callable[[T], str]
    most: int = COUNTED


class Sieve(Generic[T]):
    """Some of a list's items, or all in another order."""

    def __init__(self, listing: Listing[T], where: EntityWhere | None, order_by: Sequence[EntityOrder] = ()) -> None:
        """Raises BadInput for a condition or an order that the list does not have."""
        check_size(where)
        if len(order_by) > MOST_KEYS:
            raise BadInput(f"orderBy: {len(order_by)} keys, at most {MOST_KEYS}")
        self._listing = listing
        self._scope = f"{listing.scope}:{where!r}:{tuple(order_by)!r}"
        self.passes: Holds[T] = (lambda _: True) if where is None else _tree(listing.column, where)
        self._keys = [(_ordered(listing.column(key.property), key.property), key.descending) for key in order_by]

    def page(self, graph: Graph, viewer: Viewer, first: int, after: str | None) -> Page[T]:
        """The items that pass, in the list's own order or in that asked for, what has no value last, then by id.

        Raises TooCostly where more would have to be looked at than the list allows.
        """
        if not self._keys:
            return self._chosen(check_first(first), after)
        window = Window(graph, viewer, self._scope, first, after)
        rows: list[dict[str, Any]] = [
            {"item": item, "at": self._place(item)} for item in self._all() if self.passes(item)
        ]
        rows.sort(key=lambda row: str(row["at"][-1]))
        for number, (_, descending) in reversed([*enumerate(self._keys)]):
            rows.sort(key=lambda row, n=number: (row["at"][n] is not None, row["at"][n]), reverse=descending)  # type: ignore[misc]
            rows.sort(key=lambda row, n=number: row["at"][n] is None)  # type: ignore[misc]
        position = window.position
        if position is not None:
            rows = [row for row in rows if self._behind(row["at"], position)]
        return window.page(rows, lambda row: row["item"], lambda row: row["at"])

    def count(self) -> tuple[int, bool]:
        """How many pass, and whether there are more items than are looked at."""
        found = 0
        try:
            for item in self._all():
                found += self.passes(item)
        except TooCostly:
            return found, True
        return found, False

    def _chosen(self, first: int, after: str | None) -> Page[T]:
        """By the list's own cursors: only as much is looked at as it takes to fill the page."""
        kept: list[tuple[T, Sequence[str], int]] = []
        for item, cursors, place in self._items(LONGEST, after):
            if self.passes(item):
                kept.append((item, cursors, place))
            if len(kept) > first:
                break
        shown = kept[:first]
        items, cursors = tuple(item for item, *_ in shown), tuple(cursors[place] for _, cursors, place in shown)
        return Page(items, cursors, has_next=len(kept) > first, has_previous=after is not None)

    def _all(self) -> Iterator[T]:
        return (item for item, *_ in self._items(Whole(self._listing.most), None))

    def _items(self, many: int, after: str | None) -> Iterator[tuple[T, Sequence[str], int]]:
        """The items, each with the cursors of its page and its place among them: so many, then all the others."""
        looked = 0
        while True:
            page = self._listing.page(many, after)
            yield from ((item, page.cursors, place) for place, item in enumerate(page.items))
            looked += len(page.items)
            if not page.has_next:
                return
            if looked >= self._listing.most:
                raise TooCostly(
                    f"where, orderBy: the list has more than {self._listing.most:,} items, which are not looked at "
                    "one by one; narrow it by its other arguments"
                )
            # Each page of a crowded thing's links reads and sorts all of them: no more than two are read.
            many, after = Whole(self._listing.most - looked), page.cursors[-1]

    def _place(self, item: T) -> list[Any]:
        return [*(read(item) for read, _ in self._keys), self._listing.id(item)]

    def _behind(self, place: Sequence[Any], position: Sequence[Any]) -> bool:
        """Whether an item comes after a position."""
        for (_, descending), held, last in zip(self._keys, place, position, strict=False):
            if held == last:
                continue
            if held is None or last is None:
                return held is None
            return bool(held < last if descending else held > last)
        return bool(place[-1] > position[-1])


def _tree(column: Callable[[str], Column[T]], where: EntityWhere) -> Holds[T]:
    """Whether a tree holds of an item: everything given in one node must hold; what is unknown does not."""
    parts = [_tree(column, part) for part in where.all_of]
    if where.any_of is not None:
        some = [_tree(column, part) for part in where.any_of]
        parts.append(lambda item: any(part(item) for part in some))
    if where.none_of is not None:
        none = _tree(column, where.none_of)
        parts.append(lambda item: not none(item))
    given = check_given(where)
    if where.property is not None:
        parts += [_comparison(column(where.property), where.property, name, value) for name, value in given.items()]
    if not parts:
        raise BadInput("where: an empty condition; give and, or, not, or a property and what of it")
    return lambda item: all(part(item) for part in parts)


def _comparison(column: Column[T], path: str, name: str, value: Any) -> Holds[T]:  # noqa: ANN401 - text, texts or bool
    if name == "exists":
        return lambda item: (column.of(item) not in (None, [])) is value
    textual = name in TEXTUAL
    values = [typed(path, column.type, each, name) for each in (value if name == "in" else [value])]
    wanted = values if name == "in" else values[0]
    dated = column.type in DATES and not textual
    compare = _COMPARED[name]

    def holds(item: T) -> bool:
        held = column.of(item)
        several = held if isinstance(held, list) else [] if held is None else [held]
        return any(compare(_instant(each) if dated else each, wanted) for each in several)

    return holds


def _ordered(column: Column[T], path: str) -> Callable[[T], Any]:
    dated = column.type in DATES

    def read(item: T) -> Any:  # noqa: ANN401 - text or number
        held = column.of(item)
        if isinstance(held, list):
            raise BadInput(f"orderBy: {path} has no order; choose a property of one text, number or date")
        return _instant(held) if dated and held is not None else held

    return read


def _instant(text: str) -> str:
    """The first instant of an ISO text, so that texts compare as instants do."""
    bare = text.replace("Z", "")
    return bare + FIRST_INSTANT[len(bare) :]
