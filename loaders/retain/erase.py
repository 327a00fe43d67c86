"""Erasing rows: what only they say goes with them, everything else is as if they had never come.

Two steps, each repeatable, because the first marks what the second takes: rows are withdrawn with their links and a
tombstone each, and all that follows is settled as after any load; then rows, records and things that nobody speaks of
any more are deleted, and what others speak of too gets the content that those make. A tombstone is an id and a date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import orjson

from graph.ids import entity_of, is_id
from graph.marking_numbers import StoredMarkings
from graph.open import Graph
from graph.store import Transaction
from loaders.batch import Written
from loaders.bind import ends_of, meant
from loaders.settle import Progress, settle
from loaders.stored import Place, batch_map
from loaders.writer import locked, say_again

_ROWS = 500
_SWEPT = 5_000
# What people called that of which a part is gone: nobody can tell whether the name told of just that.
_NAMED = "(a part of this was erased)"
# A batch of no source and file: it has its place in the change feed, and no delivery is counted by it.
_PLACE = Place(-1, "", "retention")


def erase(graph: Graph, rows: Sequence[str], progress: Progress) -> list[str]:
    """Erase these rows, and what an erasure that was cut short has left; returns the records and things that went.

    Nothing else may write meanwhile what these rows' sources deliver.
    """
    for start in range(0, len(rows), _ROWS):
        part = list(rows[start : start + _ROWS])
        graph.store.write(lambda transaction, part=part: withdraw(graph, transaction, part))  # type: ignore[misc]
        progress("withdrawing rows", start + len(part), len(rows))
    markings = StoredMarkings(graph.store)
    settle(graph, markings, progress=progress)
    gone: list[str] = []
    while found := graph.store.write(lambda transaction: _take(graph, transaction)):
        gone += found
        progress("erasing", len(gone), None)
    settle(graph, markings, progress=progress)
    while graph.store.write(_sweep):
        pass
    # Whether or not anything went: an erasure that was cut short may have left just this.
    graph.store.write(_forget_models)
    return sorted(each for each in gone if each)


def withdraw(graph: Graph, transaction: Transaction, rows: list[str]) -> None:
    """Take these rows back and mark them, so that `erase` takes them; whoever calls settles and erases."""
    seq = locked(transaction)
    spoken = _spoken(transaction, rows)
    transaction.touch_all()
    cut = transaction.run("retain/withdraw", rows=rows, now=graph.clock(), seq=seq + 1)
    transaction.run("retain/unbind", rows=rows)
    loose = {found[end] for found in cut for end in ("a", "b") if found[end] is not None}
    if loose:
        transaction.run("load/loosen", ids=sorted(loose))
    used = {found["target"] for found in cut if found["type"] in ("USES", "KEEPS")}
    if used:
        transaction.run("load/wake_users", ids=sorted(used))
    _say_again(graph, transaction, seq, spoken)
    _note(graph, transaction, len(rows))


def _take(graph: Graph, transaction: Transaction) -> list[str]:
    """Take a part of the withdrawn rows; returns what went of records, things, values; an empty text for the rows."""
    seq = locked(transaction)
    found = transaction.run("retain/erasing", limit=_ROWS)
    if not found:
        return []
    # The ids of what goes are not to stay in what is noted of changes.
    transaction.touch_all()
    rows = [row["row"] for row in found]
    spoken = _spoken(transaction, rows)
    transaction.run("retain/erase_rows", rows=rows)
    nodes = sorted(node for each in spoken.values() for node in each)
    things = [row["id"] for row in transaction.run("retain/erase_things", ids=nodes, now=graph.clock())]
    gone = set(things)
    _say_again(graph, transaction, seq, {at: [n for n in each if n not in gone] for at, each in spoken.items()})
    named = {id_ for end in ends_of(orjson.loads(row["links"] or "[]") for row in found) for id_ in meant(end)}
    values = transaction.run("retain/erase_values", ids=sorted(named | set(nodes)))
    left = {entity_of(id_) if is_id(id_, "r_") else id_ for id_ in (*things, *(row["id"] for row in values))}
    if left:
        transaction.run("workspace/forget", ids=sorted(left), name=_NAMED)
        transaction.run("alert/forget_things", ids=sorted(left), name=_NAMED)
    # What was worked out rests on these rows, also where they are only said anew.
    transaction.run("job/forget")
    _note(graph, transaction, len(rows))
    return ["", *things, *(row["id"] for row in values)]


def _spoken(transaction: Transaction, rows: list[str]) -> dict[int, list[str]]:
    """What rows speak of, by the number of its source."""
    spoken: defaultdict[int, list[str]] = defaultdict(list)
    for found in transaction.run("retain/spoken", rows=rows):
        spoken[found["source"]].append(found["node"])
    return dict(spoken)


def _say_again(graph: Graph, transaction: Transaction, seq: int, spoken: dict[int, list[str]]) -> None:
    for source, nodes in sorted(spoken.items()):
        if nodes:
            say_again(graph, transaction, Place(source, "", ""), seq, nodes)


def _note(graph: Graph, transaction: Transaction, rows: int) -> None:
    transaction.run("load/batch", batch=batch_map(_PLACE, rows, Written(0, 0, ()), graph.clock()))


def _sweep(transaction: Transaction) -> int:
    transaction.run("load/lock")
    (found,) = transaction.run("retain/sweep", limit=_SWEPT)
    return int(found["nodes"])


def _forget_models(transaction: Transaction) -> None:
    """Take away models that judge nobody any more: the names that they list were counted with those of who is gone."""
    transaction.run("load/lock")
    transaction.run("retain/forget_models")
