"""The writer: one batch of rows, their claims and records, with its checkpoint, in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph import generate
from graph.model import KINDS, Identity
from graph.open import Graph
from graph.store import Transaction
from loaders.batch import Again, BatchPlan, Written, plan
from loaders.content import Content, RowClaim, node_map, union
from loaders.encode import Claim, EncodedRow
from loaders.stored import Place, StoredRow, batch_map, identifiers_of, row_map, value_map


@dataclass(frozen=True, slots=True)
class _Node:
    kind: str
    key: str
    mk: int


def write_batch(graph: Graph, place: Place, rows: Sequence[EncodedRow], again: Again) -> Written:
    """Write these rows; a second time it changes nothing. Raises LoadError where an undated row would change one."""
    return graph.store.write(lambda tx: _Batch(graph, tx, place, locked(tx) + 1).write(rows, again))


def locked(transaction: Transaction) -> int:
    """The number of the last batch, once the transaction has the writer's lock."""
    (lock,) = transaction.run("load/lock")
    return int(lock["seq"])


def write_within(graph: Graph, transaction: Transaction, place: Place, rows: Sequence[EncodedRow], seq: int) -> Written:
    """As `write_batch`, in a transaction that has the writer's lock; `seq`: the number of the last batch.

    Where it raises LoadError, nothing is written.
    """
    return _Batch(graph, transaction, place, seq + 1).write(rows, Again())


def retract_absent(graph: Graph, place: Place, slots: Sequence[str]) -> int:
    """Take back what a full delivery did not hold of these slots; returns the number of rows that changed."""
    return graph.store.write(lambda tx: _Batch(graph, tx, place, locked(tx) + 1).retract(slots))


def write_stored(graph: Graph, source: int, rows: Sequence[StoredRow]) -> None:
    """Write rows of one source as they were stored elsewhere; their values are there, their batch is noted later."""
    graph.store.write(lambda transaction: store_within(graph, transaction, source, rows, locked(transaction)))


def store_within(graph: Graph, transaction: Transaction, source: int, rows: Sequence[StoredRow], seq: int) -> None:
    """As `write_stored`, in a transaction that has the writer's lock; `seq` as in `write_within`."""
    _Batch(graph, transaction, Place(source, "", ""), seq + 1).store(rows, ())


def say_again(graph: Graph, transaction: Transaction, place: Place, seq: int, nodes: Sequence[str]) -> None:
    """Give things of a source the content that their rows make now; `seq` as in `write_within`."""
    _Batch(graph, transaction, place, seq + 1).store((), nodes)


def preview_batch(graph: Graph, place: Place, rows: Sequence[EncodedRow], again: Again) -> Written:
    """What writing these rows would do, without writing."""
    if not rows:
        return plan(rows, (), place.fulls, again).written
    kept = graph.store.write(lambda transaction: _not_erased(transaction, rows))
    known = graph.store.write(lambda transaction: _slots(transaction, [row.slot for row in kept]))
    written = plan(kept, known, place.fulls, again).written
    return written.and_more(_left_out(rows, kept))


def _slots(transaction: Transaction, slots: Sequence[str]) -> list[dict[str, Any]]:
    return transaction.run("load/slots", slots=list(dict.fromkeys(slots)))


def _not_erased(transaction: Transaction, rows: Sequence[EncodedRow]) -> Sequence[EncodedRow]:
    """The rows without those that were erased: what a source still delivers of them changes nothing.

    In the place of one that was said anew (`loaders.restate`) comes its heir, as a row that is there already.
    """
    heirs = _heirs(transaction, [row.id for row in rows])
    if not heirs:
        return rows
    found = ((row, heirs.get(row.id, row.id)) for row in rows)
    return [row if id_ == row.id else row._replace(id=id_, stamp=None) for row, id_ in found if id_ is not None]


def _heirs(transaction: Transaction, rows: Sequence[str]) -> dict[str, str | None]:
    """What became of the rows among these that were erased: the row that has their place now, None for nothing."""
    found = transaction.run("retain/erased", ids=list(rows)) if rows else []
    heirs: dict[str, str | None] = {row["id"]: row["became"] for row in found}
    if any(heirs.values()):
        later = _heirs(transaction, [heir for heir in heirs.values() if heir is not None])
        heirs = {id_: heir if heir is None else later.get(heir, heir) for id_, heir in heirs.items()}
    return heirs


def _left_out(rows: Sequence[EncodedRow], kept: Sequence[EncodedRow]) -> Written:
    """What leaving rows out does: each is as it was. An heir's slot is known by its row, which is kept."""
    slots = {row.slot for row in kept}
    return Written(0, len(rows) - len(kept), {row.id for row in rows if row.slot not in slots})


