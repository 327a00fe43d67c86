"""Empty a graph over Bolt, in parts that the server's memory has room for."""

from __future__ import annotations

from graph.errors import TransientError
from graph.store import Store

# Relationships or nodes of one transaction: a server took 10,000 nodes of a small graph, and not those of a large one.
_MOST, _LEAST = 5_000, 50


def wipe(store: Store) -> None:
    """Take away everything but the indexes and the note that they are there.

    Relationships first, so that a node with very many of them is as light as any. Raises TransientError where the
    database takes not even a small part.
    """
    for name in ("admin/wipe_links", "admin/wipe_nodes"):
        limit = _MOST
        while True:
            try:
                if not store.write(lambda tx, name=name, limit=limit: tx.run(name, limit=limit))[0]["count"]:  # type: ignore[misc]
                    break
            except TransientError:
                if limit <= _LEAST:
                    raise
                limit //= 2
