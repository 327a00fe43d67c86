"""A link graph that a process keeps for as long as it serves, and that is only read where it is of the present.

A thread looks five times a second whether anything has changed that networks are made of, and reads it anew: the
things that were touched, or the whole where that is sooner done. Readers never wait for it: whoever comes while it is
behind asks the database.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakKeyDictionary

import structlog

from analysis.gather import renewed, whole
from analysis.link_graph import LinkGraph
from graph.errors import PolegraphError
from graph.feed import moment
from graph.open import Graph
from graph.store import Store

_LOG = structlog.get_logger("polegraph.network")
_PACE_S = 0.2
# After reading the whole graph, so many times as long passes before it is read whole again.
_REST = 10.0


class Keeper:
    """The link graph of one store, made and renewed in the background between `start` and `stop`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._links: LinkGraph | None = None
        self._rested = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="network", daemon=True)

    @property
    def links(self) -> LinkGraph | None:
        """The newest there is, of whichever moment."""
        return self._links

    def start(self) -> None:
        """Begin to keep it."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread, once it has done what it is at."""
        self._over.set()
        self._thread.join()

    def renew(self) -> None:
        """Bring it to the present, or as near to it as what changes meanwhile allows; nothing where it is put off."""
        if self._links is not None:
            # What cannot be brought further is let go at once: what was erased may be in it.
            self._links = renewed(self._store, self._links)
        if self._links is None and time.monotonic() >= self._rested:
            began = time.monotonic()
            self._links = links = whole(self._store)
            took = time.monotonic() - began
            self._rested = time.monotonic() + _REST * took
            _LOG.info("network_read", links=links.count, ms=round(1_000 * took), bytes=links.held_bytes)

    def _keep(self) -> None:
        while not self._over.wait(_PACE_S):
            try:
                self.renew()
            except PolegraphError as error:
                _LOG.warning("network_not_read", code=error.code)


_KEEPERS: WeakKeyDictionary[Store, Keeper] = WeakKeyDictionary()


@contextmanager
def keeping(store: Store, *, background: bool = True) -> Iterator[Keeper]:
    """Keep a link graph of a store as long as the context lasts; without `background` whoever has it renews it."""
    keeper = _KEEPERS[store] = Keeper(store)
    if background:
        keeper.start()
    try:
        yield keeper
    finally:
        del _KEEPERS[store]
        if background:
            keeper.stop()


def present(graph: Graph) -> LinkGraph | None:
    """The link graph of this installation as it is at present; None where none is kept, or what is kept is behind."""
    keeper = _KEEPERS.get(graph.store)
    links = None if keeper is None else keeper.links
    return links if links is not None and moment(graph.store) == links.moment else None
