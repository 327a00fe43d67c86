"""Small graphs written as ARCHITECTURE.md says, by a hand of the tests' own."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from neo4j.spatial import WGS84Point

from graph.ids import entity_of, link_id
from graph.marking_numbers import StoredMarkings, text_index
from graph.model import KINDS
from graph.open import Graph
from graph.search_text import search_text
from graph.store import Transaction
from security.marking import parse_grants
from security.viewer import Viewer
from standards.date import from_text

OPEN = "OFFICIAL"
SENSITIVE = "OFFICIAL-SENSITIVE"
ACORN = "OFFICIAL-SENSITIVE; operation=ACORN"
RECORDED = 1_600_000_000


class World:
    """Writes entities, records, values, links and decisions; `remove` takes out all that it wrote."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.numbers = StoredMarkings(graph.store)
        self._made: list[str] = []
        self._run = uuid.uuid4().hex
        self.source = self._source("a")

    def _source(self, name: str) -> int:
        n = uuid.uuid4().int % 10**9 + 1000
        self._write(
            "CREATE (:Source {id: $id, n: $n, name: $id, owner: 'force', priority: 1})",
            id=f"{name}-{self._run}",
            n=n,
        )
        return n

    def viewer(self, *grants: str) -> Viewer:
        self.graph.catalogue.refresh()
        return self.graph.catalogue.viewer("tester", parse_grants(grants or [OPEN]))

    def mk(self, *markings: str) -> int:
        return self.numbers.join(*(self.numbers.of_text(text) for text in markings))

    def thing(self, kind: str, label: str = "", marking: str = OPEN, records: int = 1, **properties: Any) -> str:
        """A resolved entity with its records, or a keyed one; its entity id."""
        key = f"{self._run}-{len(self._made)}"
        common = {"kind": kind, "mk": self.mk(marking), "source": self.source, "version": 1, "grade": 111}
        seeds = [self.graph.ids.record("test", kind, f"{key}-{n}", marking) for n in range(records)]
        id_ = entity_of(seeds[0])
        shown = {"label": label or kind, text_index(self.mk(marking)): search_text(kind, properties)}
        node = {
            "id": id_,
            "kind": kind,
            "mk": self.mk(marking),
            **_timed(kind, properties),
            **_stored(properties),
            **shown,
        }
        if KINDS[kind].identity.value == "keyed":
            node |= {**common, "key": key, "recorded_at": RECORDED}
        self._create("".join(f":{name}" for name in KINDS[kind].labels), node)
        for place, record in enumerate(seeds if KINDS[kind].identity.value == "resolved" else []):
            said = {**common, "id": record, "key": f"{key}-{place}", "live": True, "recorded_at": RECORDED + place}
            self._create(":Record", {**_stored(properties), **said})
            self._tie(record, id_)
        return id_

    def value(self, kind: str, value: str) -> str:
        id_ = self.graph.ids.value(kind, self._run, value)
        self._create(f":Entity:{kind}", {"id": id_, "kind": kind, "label": value, "value": value, "valid": True})
        return id_

    def link(
        self, type_: str, origin: str, target: str, marking: str = OPEN, *, row_marking: str = OPEN, **given: Any
    ) -> str:
        """A link of a row of its own, which says both ends; the link's id. `marking` is the link's, ends included."""
        row = self.graph.ids.row("test", self._run, str(len(self._made)), row_marking, "")
        self._create(":Row", {"id": row, "mk": self.mk(row_marking), "live": True})
        properties = {"row": row, "place": 1, "source": self.source, "mk": self.mk(marking), "recorded_at": RECORDED}
        properties |= {"a": "r_" + origin[2:], "b": "r_" + target[2:]} | given
        self._relate(type_, origin, target, properties)
        for end in (origin, target):
            self._write(
                "MATCH (w:Row {id: $row}) OPTIONAL MATCH (r:Record {id: 'r_' + substring($end, 2)}) "
                "OPTIONAL MATCH (e:Entity {id: $end}) WITH w, coalesce(r, e) AS x CREATE (w)-[:SAYS {name: 'x'}]->(x)",
                row=row,
                end=end,
            )
        return link_id(row, 1)

    def same(self, one: str, other: str, marking: str = OPEN) -> str:
        low, high = sorted((one, other))
        self._relate("SAME_IDENTITY", low, high, {"mk": self.mk(marking), "weight": 9.0, "recorded_at": RECORDED})
        return f"l_{low[2:]}_{high[2:]}"

    def decision(self, a: str, b: str, marking: str = OPEN) -> str:
        id_ = self.graph.ids.decision(self._run, a, b)
        given = {"id": id_, "a": "r_" + a[2:], "b": "r_" + b[2:], "verdict": "SAME_AS", "basis": "ANALYST"}
        self._create(":Decision", {**given, "by": "tester", "at": RECORDED, "mk": self.mk(marking)})
        return id_

    def batch(self, *events: str) -> None:
        """Note events as a load does, in a batch of rows that speak of them: those who watch are told."""

        def work(transaction: Transaction) -> None:
            (lock,) = transaction.run("load/lock")
            for id_ in events:
                row = self.graph.ids.row("test", self._run, f"batch {len(self._made)}", OPEN, "")
                self._made.append(row)
                text = (
                    "MATCH (e:Entity {id: $id}) CREATE (w:Row {id: $row, seq: $seq, mk: e.mk, live: true})-[:SAYS]->(e)"
                )
                transaction.run_text(text, {"id": id_, "row": row, "seq": lock["seq"] + 1})
            transaction.run("load/batch", batch={"source": -1, "file": "", "delivery": "test", "at": RECORDED})
            transaction.touch(events)

        self.graph.store.write(work)

    def move_record(self, record: str, entity: str) -> None:
        self._write("MATCH (:Record {id: $record})-[r:RESOLVES_TO]->() DELETE r", record=record)
        self._tie(record, entity)

    def drop(self, id_: str) -> None:
        self._write("MATCH (n:Entity {id: $id}) DETACH DELETE n", id=id_)

    def status(self, marking: str, rejected: int, at: int) -> None:
        self._write(
            "CREATE (:SourceStatus {source: $source, mk: $mk, rejected: $rejected, last_loaded_at: $at})",
            source=self.source,
            mk=self.mk(marking),
            rejected=rejected,
            at=at,
        )

    def remove(self) -> None:
        for label in ("Entity", "Record", "Row", "Decision"):
            self._write(f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) DETACH DELETE n", ids=self._made)
        self._write("MATCH (s:SourceStatus {source: $source}) DELETE s", source=self.source)
        self._write("MATCH (s:Source {n: $source}) DELETE s", source=self.source)

    def _tie(self, record: str, entity: str) -> None:
        self._write(
            "MATCH (r:Record {id: $record}) MATCH (e:Entity {id: $entity}) CREATE (r)-[:RESOLVES_TO]->(e)",
            record=record,
            entity=entity,
        )

    def _create(self, labels: str, node: Mapping[str, Any]) -> None:
        self._made.append(node["id"])
        self._write(f"CREATE (n{labels}) SET n = $node", node=dict(node))

    def _relate(self, type_: str, origin: str, target: str, properties: Mapping[str, Any]) -> None:
        self._write(
            f"MATCH (a:Entity {{id: $a}}) MATCH (b:Entity {{id: $b}}) CREATE (a)-[r:{type_}]->(b) SET r = $properties",
            a=origin,
            b=target,
            properties=dict(properties),
        )

    def _write(self, text: str, **params: Any) -> None:
        self.graph.store.write(lambda transaction: transaction.run_text(text, params))


def _timed(kind: str, properties: Mapping[str, Any]) -> dict[str, int]:
    """When an event begins."""
    begun = properties.get("occurred_from") if KINDS[kind].event else properties.get("valid_from")
    return {} if begun is None else {"at": from_text(begun).epoch}


def _stored(properties: Mapping[str, Any]) -> dict[str, Any]:
    stored = dict(properties)
    if "location" in stored:
        latitude, longitude = stored["location"]
        stored["location"] = WGS84Point((longitude, latitude))
    return stored
