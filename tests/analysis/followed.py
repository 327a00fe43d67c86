"""A link graph that is brought to the present step by step, held against one that is read whole."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from analysis.gather import renewed, whole
from graph.store import Store


class Followed:
    """The link graph of a store at each of its moments; `patched` and `read` count how it was brought there."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.links = whole(store)
        self.patched = self.read = 0

    def follow(self) -> None:
        """Bring it to the present; fails where it is not what a whole reading gives."""
        before = self.links
        after = renewed(self._store, before)
        fresh = whole(self._store)
        if after is None:
            self.read += 1
        elif after is not before:
            self.patched += 1
        self.links = after or fresh
        hold(self.links, fresh)


def hold(one: Any, other: Any) -> None:
    """Fail where two are not the same, to the last number."""
    for each in fields(one):
        mine, theirs = getattr(one, each.name), getattr(other, each.name)
        if isinstance(mine, np.ndarray):
            assert mine.dtype == theirs.dtype, each.name
            np.testing.assert_array_equal(mine, theirs, each.name)
        elif is_dataclass(mine):
            hold(mine, theirs)
        else:
            assert mine == theirs, each.name
