"""The links of rows: made, moved or retracted until the graph says what the live rows say; safe to repeat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from graph import generate
from graph.marking_numbers import MarkingNumbers
from graph.open import Graph
from graph.store import Transaction
from loaders.bind import Binder, Waiting
from loaders.made import make_records

_ROWS = 4_000


@dataclass(frozen=True, slots=True)
class _Link:
    """A relationship as it should be or is: type, ends, and its properties."""

    type: str
    origin: str
    target: str
    properties: tuple[tuple[str, Any], ...]

    @property
    def place(self) -> int:
        return int(dict(self.properties)["place"])


def link_rows(graph: Graph, markings: MarkingNumbers, progress: Callable[[int], None] | None = None) -> int:
    """Bring the links of every row that waits for it up to date; returns how many rows that were."""
    total = 0
    while done := graph.store.write(lambda transaction: _Linker(graph, transaction, markings).link()):
        total += done
        if progress is not None:
            progress(total)
    return total


class _Linker:
    def __init__(self, graph: Graph, transaction: Transaction, markings: MarkingNumbers) -> None:
        self._graph = graph
        self._tx = transaction
        self._markings = markings

    def link(self) -> int:
        """Link one batch of rows; returns its size."""
        self._tx.run("load/lock")
        rows = self._tx.run("load/unlinked", limit=_ROWS)
        if not rows:
            return 0
        stated = {row["id"]: orjson.loads(row["links"]) for row in rows}
        binder = Binder(
            self._tx, self._markings, (link[e] for links in stated.values() for link in links for e in ("f", "o"))
        )
        waiting = {row["id"]: Waiting() for row in rows}
        desired: dict[str, list[_Link]] = {}
        finished = []
        for row in rows:
            links, dangling = self._desired(row, stated[row["id"]], binder, waiting[row["id"]])
            desired[row["id"]] = links
            bound = sorted({dict(link.properties)["a"] for link in links})
            finished.append({"id": row["id"], "bound": bound, "dangling": dangling})
        self._change([row for row in rows if row["linked"]], desired)
        self._wait([row["id"] for row in rows if row["linked"]], waiting)
        self._tx.run("load/linked", rows=finished)
        make_records(self._graph, self._tx, self._markings, waiting)
        return len(rows)

    def _desired(
        self, row: Mapping[str, Any], stated: Sequence[Mapping[str, Any]], binder: Binder, waiting: Waiting
    ) -> tuple[list[_Link], list[str]]:
        links, dangling = [], []
        for place, link in enumerate(stated):
            origin = binder.bind(link["f"], link["m"], waiting)
            target = binder.bind(link["o"], link["m"], waiting)
            if origin is None or target is None:
                dangling.append(link["t"])
                continue
            marks = [mk for mk in (link["m"], origin.mk, target.mk) if mk is not None]
            properties = {
                "row": row["id"],
                "place": place,
                "source": row["source"],
                "mk": self._markings.join(*marks),
                "grade": link.get("g"),
                "role": link.get("r"),
                "status": link.get("s"),
                "valid_from": link.get("vf"),
                "valid_to": link.get("vt"),
                "precision": link.get("p"),
                "recorded_at": row["first_as_of"] or 0,
                "a": origin.record,
                "b": target.record,
                "made": link.get("made"),
            }
            links.append(_as_link(row, link["t"], origin.entity, target.entity, properties))
        return links, dangling

    def _change(self, known: Sequence[Mapping[str, Any]], desired: Mapping[str, list[_Link]]) -> None:
        """Create what is missing, delete what should not be; rows that never had links cost no look."""
        present: defaultdict[str, list[_Link]] = defaultdict(list)
        rows = [{"id": row["id"], "bound": row["bound"]} for row in known if row["bound"]]
        for found in self._tx.run("load/present_links", rows=rows) if rows else ():
            properties = tuple(sorted(found["properties"].items()))
            present[found["row"]].append(_Link(found["type"], found["from"], found["to"], properties))
        gone: defaultdict[str, list[_Link]] = defaultdict(list)
        new: defaultdict[str, list[_Link]] = defaultdict(list)
        for row_id, links in desired.items():
            for link in set(present[row_id]) - set(links):
                gone[link.type].append(link)
            for link in set(links) - set(present[row_id]):
                new[link.type].append(link)
        self._run(gone, new)

    def _run(self, gone: Mapping[str, list[_Link]], new: Mapping[str, list[_Link]]) -> None:
        for type_, links in sorted(gone.items()):
            deleted = [
                {"from": each.origin, "row": dict(each.properties)["row"], "place": each.place} for each in links
            ]
            self._tx.run_text(generate.delete_links(type_), {"links": deleted})
        for type_, links in sorted(new.items()):
            created = [{"from": each.origin, "to": each.target, "p": dict(each.properties)} for each in links]
            self._tx.run_text(generate.create_links(type_), {"links": created})
        used = {each.target for type_ in ("USES", "KEEPS") for part in (gone, new) for each in part.get(type_, ())}
        if used:
            self._tx.run("load/wake_users", ids=list(used))

    def _wait(self, known: Sequence[str], waiting: Mapping[str, Waiting]) -> None:
        if known:
            self._tx.run("load/stop_waiting", rows=list(known))
        pairs = [{"row": row, "id": each} for row, waits in waiting.items() for each in sorted(waits.ids)]
        if pairs:
            self._tx.run("load/await", pairs=pairs)


def _as_link(row: Mapping[str, Any], type_: str, origin: str, target: str, properties: dict[str, Any]) -> _Link:
    """The relationship of a live row's statement, or the WAS of one that a newer row replaced."""
    if not row["live"]:
        properties = {**properties, "type": type_, "retracted_at": row["retracted_at"] or 0}
        type_ = "WAS"
    # A null is no property in the graph, so that what is there can be compared with what should be.
    return _Link(type_, origin, target, tuple(sorted((k, v) for k, v in properties.items() if v is not None)))
