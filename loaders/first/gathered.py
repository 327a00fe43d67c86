"""The rows of a first load, gathered: a sink that keeps them until the graph can be made of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.ids import Ids
from graph.marking_numbers import MarkingNumbers
from loaders.batch import plan
from loaders.encode import Claim, EncodedRow, ValueNode
from loaders.first.build import Built, build
from loaders.mapping import SourceMapping
from loaders.settle import Progress
from loaders.stored import Place, row_map, value_map
from loaders.writer import Written
from resolution.run import KindReport
from security.marking import Marking


@dataclass(slots=True)
class GatheredRow:
    """One content of a row: all that is stored of it, and what it says."""

    properties: dict[str, Any]
    claims: tuple[Claim, ...]


@dataclass(slots=True)
class Gathered:
    """Everything that was read: rows by id and by slot, values by id, and the notes of the installation."""

    rows: dict[str, GatheredRow] = field(default_factory=dict)
    slots: defaultdict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    batches: list[dict[str, Any]] = field(default_factory=list)
    statuses: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)

    def number(self, source: str, name: str, owner: str | None, priority: int) -> int:
        """The local number of a source."""
        n = self.sources[source]["n"] if source in self.sources else len(self.sources)
        self.sources[source] = {"id": source, "n": n, "name": name, "owner": owner, "priority": priority}
        return int(n)


class GatherSink:
    """Keeps the rows of a first load in memory; `settle` builds the graph of them."""

    def __init__(self, ids: Ids, markings: Iterable[Marking], clock: Callable[[], int]) -> None:
        self.ids = ids
        self.markings = MarkingNumbers()
        self.markings.declare(markings)
        self.gathered = Gathered()
        self.built: Built | None = None
        self.reads_at_once = True
        self._clock = clock

    def source(self, mapping: SourceMapping) -> int:
        """The next number."""
        return self.gathered.number(mapping.source, mapping.name, mapping.owner or None, mapping.priority)

    def write(self, place: Place, rows: Sequence[EncodedRow]) -> Written:
        """Keep these rows; raises LoadError where an undated row would change one."""
        held = self.gathered
        known = [content for row in rows if row.slot in held.slots for content in held.slots[row.slot]]
        planned = plan(rows, known)
        for change in planned.change:
            properties = held.rows[change["id"]].properties
            properties.update({name: change[name] for name in ("first_as_of", "last_as_of", "live")})
        for row, live in planned.create:
            self._keep(row, row_map(row, place, live))
        held.batches.append(
            {
                "seq": len(held.batches) + 1,
                "source": place.source,
                "file": place.entry,
                "delivery": place.delivery,
                "line": place.line,
                "rows": len(rows),
                "at": self._clock(),
            }
        )
        return Written(planned.loaded, planned.unchanged, planned.stale)

    def _keep(self, row: EncodedRow, properties: dict[str, Any]) -> None:
        self.gathered.rows[row.id] = GatheredRow(properties, row.claims)
        self.gathered.slots[row.slot].append(properties)
        for value in row.values:
            self._keep_value(value)

    def _keep_value(self, value: ValueNode) -> None:
        if value.id not in self.gathered.values:
            self.gathered.values[value.id] = value_map(value)

    def status(self, source: int, mk: int, rejected: int) -> None:
        """Kept for the graph."""
        status = self.gathered.statuses.setdefault((source, mk), {"source": source, "mk": mk, "rejected": 0})
        status["rejected"] += rejected
        status["last_loaded_at"] = self._clock()

    def settle(self, *, by_evidence: bool, progress: Progress) -> list[KindReport]:
        """Build the graph of all rows."""
        self.built = build(self.gathered, self.ids, self.markings, by_evidence=by_evidence, progress=progress)
        return self.built.reports

    def dangling(self, source: int) -> Iterable[tuple[str, Sequence[str]]]:
        """Of the built graph."""
        if self.built is None:
            return []
        rows = self.gathered.rows
        return [
            (row, hung.dangling)
            for row, hung in self.built.hung.items()
            if hung.dangling and rows[row].properties["live"] and rows[row].properties["source"] == source
        ]
