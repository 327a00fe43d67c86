"""The links of rows: made, moved or retracted until the graph says what the live rows say; safe to repeat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import orjson

from graph import generate
from graph.marking_numbers import MarkingNumbers
from graph.open import Graph
from graph.store import Transaction
from loaders.bind import Waiting, binder, ends_of
from loaders.hang import Hung, Link, hang
from loaders.made import SOURCE, made_records

# Rows that are linked in one transaction.
ROWS = 4_000


def link_rows(graph: Graph, markings: MarkingNumbers, progress: Callable[[int], None] | None = None) -> int:
    """Bring the links of every row that waits for it up to date; returns how many rows that were.

    Rows that linking wakes may still wait afterwards.
    """
    total = 0

    def work(transaction: Transaction) -> int:
        transaction.run("load/lock")
        return link_within(graph, transaction, markings)

    while True:
        done = markings.within(lambda: graph.store.write(work))
        total += done
        if done and progress is not None:
            progress(total)
        if done < ROWS:
            return total


def link_within(graph: Graph, transaction: Transaction, markings: MarkingNumbers) -> int:
    """Link a batch of the rows that wait, in a transaction that has the writer's lock; returns how many they were."""
    return _Linker(graph, transaction, markings).link()


class _Linker:
    def __init__(self, graph: Graph, transaction: Transaction, markings: MarkingNumbers) -> None:
        self._graph = graph
        self._tx = transaction
        self._markings = markings

    def link(self) -> int:
        """Link one batch of rows; returns its size."""
        rows = self._tx.run("load/unlinked", limit=ROWS)
        if not rows:
            return 0
        stated = {row["id"]: orjson.loads(row["links"]) for row in rows}
        chosen = binder(self._tx, self._markings, ends_of(stated.values()))
        hung = {row["id"]: hang(row, stated[row["id"]], chosen) for row in rows}
        self._change([row for row in rows if row["linked"]], hung)
        self._wait([row["id"] for row in rows if row["linked"]], hung)
        finished = [{"id": row, "bound": one.bound, "dangling": one.dangling} for row, one in hung.items()]
        self._tx.run("load/linked", rows=finished)
        self._make([one.waiting for one in hung.values() if one.waiting.make])
        return len(rows)

    def _change(self, linked: Sequence[Mapping[str, Any]], hung: Mapping[str, Hung]) -> None:
        """Create what is missing, delete what should not be; rows that never had links cost no look."""
        present: defaultdict[str, list[Link]] = defaultdict(list)
        rows = [{"id": row["id"], "bound": row["bound"]} for row in linked if row["bound"]]
        for found in self._tx.run("load/present_links", rows=rows) if rows else ():
            present[found["row"]].append(Link(found["type"], found["from"], found["to"], found["properties"]))
        gone: defaultdict[str, list[Link]] = defaultdict(list)
        new: defaultdict[str, list[Link]] = defaultdict(list)
        for row_id, one in hung.items():
            known = {link.identity: link for link in present[row_id]}
            wanted = {link.identity: link for link in one.links}
            for identity in known.keys() - wanted.keys():
                gone[known[identity].type].append(known[identity])
            for identity in wanted.keys() - known.keys():
                new[wanted[identity].type].append(wanted[identity])
        self._run(gone, new)

    def _run(self, gone: Mapping[str, list[Link]], new: Mapping[str, list[Link]]) -> None:
        self._tx.touch(each.origin for part in (gone, new) for links in part.values() for each in links)
        for type_, links in sorted(gone.items()):
            deleted = [
                {"from": each.origin, "row": each.properties["row"], "place": each.properties["place"]}
                for each in links
            ]
            self._tx.run_text(generate.delete_links(type_), {"links": deleted})
        for type_, links in sorted(new.items()):
            created = [{"from": each.origin, "to": each.target, "p": each.properties} for each in links]
            self._tx.run_text(generate.create_links(type_), {"links": created})
        loose = {each.properties[end] for links in gone.values() for each in links for end in ("a", "b")}
        if loose:
            self._tx.run("load/loosen", ids=list(loose))
        used = {each.target for type_ in ("USES", "KEEPS") for part in (gone, new) for each in part.get(type_, ())}
        if used:
            self._tx.run("load/wake_users", ids=list(used))

    def _wait(self, known: Sequence[str], hung: Mapping[str, Hung]) -> None:
        if known:
            self._tx.run("load/stop_waiting", rows=list(known))
        pairs = [{"row": row, "id": each} for row, one in hung.items() for each in sorted(one.waiting.ids)]
        if pairs:
            self._tx.run("load/await", pairs=pairs)

    def _make(self, waiting: Iterable[Waiting]) -> None:
        """Create the records that links ask for; their rows are linked again once those have their entities."""
        asked = list(waiting)
        if not asked:
            return
        (source,) = self._tx.run("admin/declare_source", id=SOURCE, name="made", owner=None, priority=0)
        made = made_records(self._graph.ids, self._markings, asked, source["n"])
        nodes = [{"record": one.properties, "identifier": one.identifier} for one in made.values()]
        self._tx.run("load/make", nodes=nodes)
