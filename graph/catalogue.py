"""The local numbers of markings and sources, which markings a viewer's grants allow, and which model stands."""

from __future__ import annotations

import time

from graph.answer import SourceView
from graph.store import Store
from security.marking import Grants, Marking, parse_marking
from security.viewer import Purpose, Role, Viewer

_FRESH_S = 1.0


class Catalogue:
    """What the graph knows of markings and sources, read again when a second old or when a number is unknown.

    `model`: the version of the published model of persons, None where the shipped one stands.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read_at = float("-inf")
        self.markings: dict[int, Marking] = {}
        self.sources: dict[int, SourceView] = {}
        self.model: str | None = None

    def refresh(self) -> None:
        """Read markings and sources again."""
        self.markings = {row["mk"]: parse_marking(row["text"]) for row in self._store.internal("admin/markings")}
        sources = (SourceView(**row) for row in self._store.internal("admin/sources"))
        self.sources = {source.n: source for source in sources}
        self.model = next((row["version"] for row in self._store.internal("admin/model")), None)
        self._read_at = time.monotonic()

    def freshen(self) -> None:
        """Read them again where what is known is older than a second."""
        if time.monotonic() - self._read_at > _FRESH_S:
            self.refresh()

    def viewer(self, user: str, grants: Grants, purpose: Purpose | None = None, role: Role | None = None) -> Viewer:
        """A viewer who holds these grants, with the numbers of the markings that they satisfy."""
        self.freshen()
        allowed = tuple(sorted(mk for mk, marking in self.markings.items() if grants.satisfies(marking)))
        return Viewer(user, grants, allowed, purpose, role)

    def marking(self, mk: int) -> Marking:
        """The marking of a local number."""
        if mk not in self.markings:
            self.refresh()
        return self.markings[mk]

    def source(self, n: int) -> SourceView:
        """The source of a local number."""
        if n not in self.sources:
            self.refresh()
        return self.sources[n]
