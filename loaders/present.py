"""What a graph holds already, as loads and restores ask it: how much, a source's number, its full deliveries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.store import Store, Transaction
from loaders.mapping import SourceMapping


def counts(store: Store) -> dict[str, int]:
    """How many nodes, links, rows and decisions there are."""
    return {row["what"]: row["count"] for row in store.internal("load/counts")}


def source_number(store: Store, mapping: SourceMapping) -> int:
    """The local number of a source, given where it has none; its name, owner and priority are as its mapping has."""

    def declare(transaction: Transaction) -> int:
        given = {"id": mapping.source, "name": mapping.name, "owner": mapping.owner or None}
        (row,) = transaction.run("admin/declare_source", **given, priority=mapping.priority)
        return int(row["n"])

    return store.write(declare)


def full_deliveries(store: Store, source: int) -> Mapping[str, Sequence[int]]:
    """The dates of the full deliveries of each file entry of a source, in order."""
    return {row["file"]: sorted(row["dates"]) for row in store.internal("load/fulls", source=source)}
