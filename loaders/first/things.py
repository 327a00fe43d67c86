"""The things of a first load: what all rows say of each made one, written as nodes, and put aside to be resolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from graph.ids import Ids
from graph.model import KINDS, RESOLVED, VALUES, Identity
from loaders.content import Content, RowClaim, node_map, union
from loaders.first.files import ImportFile, ImportPart, columns_of
from loaders.first.known import Known
from loaders.first.rows import MAIN, Said
from loaders.first.spill import Spill, SpillWriter
from loaders.stored import identifiers_of
from resolution.fetch import Held, new_held
from resolution.folded import table_of
from resolution.key import by_property
from resolution.space import PERSON
from resolution.table import Table

IDENTIFIER = "identifier"
Map = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ThingsGiven:
    """What the step needs: where to put things aside and write files, and whom rows name by identifiers and values."""

    folder: Path
    out: Path
    ids: Ids
    by_evidence: bool
    identifiers: frozenset[str]
    values: frozenset[str]


@dataclass(slots=True)
class Waiting:
    """The live records of a kind that wait for their entities: put aside, and what is compared, in the order of ids."""

    held: Spill[Held]
    table: Table

    @property
    def ids(self) -> list[str]:
        """The ids of the records."""
        return self.table.ids


@dataclass(slots=True)
class ThingsDone:
    """What came of the things of some ids.

    `known`: those that are their own entity or stand for a value; `waiting`: live records by kind, `records`: how many
    there are of a kind; `holders`: (record, marking) by identifier and `named`: values by id, of those that rows name.
    """

    known: list[Known] = field(default_factory=list)
    waiting: dict[str, Waiting] = field(default_factory=dict)
    records: dict[str, int] = field(default_factory=dict)
    holders: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    files: list[ImportFile] = field(default_factory=list)


def said_things(given: ThingsGiven, task: tuple[int, Spill[Said]]) -> ThingsDone:
    """Give every thing that rows speak of the content that they make."""
    number, group = task
    stated: defaultdict[str, list[RowClaim]] = defaultdict(list)
    about: dict[str, Said] = {}
    for said in group:
        stated[said.node].append(RowClaim(*said.word))
        about[said.node] = said
    things = _Things(given, f"things-{number:04}")
    for node in sorted(stated):
        things.add(about[node], stated[node])
    return things.done()


class _Things:
    def __init__(self, given: ThingsGiven, name: str) -> None:
        self._given = given
        self._name = name
        self._done = ThingsDone()
        self._part = ImportPart(given.out, name)
        self._records: defaultdict[str, list[Map]] = defaultdict(list)
        self._keyed: defaultdict[str, list[Map]] = defaultdict(list)
        self._retired: defaultdict[str, list[Map]] = defaultdict(list)
        self._persons: list[tuple[Said, Content]] = []
        self._table: Table | None = None

    def add(self, about: Said, claims: Sequence[RowClaim]) -> None:
        content = union(about.kind, claims)
        if about.kind == PERSON:
            self._persons.append((about, content))
        else:
            self._store(about, content)

    def _store(self, about: Said, content: Content, keys: Map | None = None) -> None:
        kind = about.kind
        stored = node_map(about.node, kind, about.key, about.mk, about.source, content, keys)
        if KINDS[kind].identity is not Identity.KEYED:
            self._records[kind].append(stored)
        else:
            (self._keyed if content.live else self._retired)[kind].append(stored)

    def _store_persons(self) -> None:
        """Persons are folded together, which takes a sixth of the time."""
        if not self._persons:
            return
        table = Table.build(
            [about.node for about, _ in self._persons],
            np.array([about.mk for about, _ in self._persons], np.int32),
            np.array([content.recorded_at for _, content in self._persons], np.int64),
            [content.properties for _, content in self._persons],
        )
        for (about, content), row in zip(self._persons, table.keys.tolist(), strict=True):
            self._store(about, content, by_property(row))
        self._table = table.taken(np.nonzero([content.live for _, content in self._persons])[0])

    def done(self) -> ThingsDone:
        self._store_persons()
        for kind, records in self._records.items():
            write_records(self._part, kind, records, self._given.ids, by_evidence=self._given.by_evidence)
            self._note_holders(records)
            self._done.records[kind] = len(records)
            live = [record for record in records if record["live"]]
            if kind in VALUES:
                self._stand_for_values(kind, live)
            else:
                self._done.waiting[kind] = self._put_aside(kind, live)
        for kind, things in self._keyed.items():
            ids = [thing["id"] for thing in things]
            self._done.known.append(Known.of(kind, ids, ids, [thing["mk"] for thing in things]))
            self._part.nodes(":".join(KINDS[kind].labels), MAIN, columns_of(things))
        for things in self._retired.values():
            self._part.nodes("Retired", MAIN, columns_of(things))
        self._done.files = self._part.files
        return self._done

    def _note_holders(self, records: Iterable[Map]) -> None:
        asked = self._given.identifiers
        if not asked:
            return
        for record in records:
            for identifier in identifiers_of(self._given.ids, record):
                if identifier in asked:
                    self._done.holders.setdefault(identifier, []).append((record["id"], record["mk"]))

    def _stand_for_values(self, kind: str, live: Sequence[Map]) -> None:
        ids, entities = [record["id"] for record in live], [record["value_id"] for record in live]
        self._done.known.append(Known.of(kind, ids, entities, [-1] * len(live)))
        write_resolved(self._part, ids, entities)

    def _put_aside(self, kind: str, live: Sequence[Map]) -> Waiting:
        held = new_held(kind, live)
        with SpillWriter[Held](self._given.folder / f"{self._name}-{kind}") as writer:
            writer.put_all((record.id, record) for record in held)
        return waiting_of(kind, writer.spill, held, self._table)


def waiting_of(kind: str, spill: Spill[Held], held: Sequence[Held], table: Table | None = None) -> Waiting:
    """These records as they wait for their entities; `table`: the same records of persons, where it is made already."""
    if table is not None and kind == PERSON:
        return Waiting(spill, table)
    return Waiting(spill, table_of(kind, held))


def write_records(
    part: ImportPart, kind: str, records: Sequence[Map], ids: Ids, *, by_evidence: bool, label: str = "Record"
) -> None:
    """Write records of a kind, and the identifiers that they have."""
    unresolved = not by_evidence and kind in RESOLVED
    part.nodes(f"{label}:Unresolved" if unresolved else label, MAIN, columns_of(records))
    has = [(record["id"], identifier) for record in records for identifier in identifiers_of(ids, record)]
    part.links("HAS", (MAIN, IDENTIFIER), [record for record, _ in has], [each for _, each in has], {})


def write_resolved(part: ImportPart, ids: list[str], entities: list[str]) -> None:
    """Write which entities records belong to."""
    part.links("RESOLVES_TO", (MAIN, MAIN), ids, entities, {})


def spoken_values(given: ThingsGiven, task: tuple[int, Spill[Map]]) -> ThingsDone:
    """Write the values that rows speak of, each once, as the first batch has it."""
    number, group = task
    values: dict[str, Map] = {}
    for value in group:
        known = values.setdefault(value["id"], value)
        if value["seq"] < known["seq"]:
            values[value["id"]] = value
    done, part = ThingsDone(), ImportPart(given.out, f"values-{number:04}")
    by_kind: defaultdict[str, list[Map]] = defaultdict(list)
    for value in values.values():
        by_kind[value["kind"]].append(value)
        if value["value"] in given.values and value["kind"] in ("Phone", "Email"):
            done.named[value["id"]] = value["value"]
    for kind, nodes in by_kind.items():
        part.nodes(":".join(KINDS[kind].labels), MAIN, columns_of(nodes))
        ids = [node["id"] for node in nodes]
        done.known.append(Known.of(kind, ids, ids, [-1] * len(ids)))
    done.files = part.files
    return done
