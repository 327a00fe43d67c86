"""What a graph holds already, as loads and restores ask it: how much, a source's number, its full deliveries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.model import RESOLVED
from graph.store import Store, Transaction
from loaders.known import Known
from loaders.mapping import SourceMapping

# To read a stored row takes some 5 us, to check and look up a delivered one, of 50 to 200 bytes, 100 and more.
_FEW, _ROWS_A_BYTE = 5_000, 0.2
# Records labelled in one transaction.
_RECORDS = 10_000


def counts(store: Store) -> dict[str, int]:
    """How many nodes, links, rows and decisions there are."""
    return {row["what"]: row["count"] for row in store.internal("load/counts")}


def source_number(store: Store, mapping: SourceMapping) -> int:
    """The local number of a source, given where it has none; its name, owner and priority are as its mapping has.

    Where its priority is another than before, its records wait to be settled again: other values may win.
    """
    for row in store.internal("admin/sources"):
        if row["id"] == mapping.source and row["priority"] != mapping.priority:
            _unplace(store, row["n"])

    def declare(transaction: Transaction) -> int:
        given = {"id": mapping.source, "name": mapping.name, "owner": mapping.owner or None}
        (row,) = transaction.run("admin/declare_source", **given, priority=mapping.priority)
        return int(row["n"])

    return store.write(declare)


def _unplace(store: Store, source: int) -> None:
    def some(transaction: Transaction) -> int:
        transaction.run("load/lock")
        (row,) = transaction.run("load/unplace_source", source=source, kinds=list(RESOLVED), limit=_RECORDS)
        return int(row["count"])

    while store.write(some):
        pass


def source_numbers(store: Store) -> dict[str, int]:
    """The local number of each source that the graph has."""
    return {row["id"]: row["n"] for row in store.internal("admin/sources")}


def known_rows(store: Store, source: int, entry: str, size: int, fulls: Sequence[int]) -> Known | None:
    """The rows of a file entry that can be known again in a delivery of `size` bytes, `fulls` as `Known` takes them.

    None where there are none, or so many that finding the delivered ones one by one is sooner done.
    """
    most = max(_FEW, int(size * _ROWS_A_BYTE))
    (extent,) = store.internal("load/extent", source=source, file=entry, most=most)
    if not extent["rows"] or extent["rows"] > most or extent["batches"] >= most:
        return None
    known = Known(store.stream("load/stamps", source=source, file=entry), fulls)
    return known if len(known) else None


def full_deliveries(store: Store, source: int) -> Mapping[str, Sequence[int]]:
    """The dates of the full deliveries of each file entry of a source, in order."""
    return {row["file"]: sorted(row["dates"]) for row in store.internal("load/fulls", source=source)}
