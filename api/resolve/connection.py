"""Connections: a page as Relay shows it, counted only when somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from graph.answer import Page
from graph.read.facet import FacetView

T = TypeVar("T")
Count = Callable[[], tuple[int, bool]]
Facets = Callable[[Sequence[str] | None, int], list[FacetView]]


@dataclass(frozen=True, slots=True)
class EdgeView(Generic[T]):
    """One item, and its place among the cursors of its page."""

    node: T
    cursors: Sequence[str]
    place: int

    @property
    def cursor(self) -> str:
        """Its cursor."""
        return self.cursors[self.place]


@dataclass(frozen=True, slots=True)
class PageInfoView:
    """Where a page begins and ends and whether there is more."""

    page: Page[Any]

    @property
    def has_next_page(self) -> bool:
        """Whether more follow."""
        return self.page.has_next

    @property
    def has_previous_page(self) -> bool:
        """Whether some precede."""
        return self.page.has_previous

    @property
    def start_cursor(self) -> str | None:
        """The first cursor."""
        return self.page.cursors[0] if self.page.cursors else None

    @property
    def end_cursor(self) -> str | None:
        """The last cursor."""
        return self.page.cursors[-1] if self.page.cursors else None


class ConnectionView(Generic[T]):
    """A page with its edges; `count` is asked once, and only for `totalCount` or `totalCountCapped`.

    `facets` answers for all that the list has, where it can be counted so.
    """

    def __init__(self, page: Page[T], count: Count | None = None, facets: Facets | None = None) -> None:
        self.page = page
        self._count = count
        self._facets = facets

    def facets(self, properties: Sequence[str] | None, first: int) -> list[FacetView]:
        """How many have each value of these properties, or of the usual ones."""
        return [] if self._facets is None else self._facets(properties, first)

    @property
    def edges(self) -> list[EdgeView[T]]:
        """Items with their cursors."""
        return [EdgeView(item, self.page.cursors, place) for place, item in enumerate(self.page.items)]

    @property
    def page_info(self) -> PageInfoView:
        """Where the page begins and ends."""
        return PageInfoView(self.page)

    @cached_property
    def _counted(self) -> tuple[int, bool]:
        return self._count() if self._count is not None else (len(self.page.items), self.page.has_next)

    @property
    def total_count(self) -> int:
        """How many there are in all, at most 10,000."""
        return self._counted[0]

    @property
    def total_count_capped(self) -> bool:
        """Whether there are more than were counted."""
        return self._counted[1]
