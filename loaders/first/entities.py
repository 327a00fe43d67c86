"""The entities of a first load: who is whom among all records, and the golden record of each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.ids import entity_of
from graph.marking_numbers import MarkingNumbers
from graph.model import KINDS
from loaders.first.crew import Crew
from loaders.first.files import ImportFile, ImportPart, columns_of
from loaders.first.known import Known
from loaders.first.rows import MAIN
from loaders.first.spill import Spill, SpillWriter
from loaders.first.things import Waiting, waiting_of, write_resolved
from resolution.assign import Assignment, Word, assign_table
from resolution.entity import entity_map
from resolution.fetch import Held
from resolution.model import Model
from resolution.run import KindReport
from resolution.table import Table

_LEAST = 20_000


@dataclass(frozen=True, slots=True)
class Settled:
    """The entities of a kind: the assignment, what is known of its records, its files.

    `named`: the vehicles whose marks rows name.
    """

    assignment: Assignment
    known: Known
    files: list[ImportFile]
    named: dict[str, str]
    report: KindReport


@dataclass(frozen=True, slots=True)
class Resolving:
    """How to resolve: analysts' words, the model, sources' priorities by number, the values that rows name."""

    words: Sequence[Word]
    model: Model
    markings: MarkingNumbers
    priority: Mapping[int, int]
    by_evidence: bool
    values: frozenset[str]
    folder: Path
    out: Path


def settle_kind(
    crew: Crew, given: Resolving, kind: str, waiting: Sequence[Waiting], made: Sequence[Held], records: int
) -> Settled:
    """Settle the entities of a kind: of live records that were put aside, part by part, and of those made since."""
    parts = [*waiting, *([waiting_of(kind, Spill(), made)] if made else [])]
    ids = [id_ for part in parts for id_ in part.ids]
    mks = [mk for part in parts for mk in part.table.mks.tolist()]
    assignment = _assigned(given, kind, parts, ids)
    entities = assignment.entities
    sizes = Counter(entities.values())
    several = {entity for entity, size in sizes.items() if size > 1}
    files, named = _make_entities(crew, given, kind, waiting, made, entities, several)
    ties, possible = len(assignment.ties), len(assignment.possible)
    report = KindReport(kind, records + len(made), len(sizes), len(sizes), ties, possible, assignment.crowded)
    return Settled(assignment, Known.of(kind, ids, [entities[id_] for id_ in ids], mks), files, named, report)


def _assigned(given: Resolving, kind: str, parts: Sequence[Waiting], ids: Sequence[str]) -> Assignment:
    if not given.by_evidence or not parts:
        return Assignment({id_: entity_of(id_) for id_ in ids})
    return assign_table(kind, Table.joined([part.table for part in parts]), given.words, given.model, given.markings)


@dataclass(frozen=True, slots=True)
class _Given:
    """What the steps need: the kind, sources' priorities, the values that rows name, where to put things and files."""

    kind: str
    priority: Mapping[int, int]
    values: frozenset[str]
    folder: Path
    out: Path


@dataclass(frozen=True, slots=True)
class _Members:
    """Records with their entities, in the same order; those of entities in `several` do not have it to themselves."""

    name: str
    held: Spill[Held] | Sequence[Held]
    entities: Sequence[str]
    several: frozenset[str]


@dataclass(slots=True)
class _Made:
    files: list[ImportFile]
    named: dict[str, str]
    together: Spill[tuple[str, Held]] = field(default_factory=Spill)


def _make_entities(
    crew: Crew,
    given: Resolving,
    kind: str,
    waiting: Sequence[Waiting],
    made: Sequence[Held],
    entities: Mapping[str, str],
    several: set[str],
) -> tuple[list[ImportFile], dict[str, str]]:
    """Write the entities of all records of a kind: alone ones where they lie, others once they are together."""
    told = _Given(kind, given.priority, given.values, given.folder, given.out)
    members = []
    parts: list[tuple[Spill[Held] | Sequence[Held], Sequence[str]]] = [(part.held, part.ids) for part in waiting]
    for number, (held, ids) in enumerate([*parts, *([(made, [one.id for one in made])] if made else [])]):
        own = [entities[id_] for id_ in ids]
        members.append(_Members(f"alone-{kind}-{number:04}", held, own, frozenset(several.intersection(own))))
    files: list[ImportFile] = []
    named: dict[str, str] = {}
    together: Spill[tuple[str, Held]] = Spill()
    for one in crew.do(_alone, told, members):
        files += one.files
        named |= one.named
        together.add(one.together)
    for one in crew.do(_together, told, list(enumerate(together.groups(_LEAST)))):
        files += one.files
        named |= one.named
    return files, named


def _alone(given: _Given, task: _Members) -> _Made:
    """Write entities of one record, and which entities all the records belong to; put the others aside by entity."""
    part = ImportPart(given.out, task.name)
    alone: dict[str, list[Held]] = {}
    ids = []
    with SpillWriter[tuple[str, Held]](given.folder / task.name) as writer:
        for record, entity in zip(task.held, task.entities, strict=True):
            ids.append(record.id)
            if entity in task.several:
                writer.put(entity, (entity, record))
            else:
                alone[entity] = [record]
    write_resolved(part, ids, list(task.entities))
    return _Made(part.files, _write(given, part, alone), writer.spill)


def _together(given: _Given, task: tuple[int, Spill[tuple[str, Held]]]) -> _Made:
    """Write entities of several records."""
    number, group = task
    members: defaultdict[str, list[Held]] = defaultdict(list)
    for entity, record in group:
        members[entity].append(record)
    part = ImportPart(given.out, f"together-{given.kind}-{number:04}")
    return _Made(part.files, _write(given, part, members))


def _write(given: _Given, part: ImportPart, members: Mapping[str, list[Held]]) -> dict[str, str]:
    """Write the entities of these members; returns the marks of vehicles that rows name."""
    maps = list(_entity_maps(given, members))
    if maps:
        part.nodes(":".join(KINDS[given.kind].labels), MAIN, columns_of(maps))
    if given.kind != "Vehicle":
        return {}
    return {one["id"]: one["vrm"] for one in maps if one.get("vrm") in given.values}


def _entity_maps(given: _Given, members: Mapping[str, list[Held]]) -> Iterator[dict[str, Any]]:
    for entity, group in members.items():
        yield entity_map(given.kind, entity, sorted(group, key=lambda record: record.id), given.priority)
