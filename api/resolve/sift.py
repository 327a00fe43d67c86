"""Lists chosen from and ordered by what their items say: the arguments `where` and `orderBy` of connections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from api.context import Asked
from api.resolve.column import Columns
from api.resolve.connection import Count
from api.schema.input import EntityOrder, ListWhere
from graph.answer import Page
from graph.read.page import COUNTED
from graph.read.sift import Listing, Sieve

T = TypeVar("T")
# The arguments of every connection.
Given: TypeAlias = tuple[ListWhere | None, list[EntityOrder] | None, int, str | None]


@dataclass(frozen=True, slots=True)
class Sifted(Generic[T]):
    """A page of a list, and what counts it; `passes` where it is some of the list."""

    page: Page[T]
    count: Count | None
    passes: Callable[[T], bool]


def sift(
    info: Asked,
    columns: Columns[T],
    scope: object,
    pages: Callable[[int, str | None], Page[T]],
    count: Count | None,
    given: Given,
    most: int = COUNTED,
) -> Sifted[T]:
    """The page that is asked for of a list that `pages` gives and `count` counts as it is.

    `scope` is what tells the list from others: its question's other arguments.
    """
    where, order_by, first, after = given
    if where is None and not order_by:
        return Sifted(pages(first, after), count, lambda _: True)
    graph = info.context.graph
    listing = Listing(f"{info.path.typename}.{info.field_name}:{scope!r}", pages, columns.of(graph), columns.id, most)
    keys = tuple(key.key() for key in order_by or ())
    sieve = Sieve(listing, None if where is None else where.condition(), keys)
    page = sieve.page(graph, info.context.viewer, first, after)
    return Sifted(page, count if where is None else sieve.count, sieve.passes)
