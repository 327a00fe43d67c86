"""Where the first load puts rows: aside, until the graph can be made of them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from graph.ids import Ids
from graph.marking_numbers import MarkingNumbers
from loaders.encode import EncodedRow
from loaders.first.build import Built, build
from loaders.first.gathered import Gathered, Taken
from loaders.first.rows import Arrived
from loaders.known import Seen
from loaders.mapping import SourceMapping
from loaders.report import FileReport
from loaders.run import new_id
from loaders.settle import Progress
from loaders.stored import Place
from resolution.run import KindReport
from security.marking import Marking


class GatherSink:
    """Puts the rows of a first load aside; `settle` builds the graph of them as import files in the folder `out`.

    `aside`: a folder for what is put aside, some times the size of the files that are read; whoever made it removes it.
    `run`: the load's id; `mk`: at or above the markings of all its rows.
    """

    def __init__(self, ids: Ids, markings: Iterable[Marking], clock: Callable[[], int], aside: Path, out: Path) -> None:
        self.ids = ids
        self.markings = MarkingNumbers()
        self.markings.declare(markings)
        self.gathered = Gathered(aside)
        self.built: Built | None = None
        self.run = new_id()
        self.mk = 0
        self.gathers = True
        self._clock = clock
        self.out = out

    def source(self, mapping: SourceMapping) -> int:
        """The next number."""
        return self.gathered.notes.number(mapping.source, mapping.name, mapping.owner or None, mapping.priority)

    def known(self, source: int, entry: str, size: int, fulls: Sequence[int]) -> None:
        """None yet."""
        del source, entry, size, fulls

    def write(self, place: Place, rows: Sequence[EncodedRow], report: FileReport, seen: Seen | None = None) -> None:
        """Put these rows aside; what becomes of them is known when all are there."""
        del seen
        held = self.gathered
        if not (held.reports and held.reports[-1] is report):
            held.reports.append(report)
        self.mk = self.markings.join(self.mk, *{row.mk for row in rows})
        held.batches.append(Taken(replace(place, run=self.run), len(rows), self._clock(), len(held.reports) - 1))
        seq = len(held.batches)
        held.arrived.put_all((row.slot, Arrived(seq, row)) for row in rows)

    def fulls(self, source: int) -> Mapping[str, Sequence[int]]:
        """None yet."""
        del source
        return {}

    def retract(self, place: Place, date: int) -> int:
        """Remember the date; nothing older is there that it could take back."""
        self.gathered.notes.fulls.append({"source": place.source, "file": place.entry, "dates": [date]})
        return 0

    def status(self, rejected: Mapping[tuple[int, int], int]) -> None:
        """Kept for the graph."""
        at = self._clock()
        self.mk = self.markings.join(self.mk, *{mk for _, mk in rejected})
        self.gathered.notes.statuses = [
            {"source": source, "mk": mk, "rejected": count, "last_loaded_at": at}
            for (source, mk), count in rejected.items()
        ]

    def settle(self, *, by_evidence: bool, progress: Progress) -> list[KindReport]:
        """Build the graph of all rows."""
        self.gathered.close()
        self.built = build(self.gathered, self.ids, self.markings, self.out, by_evidence=by_evidence, progress=progress)
        return self.built.reports

    def dangling(self, source: int) -> Iterable[tuple[str, Sequence[str]]]:
        """Of the built graph."""
        if self.built is None:
            return []
        return [(row, types) for row, of, types in self.built.dangling if of == source]
