"""A loader: single keys asked for one by one, read from the database together.

Resolvers run one after another, so nothing waits for a tick: whoever returns a list announces the keys that its items
may ask for, and the first question for one of them reads all that were announced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar

V = TypeVar("V")
_BATCH = 1_000


class Loader(Generic[V]):
    """Values by key, each key read at most once in an operation."""

    def __init__(self, load: Callable[[list[str]], Mapping[str, V]]) -> None:
        self._load = load
        self._announced: dict[str, None] = {}
        self._known: dict[str, V | None] = {}

    def announce(self, keys: Iterable[str]) -> None:
        """Keys that may be asked for soon."""
        self._announced.update((key, None) for key in keys if key not in self._known)

    def get(self, key: str) -> V | None:
        """The value of a key, None where there is none."""
        if key not in self._known:
            wanted = [key, *(other for other in self._announced if other != key)][:_BATCH]
            found = self._load(wanted)
            self._known.update((each, found.get(each)) for each in wanted)
            for each in wanted:
                self._announced.pop(each, None)
        return self._known[key]

    def many(self, keys: Iterable[str]) -> list[V]:
        """The values of these keys that have one, in the order of the keys."""
        wanted = list(keys)
        self.announce(wanted)
        return [value for value in map(self.get, wanted) if value is not None]
