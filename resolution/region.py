"""What a change can reach of a kind: settling these alone gives the graph that settling all would give.

Scores are pure, so a pair is judged otherwise than before only where one of the two records changed, where a key that
they share came over or under its cap, or where what they share is held by more or fewer names. All such pairs lie
among the changed records, those that share a key with them, and those that `Moves` finds reached. Every other pair is
as it was, and what it did is written in the graph: an entity, a pair that may be one, a tie. So the region is what
these lead to, and only for the changed is anybody looked up by key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from graph.store import Transaction
from resolution.alike import met
from resolution.column import Ints
from resolution.fetch import Held, fetch_members, fetch_some
from resolution.folded import Folds
from resolution.key import NO_KEY, holder_id
from resolution.key_column import shared_keys
from resolution.model import PERSON, Model
from resolution.part import Part
from resolution.score import score
from resolution.sharing import LOOSE, Groups, Moves, Place, Reached
from resolution.table import Table


def region(transaction: Transaction, changed: Sequence[Held], model: Model) -> Part:
    """The part of the graph that these changed records of the model's kind reach; read under the writer's lock."""
    return _Region(transaction, changed, model).part()


@dataclass(slots=True)
class _Pairs:
    """New pairs: `close` ones may join, `near` ones may at least be one; both ways."""

    close: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    near: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, a: Held, b: Held, *, close: bool) -> None:
        """Take note of a pair."""
        sort = self.close if close else self.near
        sort[a.id].add(b.id)
        sort[b.id].add(a.id)


class _Region:
    def __init__(self, transaction: Transaction, changed: Sequence[Held], model: Model) -> None:
        self._tx = transaction
        self._model = model
        self._changed = changed
        self._groups = Groups(transaction, model, len(changed))
        self._folds = Folds(model.kind)
        self._held = {record.id: record for record in changed}
        self._space = self._groups.space

    def part(self) -> Part:
        moves = Moves(self._space)
        for record in self._changed:
            moves.note(record, record.keys if record.live else ())
        shared = {
            key: family
            for family, (_, keys) in self._shared(self._folds.table(self._live())).items()
            for key in keys.tolist()
        }
        self._groups.ask(shared | moves.families)
        reached = moves.reached(self._groups)
        beyond, seeking = self._beyond(reached)
        affected = {*self._held, *reached.ids, *beyond}
        core, near = self._grow(affected, self._pairs(affected, {*reached.seeking, *seeking}, reached))
        return self._close(core, near)

    def _live(self) -> list[Held]:
        return [record for record in self._changed if record.live]

    def _met(self, table: Table, crowded: Collection[Place]) -> Table:
        """The table as the whole graph counts who shares its keys, without those that bring no pairs together."""
        return table.held_by(self._groups.bearers).without(crowded)

    def _shared(self, table: Table) -> dict[str, tuple[Ints, Ints]]:
        """The keys of all whose worth falls with the number of their holders, by family; things have none."""
        return shared_keys(table.columns) if self._model.kind == PERSON else {}

    def _beyond(self, reached: Reached) -> tuple[set[str], set[str]]:
        """Who holds what is counted otherwise now without being found by it; and who of them is seeking."""
        places = {(holder_id(key), mk) for key, mk in reached.recounted}
        if not places:
            return set(), set()
        everywhere = {holder_id(key): left for key, left in reached.everywhere.items()}
        rows = self._tx.run("resolve/beyond", ids=sorted({id_ for id_, _ in places}))
        found = {r["record"] for r in rows if r["holder"] in everywhere or (r["holder"], r["mk"]) in places}
        return found, {row["record"] for row in rows if everywhere.get(row["holder"], False)}

    def _load(self, ids: Iterable[str]) -> None:
        if missing := {*ids} - self._held.keys():
            self._held.update((record.id, record) for record in fetch_some(self._tx, self._model.kind, missing))

    def _pairs(self, affected: set[str], seeking: set[str], reached: Reached) -> _Pairs:
        """The pairs of the affected records that may be one: never fewer than there are."""
        self._load(seeking)
        seekers = [self._held[id_] for id_ in sorted(seeking & self._held.keys()) if self._held[id_].live]
        families: dict[int, str] = {}
        for record in (*self._live(), *seekers):
            families |= self._space.named(record.keys)
        self._groups.ask(families)
        others = self._groups.sharers({**families, **reached.crossed})
        others |= {id_ for key, _ in reached.recounted for group in self._groups.of[key].values() for id_ in group.ids}
        self._load({*affected, *others})
        live = [self._held[id_] for id_ in sorted({*affected, *others} & self._held.keys()) if self._held[id_].live]
        table = self._met(self._folds.table(live), self._groups.crowded(families))
        ends = np.array([record.id in affected for record in live], bool)
        pairs = met(table, self._model.caps, ends)
        left, right = pairs.left, pairs.right
        bits = score(table, left, right, self._model)
        found = _Pairs()
        for place in np.nonzero(bits >= self._model.review)[0].tolist():
            a, b = live[left[place]], live[right[place]]
            found.add(a, b, close=a.mk == b.mk and bits[place] >= self._model.join)
        for first, other in zip(*(side.tolist() for side in pairs.same), strict=True):
            found.add(live[first], live[other], close=True)
        return found

    def _grow(self, start: Collection[str], pairs: _Pairs) -> tuple[set[str], set[str]]:
        """The records whose entities may change, and those that are near to them."""
        core: set[str] = set()
        near: set[str] = set()
        frontier = set(start)
        while frontier:
            rows = self._tx.run("resolve/near", ids=sorted(frontier), join=self._model.join)
            frontier = set()
            for row in rows:
                core.add(row["record"])
                frontier.update(row["close"], pairs.close.get(row["record"], ()))
                near.update(row["near"], pairs.near.get(row["record"], ()))
            frontier -= core
        return core, near - core

    def _close(self, core: set[str], near: set[str]) -> Part:
        """The part with the whole entities of those near, and all that its pairs share."""
        if further := near | (core - self._held.keys()):
            members = fetch_members(self._tx, self._model.kind, further)
            self._held.update((record.id, record) for record in members if record.id not in self._held)
        entities = {self._held[id_].entity for id_ in near if self._held[id_].live}
        beside = {id_ for id_, record in self._held.items() if record.entity in entities and record.live} - core
        held = [self._held[id_] for id_ in sorted(core | beside)]
        live = [record for record in held if record.live]
        table = self._folds.table(live)
        families = self._meeting(table, live, core)
        self._groups.ask(families)
        crowded = self._groups.crowded(families)
        return Part(held, frozenset(core), self._met(table, crowded), len(crowded))

    def _meeting(self, table: Table, live: Sequence[Held], core: Collection[str]) -> dict[int, str]:
        """The keys that a record of the core shares with another, and all addresses, with their families."""
        place, slot = np.nonzero(table.keys != NO_KEY)
        shared, names = self._shared(table), [*self._space.families]
        records = np.concatenate((place, *(record for record, _ in shared.values())))
        keys = np.concatenate((table.keys[place, slot], *(found for _, found in shared.values())))
        of_slot = np.array([names.index(family) for family, own in self._space.families.items() for _ in own])
        families = np.concatenate(
            (of_slot[slot], *(np.full(len(found), names.index(family)) for family, (_, found) in shared.items()))
        )
        # Each key once of each record: what it is found by is among what it shares.
        order = np.lexsort((records, keys))
        records, keys, families = records[order], keys[order], families[order]
        new = np.ones(len(keys), bool)
        new[1:] = (keys[1:] != keys[:-1]) | (records[1:] != records[:-1])
        records, keys, families = records[new], keys[new], families[new]
        inside = np.array([record.id in core for record in live], bool)
        distinct, first, which, count = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
        told = np.bincount(which, weights=inside[records], minlength=len(distinct)) > 0
        loose = np.array([family in LOOSE for family in names], bool)[families[first]]
        asked = np.nonzero(told & (count > 1) | loose)[0]
        return {
            key: names[family]
            for key, family in zip(distinct[asked].tolist(), families[first[asked]].tolist(), strict=True)
        }
