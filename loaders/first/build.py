"""The whole graph of gathered rows as import files, by the same steps as loading into a graph.

Each step takes some thousand items at a time from what the one before has put aside, so that memory does not grow with
the number of rows but for what resolution holds of every record and what is known of every thing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import orjson

from graph.ids import Ids
from graph.marking_numbers import MarkingNumbers
from graph.model import RESOLVED
from loaders.batch import Written
from loaders.bind import Binder, Bound, Waiting
from loaders.first.crew import Crew
from loaders.first.entities import Resolving, Settled, settle_kind
from loaders.first.files import ImportFile, ImportPart
from loaders.first.gathered import Gathered
from loaders.first.known import keep_things
from loaders.first.links import LinksDone, LinksGiven, Users, all_users, linked_rows
from loaders.first.rows import Asked, RowsDone, RowsGiven, arrived_rows, stored_rows
from loaders.first.spill import Spill
from loaders.first.things import ThingsDone, ThingsGiven, said_things, spoken_values, write_records
from loaders.made import SOURCE, MadeRecord, made_records
from loaders.settle import Progress
from loaders.stored import StoredRow, batch_map
from resolution.fetch import new_held
from resolution.run import KindReport

T = TypeVar("T")
# Tasks of so many items: enough for the columns of a file to pay, few enough for any memory.
_LEAST = 20_000
# Below it the processes' own start costs more than they save.
_SHARED = 60_000
_NOTHING = Written(0, 0, ())


@dataclass(slots=True)
class Built:
    """A graph as import files, and what is to be told of it.

    `batches`: as they are stored; `settled`: the entities of each kind; `dangling`: live rows with ends that have not
    come, the numbers of their sources and the types of those links.
    """

    files: list[ImportFile] = field(default_factory=list)
    batches: list[dict[str, Any]] = field(default_factory=list)
    settled: dict[str, Settled] = field(default_factory=dict)
    dangling: list[tuple[str, int, list[str]]] = field(default_factory=list)

    @property
    def reports(self) -> list[KindReport]:
        """What was resolved."""
        return [settled.report for settled in self.settled.values()]


def build(
    gathered: Gathered, ids: Ids, markings: MarkingNumbers, out: Path, *, by_evidence: bool, progress: Progress
) -> Built:
    """Write the graph that gathered rows make into the folder `out`; returns what there is.

    `by_evidence=False` gives every record of a resolved kind its own entity. Raises LoadError where an undated row
    would change one, or a value cannot stand in an import file.
    """
    rows = len(gathered.arrived.spill) + len(gathered.stored.spill)
    with Crew(gathered.aside, shared=rows >= _SHARED) as crew:
        return _Build(crew, gathered, ids, markings, out, by_evidence, progress).built()


class _Build:
    def __init__(
        self,
        crew: Crew,
        gathered: Gathered,
        ids: Ids,
        markings: MarkingNumbers,
        out: Path,
        by_evidence: bool,
        progress: Progress,
    ) -> None:
        self._crew = crew
        self._gathered = gathered
        self._aside = gathered.aside
        self._ids = ids
        self._markings = markings
        self._out = out
        self._by_evidence = by_evidence
        self._progress = progress
        self._built = Built()
        self._made: dict[str, MadeRecord] = {}
        self._holders: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        self._named: dict[str, str] = {}

    def built(self) -> Built:
        built = self._built
        rows = self._rows()
        things = self._things(rows)
        built.files += [*rows.files, *(file for one in things for file in one.files)]
        self._make(self._asked(rows.asked))
        while True:
            # What is settled and linked stands only if it shows no record to be made or taken away.
            settled = self._settle(things, frozenset(rows.asked.values))
            links = self._link(rows, settled)
            files = [*links.files, *(file for one in settled.values() for file in one.files)]
            made = set(self._made)
            new = self._make(links.asked)
            idle = made - links.bound
            if not new and not idle:
                break
            self._unmake(idle)
            for file in files:
                (self._out / file.name).unlink()
        built.settled = settled
        built.dangling = links.dangling
        built.files += [*files, *self._made_files()]
        return built

    def _rows(self) -> RowsDone:
        held = self._gathered
        places = [batch.place for batch in held.batches]
        given = RowsGiven(self._aside, self._out, places, [batch.report for batch in held.batches])
        done = RowsDone(values=held.values.spill)
        for part in self._each("rows", arrived_rows, given, held.arrived.spill):
            done.add(part)
        for part in self._each("rows", stored_rows, given, held.stored.spill):
            done.add(part)
        for number, report in done.reports.items():
            held.reports[number].add(report)
        self._built.batches = [
            {"seq": seq, **batch_map(batch.place, batch.rows, done.written.get(seq, _NOTHING), batch.at)}
            for seq, batch in enumerate(held.batches, 1)
        ]
        return done

    def _each(
        self, what: str, step: Callable[[Any, tuple[int, Spill[Any]]], T], given: object, items: Spill[Any]
    ) -> Iterator[T]:
        """What a step returns for each group of items, telling how far it is."""
        groups = list(enumerate(items.groups(_LEAST)))
        done = 0
        self._progress(f"settling {what}", 0, len(items))
        for (_, group), one in zip(groups, self._crew.do(step, given, groups), strict=True):
            done += len(group)
            self._progress(f"settling {what}", done, len(items))
            yield one

    def _things(self, rows: RowsDone) -> list[ThingsDone]:
        asked = rows.asked
        given = ThingsGiven(
            self._aside,
            self._out,
            self._ids,
            self._by_evidence,
            frozenset(asked.identifiers),
            frozenset(asked.values),
        )
        things = [
            *self._each("things", said_things, given, rows.said),
            *self._each("values", spoken_values, given, rows.values),
        ]
        for one in things:
            for identifier, holders in one.holders.items():
                self._holders[identifier] += holders
            self._named |= one.named
        return things

    def _asked(self, asked: Asked) -> list[Waiting]:
        """Which ends nobody described; before anything is resolved, a record stands for its entity."""
        holders = {identifier: [Bound(id_, id_, mk) for id_, mk in each] for identifier, each in self._holders.items()}
        binder = Binder(self._markings, {}, holders, {})
        waiting = []
        for end, mk in sorted(asked.made):
            waits = Waiting()
            binder.bind(orjson.loads(end), mk, waits)
            waiting.append(waits)
        return waiting

    def _make(self, waiting: Sequence[Waiting]) -> bool:
        """Make the records that are asked for and not there yet; returns whether there were any."""
        asked = [one for one in waiting if one.make]
        if not asked:
            return False
        source = self._gathered.notes.number(SOURCE, "made", None, 0)
        made = made_records(self._ids, self._markings, asked, source)
        new = {id_: one for id_, one in made.items() if id_ not in self._made}
        for id_, one in new.items():
            self._made[id_] = one
            self._holders[one.identifier].append((id_, one.properties["mk"]))
        return bool(new)

    def _unmake(self, idle: set[str]) -> None:
        """Take away made records that no link is bound to."""
        for id_ in idle:
            one = self._made.pop(id_)
            self._holders[one.identifier].remove((id_, one.properties["mk"]))

    def _settle(self, things: Sequence[ThingsDone], values: frozenset[str]) -> dict[str, Settled]:
        """Settle the entities of every kind, and keep what is then known of all things."""
        notes = self._gathered.notes
        priority = {source["n"]: source["priority"] for source in notes.sources.values()}
        given = Resolving(
            notes.words,
            notes.model,
            self._markings,
            priority,
            self._by_evidence,
            values,
            self._aside,
            self._out,
        )
        settled = {}
        for kind in RESOLVED:
            waiting = [one.waiting[kind] for one in things if kind in one.waiting]
            made = new_held(kind, [one.properties for one in self._made.values() if one.properties["kind"] == kind])
            if waiting or made:
                self._progress(f"resolving {kind}", 0, None)
                records = sum(one.records.get(kind, 0) for one in things)
                settled[kind] = settle_kind(self._crew, given, kind, waiting, made, records)
        keep_things(
            self._aside / "known",
            [*(known for one in things for known in one.known), *(one.known for one in settled.values())],
        )
        return settled

    def _link(self, rows: RowsDone, settled: Mapping[str, Settled]) -> LinksDone:
        """Hang the links of all rows; of those that name somebody by use, until the users are who they were."""
        named = {"USES": self._named, "KEEPS": {}}
        for one in settled.values():
            named["KEEPS"] |= one.named
        done = self._hang("plain", rows.plain, named, {}, write=True)
        if len(rows.by_use):
            fixed, users = done.users, Users()
            while True:
                found = all_users(fixed, self._hang("by-use", rows.by_use, named, users, write=False).users)
                if found == users:
                    break
                users = found
            done.add(self._hang("by-use", rows.by_use, named, users, write=True))
        return done

    def _hang(
        self, name: str, rows: Spill[StoredRow], named: Mapping[str, Mapping[str, str]], users: Users, *, write: bool
    ) -> LinksDone:
        given = LinksGiven(
            self._out,
            self._aside / "known",
            self._markings,
            dict(self._holders),
            named,
            frozenset(self._made),
            users,
            write,
        )
        tasks = [(f"links-{name}-{number:04}", group) for number, group in enumerate(rows.groups(_LEAST))]
        whole, done = LinksDone(), 0
        self._progress("linking rows", 0, len(rows))
        for task, one in zip(tasks, self._crew.do(linked_rows, given, tasks), strict=True):
            # Numbers of markings are given in one place only: here.
            whole.add(linked_rows(given, task) if one.strange else one)
            done += len(task[1])
            self._progress("linking rows", done, len(rows))
        return whole

    def _made_files(self) -> list[ImportFile]:
        """The records that stand in, as they are in the end."""
        part = ImportPart(self._out, "made")
        by_kind: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for one in self._made.values():
            by_kind[one.properties["kind"]].append(one.properties)
        for kind, records in by_kind.items():
            write_records(part, kind, records, self._ids, by_evidence=self._by_evidence, label="Record:Made")
        return part.files