class _Batch:
    """Writes one batch, of number `seq`: nobody else numbers one while the lock is held."""

    def __init__(self, graph: Graph, transaction: Transaction, place: Place, seq: int) -> None:
        self._graph = graph
        self._tx = transaction
        self._place = place
        self._seq = seq

    def write(self, rows: Sequence[EncodedRow], again: Again) -> Written:
        kept = _not_erased(self._tx, rows)
        written = self._write(kept, again)
        if len(kept) == len(rows):
            return written
        return written.and_more(_left_out(rows, kept))

    def _write(self, rows: Sequence[EncodedRow], again: Again) -> Written:
        left, slots, spoken = self._widen(again) if again.widened else (again, [], [])
        known = _slots(self._tx, [*(row.slot for row in rows), *slots])
        planned = plan(rows, known, self._place.fulls, left)
        self._finish(len(rows) + again.count, planned, spoken)
        return planned.written

    def _widen(self, again: Again) -> tuple[Again, list[str], list[str]]:
        """Note that rows were seen later; returns those of which more follows, their slots, and things to be looked at.

        A live row is the newest content of its slot: seen later still it stays so, and no older content is touched.
        """
        rows = [{"id": id_, "as_of": as_of} for id_, as_of in again.widened.items()]
        found = self._tx.run("load/widen", rows=rows, full=self._place.fulls.now, seq=self._seq)
        left = {row["id"]: again.widened[row["id"]] for row in found}
        dated = [id_ for id_, as_of in again.widened.items() if as_of is not None and id_ not in left]
        return Again(again.count, left), [row["slot"] for row in found], self._seen_again(dated)

    def _seen_again(self, rows: Sequence[str]) -> list[str]:
        """The things whose content may be another because live rows that speak of them were seen later.

        Most are left as they are but for a date, as most rows of a daily delivery are.
        """
        return [row["node"] for row in self._tx.run("load/seen_again", rows=rows)] if rows else []

    def retract(self, slots: Sequence[str]) -> int:
        planned = plan((), _slots(self._tx, slots), self._place.fulls)
        self._finish(0, planned, [])
        return len(planned.change)

    def _finish(self, rows: int, planned: BatchPlan, spoken: Sequence[str]) -> None:
        if planned.create or planned.change or spoken:
            self._apply(planned, spoken)
        if planned.stamps:
            self._tx.run("load/stamp_rows", rows=planned.stamps, seq=self._seq)
        self._tx.run("load/batch", batch=batch_map(self._place, rows, planned.written, self._graph.clock()))

    def _apply(self, planned: BatchPlan, spoken: Sequence[str]) -> None:
        rows = [StoredRow(row_map(row, self._place, life, self._seq), row.claims) for row, life in planned.create]
        if planned.change:
            self._tx.run("load/update_rows", rows=planned.change, seq=self._seq)
        self._merge_values(planned)
        self.store(rows, [*spoken, *self._spoken(planned)])

    def _spoken(self, planned: BatchPlan) -> list[str]:
        """The things whose content may be another because known rows changed."""
        changed = [row["id"] for row in planned.change if row["relink"]]
        later = [row["id"] for row in planned.change if row["later"] and not row["relink"]]
        found = self._tx.run("load/claimed_by", rows=changed) if changed else []
        return [*self._seen_again(later), *(row["node"] for row in found)]

    def store(self, rows: Sequence[StoredRow], spoken: Sequence[str]) -> None:
        """Create these rows and what they say; `spoken`: nodes whose content other rows changed."""
        if rows:
            self._tx.run("load/create_rows", rows=[row.properties for row in rows])
        claims = [said for row in rows for said in row.said()]
        self._say(claims, self._settle(claims, spoken))

    def _merge_values(self, planned: BatchPlan) -> None:
        by_kind: defaultdict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        for row, _ in planned.create:
            for v in row.values:
                by_kind[v.kind][v.id] = value_map(v, self._seq)
        for kind, nodes in by_kind.items():
            self._tx.run_text(generate.merge_values(kind), {"nodes": list(nodes.values())})

    def _settle(self, claims: Sequence[tuple[RowClaim, Claim]], spoken: Sequence[str]) -> set[str]:
        """Give every node that the batch speaks of the content that all its rows make; returns those without any."""
        nodes: dict[str, _Node] = {}
        stated: defaultdict[str, list[RowClaim]] = defaultdict(list)
        for word, claim in claims:
            nodes[claim.node] = _Node(claim.kind, claim.key, claim.mk)
            stated[claim.node].append(word)
        reread = list(dict.fromkeys([*nodes, *spoken]))
        known = set()
        for found in self._tx.run("load/claims", ids=reread) if reread else ():
            node = found["node"]
            known.add(node)
            nodes.setdefault(node, _Node(found["kind"], found["key"], found["mk"]))
            if found["row"] is not None:
                stated[node].append(_row_claim(found))
        contents = {node: union(nodes[node].kind, stated[node]) for node in nodes}
        self._store_nodes(nodes, contents, known)
        return {node for node in nodes if not contents[node].live}

    def _store_nodes(self, nodes: Mapping[str, _Node], contents: Mapping[str, Content], known: set[str]) -> None:
        records: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
        entities: defaultdict[tuple[str, bool], list[dict[str, Any]]] = defaultdict(list)
        dead: list[str] = []
        for node, at in nodes.items():
            content = contents[node]
            stored = node_map(node, at.kind, at.key, at.mk, self._place.source, content)
            if KINDS[at.kind].identity is not Identity.KEYED:
                records[node in known].append(stored)
            elif content.live or node not in known:
                # One that is known to be gone already by the time it is first heard of is made and retired.
                entities[at.kind, node in known].append(stored)
            if not content.live:
                dead.append(node)
        if records[False]:
            self._tx.run("load/create_records", nodes=records[False])
        records[True] = self._not_only_dated(records[True])
        if records[True]:
            self._tx.run("load/update_records", nodes=records[True])
        for (kind, is_known), maps in entities.items():
            self._store_entities(kind, is_known, maps)
        self._retire(nodes, dead)
        self._wake(nodes, self._identify([*records[False], *records[True]], records[True]))

    def _not_only_dated(self, known: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """The records of which more is new than their date; the others have it, and are not resolved again.

        Of 495 known records that 600 messages of a played day spoke of, 482 had nothing new but that.
        """
        if not known:
            return []
        nodes = [{"id": node["id"], "as_of": node["as_of"], "same": _undated(node)} for node in known]
        left = {row["id"] for row in self._tx.run("load/date_records", nodes=nodes)}
        return [node for node in known if node["id"] in left]

    def _store_entities(self, kind: str, is_known: bool, maps: list[dict[str, Any]]) -> None:
        self._tx.touch(each["id"] for each in maps)
        if is_known:
            self._tx.run_text(generate.revive_entities(kind), {"ids": [each["id"] for each in maps]})
        text = generate.merge_entities(kind) if is_known else generate.create_entities(kind)
        self._tx.run_text(text, {"nodes": maps})

    def _retire(self, nodes: Mapping[str, _Node], dead: Sequence[str]) -> None:
        """Things that no live row speaks of leave every answer; what was bound to them is bound anew."""
        if not dead:
            return
        self._tx.run("load/wake_bound", ids=list(dead))
        (cut,) = self._tx.run("load/cut", ids=list(dead))
        self._tx.touch([*dead, *cut["origins"]])
        by_kind: defaultdict[str, list[str]] = defaultdict(list)
        for node in dead:
            if KINDS[nodes[node].kind].identity is Identity.KEYED:
                by_kind[nodes[node].kind].append(node)
        for kind, ids in by_kind.items():
            self._tx.run_text(generate.retire_entities(kind), {"ids": ids})

    def _identify(self, records: Iterable[Mapping[str, Any]], known: Sequence[Mapping[str, Any]]) -> set[str]:
        """Say which identifiers the records have; returns those."""
        if known:
            self._tx.run("load/forget_identifiers", ids=[record["id"] for record in known])
        pairs = [
            {"record": record["id"], "identifier": identifier}
            for record in records
            for identifier in identifiers_of(self._graph.ids, record)
        ]
        if pairs:
            self._tx.run("load/identify", pairs=pairs)
        return {pair["identifier"] for pair in pairs}

    def _wake(self, nodes: Iterable[str], identifiers: Iterable[str]) -> None:
        ids = [*nodes, *identifiers]
        if ids:
            self._tx.run("load/wake", ids=ids)

    def _say(self, claims: Sequence[tuple[RowClaim, Claim]], dead: set[str]) -> None:
        said: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for word, claim in claims:
            if KINDS[claim.kind].identity is not Identity.KEYED:
                name = "load/say_records"
            else:
                name = "load/say_retired" if claim.node in dead else "load/say_entities"
            said[name].append(
                {"row": word.row, "node": claim.node, "name": claim.name, "p": claim.properties, "grade": claim.grade}
            )
        for name, each in said.items():
            self._tx.run(name, claims=each)


def _undated(node: Mapping[str, Any]) -> dict[str, Any]:
    """What a record's node is stored as, but for its date."""
    return {name: value for name, value in node.items() if value is not None} | {"as_of": 0}


def _row_claim(found: Mapping[str, Any]) -> RowClaim:
    return RowClaim(
        found["row"],
        found["live"],
        found["first_as_of"],
        found["last_as_of"],
        found["hash"],
        found["name"],
        found["properties"],
        found["grade"],
    )
