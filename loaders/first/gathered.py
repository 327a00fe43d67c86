"""The rows of a first load, gathered: a sink that keeps them until the graph can be made of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.ids import Ids
from graph.marking_numbers import MarkingNumbers
from loaders.batch import LIFE, BatchPlan, plan
from loaders.encode import EncodedRow, ValueNode
from loaders.first.build import Built, build
from loaders.mapping import SourceMapping
from loaders.settle import Progress
from loaders.stored import Place, StoredRow, batch_map, row_map, value_map
from loaders.writer import Written
from resolution.assign import Word
from resolution.run import KindReport
from security.marking import Marking


@dataclass(slots=True)
class Gathered:
    """Everything that was read: rows by id and by slot, values by id, and the notes of the installation.

    `words`: analysts' decisions that stand; `restoring`: the seal of the backup that the rows come from.
    """

    rows: dict[str, StoredRow] = field(default_factory=dict)
    slots: defaultdict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    batches: list[dict[str, Any]] = field(default_factory=list)
    statuses: list[dict[str, Any]] = field(default_factory=list)
    fulls: list[dict[str, Any]] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    restoring: str | None = None

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
        planned = plan(rows, known, place.fulls)
        seq = len(held.batches) + 1
        for row, life in planned.create:
            self._keep(row, row_map(row, place, life, seq), seq)
        self._finish(place, len(rows), planned, seq)
        return Written(planned.loaded, planned.unchanged, planned.stale)

    def _finish(self, place: Place, rows: int, planned: BatchPlan, seq: int) -> None:
        held = self.gathered
        for change in planned.change:
            held.rows[change["id"]].properties.update({name: change[name] for name in LIFE}, seq=seq)
        held.batches.append({"seq": seq, **batch_map(place, rows, planned, self._clock())})

    def _keep(self, row: EncodedRow, properties: dict[str, Any], seq: int) -> None:
        self.gathered.rows[row.id] = StoredRow(properties, row.claims)
        self.gathered.slots[row.slot].append(properties)
        for value in row.values:
            self._keep_value(value, seq)

    def _keep_value(self, value: ValueNode, seq: int) -> None:
        if value.id not in self.gathered.values:
            self.gathered.values[value.id] = value_map(value, seq)

    def fulls(self, source: int) -> Mapping[str, Sequence[int]]:
        """None yet."""
        del source
        return {}

    def retract(self, place: Place, date: int) -> int:
        """Remember the date; nothing older is there that it could take back."""
        self.gathered.fulls.append({"source": place.source, "file": place.entry, "dates": [date]})
        return 0

    def status(self, rejected: Mapping[tuple[int, int], int]) -> None:
        """Kept for the graph."""
        at = self._clock()
        self.gathered.statuses = [
            {"source": source, "mk": mk, "rejected": count, "last_loaded_at": at}
            for (source, mk), count in rejected.items()
        ]

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
