"""The whole graph of gathered rows: contents, entities and links, by the same steps as loading into a graph; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson

from graph.ids import Ids, entity_of
from graph.marking_numbers import MarkingNumbers
from graph.model import KINDS, RESOLVED, VALUES, Identity
from loaders.bind import Binder, Bound, used_by
from loaders.content import RowClaim, node_map, union
from loaders.hang import Hung, hang
from loaders.made import SOURCE, made_records
from loaders.settle import Progress
from loaders.stored import identifiers_of
from resolution.assign import Assignment, assign
from resolution.entity import entity_map
from resolution.fetch import Held, record_names
from resolution.key import Folded, folded
from resolution.model import Model, default_model
from resolution.run import KindReport

if TYPE_CHECKING:
    from loaders.first.gathered import Gathered

Map = dict[str, Any]


@dataclass(slots=True)
class Built:
    """A graph outside the database.

    `records`, `keyed`, `retired` and `resolved` (entities) are properties by id; `has`: records by identifier id;
    `settled`: the assignment of each kind; `hung`: links by row id; `made`: ids of records that stand in.
    """

    records: dict[str, Map] = field(default_factory=dict)
    keyed: dict[str, Map] = field(default_factory=dict)
    retired: dict[str, Map] = field(default_factory=dict)
    resolved: dict[str, Map] = field(default_factory=dict)
    has: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    made: set[str] = field(default_factory=set)
    settled: dict[str, Assignment] = field(default_factory=dict)
    hung: dict[str, Hung] = field(default_factory=dict)
    reports: list[KindReport] = field(default_factory=list)
    model: Model = field(default_factory=default_model)

    def entity(self, record: str) -> str | None:
        """The entity of a live record."""
        return self.settled[self.records[record]["kind"]].entities.get(record)


def build(gathered: Gathered, ids: Ids, markings: MarkingNumbers, *, by_evidence: bool, progress: Progress) -> Built:
    """The graph that these rows make; `by_evidence=False` gives every record of a resolved kind its own entity."""
    work = _Build(gathered, ids, markings, by_evidence, progress)
    work.contents()
    changed = {record["kind"] for record in work.built.records.values()}
    # Made records are known before anything is resolved, but for those that only links can show to be needed.
    changed |= work.make(work.asked())
    while changed:
        work.resolve(changed)
        work.link()
        changed = work.make([hung for hung in work.built.hung.values() if hung.waiting.make]) | work.unmake()
    return work.built


class _Build:
    def __init__(
        self, gathered: Gathered, ids: Ids, markings: MarkingNumbers, by_evidence: bool, progress: Progress
    ) -> None:
        self._gathered = gathered
        self._ids = ids
        self._markings = markings
        self._by_evidence = by_evidence
        self._progress = progress
        self._folded: dict[str, Folded] = {}
        self.built = Built()

    def contents(self) -> None:
        """Give every thing that rows speak of the content that they make."""
        stated: defaultdict[str, list[RowClaim]] = defaultdict(list)
        place: dict[str, tuple[str, str, int, int]] = {}
        for row in self._gathered.rows.values():
            for word, claim in row.said():
                stated[claim.node].append(word)
                place[claim.node] = (claim.kind, claim.key, claim.mk, row.properties["source"])
        for node, claims in stated.items():
            kind, key, mk, source = place[node]
            content = union(kind, claims)
            if kind == "Person":
                self._folded[node] = folded(content.properties)
            stored = node_map(node, kind, key, mk, source, content, self._folded.get(node))
            if KINDS[kind].identity is not Identity.KEYED:
                self._add(stored)
            else:
                (self.built.keyed if content.live else self.built.retired)[node] = stored

    def _add(self, record: Map) -> None:
        self.built.records[record["id"]] = record
        for identifier in identifiers_of(self._ids, record):
            self.built.has[identifier].append(record["id"])

    def asked(self) -> list[Hung]:
        """What rows ask to be made for ends that nobody describes."""
        rows = []
        binder = self._binder({}, {})
        for id_, row in self._gathered.rows.items():
            if '"make":true' not in row.properties["links"]:
                continue
            hung = Hung()
            for link in self._statements(id_):
                for end in (link["f"], link["o"]):
                    if "by" in end and not used_by(end):
                        binder.bind(end, link["m"], hung.waiting)
            rows.append(hung)
        return rows

    def make(self, rows: Iterable[Hung]) -> set[str]:
        """Make what these rows ask for and is not there yet; returns the kinds that have new records."""
        asked = [hung.waiting for hung in rows if hung.waiting.make]
        if not asked:
            return set()
        source = self._gathered.number(SOURCE, "made", None, 0)
        made = made_records(self._ids, self._markings, asked, source)
        new = {id_: one for id_, one in made.items() if id_ not in self.built.records}
        for id_, one in new.items():
            self.built.records[id_] = one.properties
            self.built.has[one.identifier].append(id_)
            self.built.made.add(id_)
        return {one.properties["kind"] for one in new.values()}

    def unmake(self) -> set[str]:
        """Take away made records that no link is bound to; returns the kinds that lost one."""
        bound = {link.properties[end] for hung in self.built.hung.values() for link in hung.links for end in "ab"}
        kinds = set()
        for id_ in self.built.made - bound:
            kinds.add(self.built.records.pop(id_)["kind"])
            self.built.made.discard(id_)
            for holders in self.built.has.values():
                if id_ in holders:
                    holders.remove(id_)
        return kinds

    def resolve(self, kinds: set[str]) -> None:
        """Settle the entities of these kinds."""
        of_kind: defaultdict[str, list[Map]] = defaultdict(list)
        for id_ in sorted(self.built.records):
            record = self.built.records[id_]
            if record["kind"] in kinds:
                of_kind[record["kind"]].append(record)
        for kind in (*VALUES, *RESOLVED):
            if kind in kinds:
                self._progress(f"resolving {kind}", 0, None)
                self._resolve(kind, of_kind[kind])

    def _resolve(self, kind: str, records: list[Map]) -> None:
        names = record_names(kind)
        held = [_held(record, names, self._folded.get(record["id"])) for record in records]
        if self._by_evidence or kind in VALUES:
            settled = assign(kind, held, self._gathered.words, self.built.model, self._markings)
        else:
            settled = Assignment({record.id: entity_of(record.id) for record in held if record.live})
        self.built.settled[kind] = settled
        entities = set(settled.entities.values())
        if kind not in VALUES:
            self._make_entities(kind, held, settled)
        report = KindReport(kind, len(held), len(entities), len(entities), len(settled.ties), len(settled.possible))
        self.built.reports = [one for one in self.built.reports if one.kind != kind] + [report]

    def _make_entities(self, kind: str, held: Iterable[Held], settled: Assignment) -> None:
        members: defaultdict[str, list[Held]] = defaultdict(list)
        for record in held:
            if record.live:
                members[settled.entities[record.id]].append(record)
        priority = {source["n"]: source["priority"] for source in self._gathered.sources.values()}
        self.built.resolved = {id_: one for id_, one in self.built.resolved.items() if one["kind"] != kind}
        for entity, group in members.items():
            self.built.resolved[entity] = entity_map(kind, entity, group, priority)

    def link(self) -> None:
        """Hang the links of every row; again those that name somebody by use, until the users are who they were."""
        things = self._things()
        users: dict[tuple[str, str], list[Bound]] = {}
        rows: Iterable[str] = self._gathered.rows
        by_use: list[str] | None = None
        while True:
            self._hang(rows, self._binder(things, users))
            if by_use is None:
                by_use = [id_ for id_ in self._gathered.rows if self._names_by_use(id_)]
            found = self._users() if by_use else {}
            if found == users:
                return
            users, rows = found, by_use

    def _names_by_use(self, row: str) -> bool:
        if '"by":' not in self._gathered.rows[row].properties["links"]:
            return False
        return any(used_by(end) for link in self._statements(row) for end in (link["f"], link["o"]))

    def _hang(self, rows: Iterable[str], binder: Binder) -> None:
        for done, id_ in enumerate(rows):
            row = self._gathered.rows[id_].properties
            self.built.hung[id_] = hang(row, self._statements(id_), binder)
            if done % 4096 == 0:
                self._progress("linking rows", done, len(self._gathered.rows))

    def _statements(self, row: str) -> list[Map]:
        # Read again each time: all of them at once would be the greatest part of the memory.
        statements: list[Map] = orjson.loads(self._gathered.rows[row].properties["links"])
        return statements

    def _things(self) -> dict[str, Bound]:
        things = {id_: Bound(id_, id_, None) for id_ in self._gathered.values}
        things.update((id_, Bound(id_, id_, keyed["mk"])) for id_, keyed in self.built.keyed.items())
        for id_, record in self.built.records.items():
            entity = self.built.entity(id_)
            if entity is not None:
                mk = None if record["kind"] in VALUES else record["mk"]
                things[id_] = Bound(id_, entity, mk, id_ in self.built.made)
        return things

    def _binder(self, things: Mapping[str, Bound], users: Mapping[tuple[str, str], list[Bound]]) -> Binder:
        """A binder; before anything is resolved, a record stands for its entity."""
        holders = {
            identifier: [things.get(id_) or Bound(id_, id_, self.built.records[id_]["mk"]) for id_ in records]
            for identifier, records in self.built.has.items()
        }
        return Binder(self._markings, things, holders, users)

    def _users(self) -> dict[tuple[str, str], list[Bound]]:
        users: dict[tuple[str, str], set[Bound]] = defaultdict(set)
        kept = {**self._gathered.values, **self.built.resolved}
        for hung in self.built.hung.values():
            for link in hung.links:
                if link.type in ("USES", "KEEPS"):
                    target = kept.get(link.target, {})
                    value = target.get("vrm" if link.type == "KEEPS" else "value")
                    if value is not None:
                        bound = Bound(link.properties["a"], link.origin, link.properties["mk"])
                        users[self._kind(link.origin), value].add(bound)
        return {who: sorted(each, key=lambda bound: bound.record) for who, each in users.items()}

    def _kind(self, entity: str) -> str:
        found = self.built.resolved.get(entity) or self.built.keyed.get(entity) or self._gathered.values[entity]
        return str(found["kind"])


def _held(record: Map, names: frozenset[str], ready: Folded | None) -> Held:
    return Held(
        record["id"],
        record["key"],
        record["mk"],
        record["recorded_at"],
        record.get("as_of"),
        record["source"],
        record["live"],
        unplaced=True,
        entity=None,
        properties={name: value for name, value in record.items() if name in names and value is not None},
        folded=ready,
    )
