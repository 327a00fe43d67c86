"""Who shares keys: what the graph says of groups of records, and which of them a change reaches beyond its own pairs.

A key that comes to have too many holders, or no longer has, takes pairs from others or gives them; a contact that a
further name holds is worth less to all who share it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.store import Transaction
from resolution.fetch import Held
from resolution.key import NO_KEY
from resolution.model import PERSON, Model
from resolution.space import Space, space_of

Place = tuple[int, int]  # a key and a compartment
# The fields whose values are counted, by the family of their keys.
_COUNTED = {"contact": ("phone", "email", "vrm"), "address": ("address",)}
# Addresses are the same in other words too, with or without their place, and then both are counted.
LOOSE = frozenset({"address"})


class Group(NamedTuple):
    """The live records under a key in a compartment; `ids` of few only. `names` they bear, `settled` those at rest.

    Names are those of contacts and addresses, whose holders count. `size`: how many persons' records, or how many
    contents of things.
    """

    size: int = 0
    ids: Sequence[str] = ()
    names: frozenset[int] = frozenset()
    settled: frozenset[int] = frozenset()


_NOBODY = Group()


@dataclass(slots=True)
class Groups:
    """Groups by key and compartment, asked for once each.

    `bearers`: (key, compartment, name) of all that was learned.
    """

    transaction: Transaction
    model: Model
    most: int
    of: dict[int, dict[int, Group]] = field(default_factory=dict)
    bearers: list[tuple[int, int, int]] = field(default_factory=list)
    _crowded: list[Place] = field(default_factory=list)

    def ask(self, keys: Mapping[int, str]) -> None:
        """Learn of these keys, given with their families."""
        new = sorted(keys.keys() - self.of.keys())
        self.of |= {key: {} for key in new}
        if not new:
            return
        most = {family: cap + self.most for family, cap in self.model.caps.items()}
        for key, mk, group in self._asked(new, keys, most):
            self.of[key][mk] = group
            self.bearers += [(key, mk, name) for name in group.names]
            family = keys[key]
            if family not in self.space.counted_only and group.size > self.model.caps[family]:
                self._crowded.append((key, mk))

    def _asked(
        self, new: Sequence[int], keys: Mapping[int, str], most: Mapping[str, int]
    ) -> Iterator[tuple[int, int, Group]]:
        run = self.transaction.run
        if self.model.kind != PERSON:
            things = [{"key": key, "most": most[keys[key]]} for key in new]
            for row in run("resolve/sharing_things", keys=things):
                yield row["key"], row["mk"], Group(row["size"], row["ids"])
            return
        asked: dict[str, list[int]] = {family: [] for family in self.space.families}
        for key in new:
            asked[keys[key]].append(key)
        names = max(generic(self.model, family) for family in _COUNTED)
        counted = {family: asked.pop(family) for family in _COUNTED}
        for row in run("resolve/meeting", keys=asked, most=most):
            yield row["key"], row["mk"], Group(row["size"], row["ids"])
        for row in run("resolve/sharing", keys=counted, most=most, names=names):
            group = Group(row["size"], row["ids"], frozenset(row["names"]), frozenset(row["settled"]))
            yield row["key"], row["mk"], group

    @property
    def space(self) -> Space:
        """What the records of the kind are found by."""
        return space_of(self.model.kind)

    def crowded(self, families: Mapping[int, str]) -> frozenset[Place]:
        """Which of these keys bring no pairs together in which compartments."""
        return frozenset(place for place in self._crowded if place[0] in families)

    def sharers(self, families: Mapping[int, str]) -> set[str]:
        """The records that one of these keys brings together with others."""
        return {
            id_
            for key, family in families.items()
            if family not in self.space.counted_only
            for group in self.of.get(key, {}).values()
            if group.size <= self.model.caps[family]
            for id_ in group.ids
        }


def generic(model: Model, family: str) -> int:
    """How many names hold a key of this family at most while a further one makes a difference."""
    return max(model.fields[name].generic or 0 for name in _COUNTED[family])


@dataclass(slots=True)
class _Move:
    """What changed under a key in a compartment: how many came and went, with which names."""

    family: str
    came: int = 0
    went: int = 0
    names: set[int] = field(default_factory=set)
    former: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Reached:
    """Records that a change reaches through what they share, and the keys that are counted otherwise now.

    `everywhere`: keys that are counted otherwise for who holds them in any compartment, and whether names left them.
    `seeking`: those among the records that may come nearer to others by it, who do not share the key itself.
    """

    ids: frozenset[str]
    crossed: Mapping[int, str]
    recounted: Collection[Place]
    everywhere: Mapping[int, bool]
    seeking: frozenset[str]


class Moves:
    """What changed records of a kind are found by now and were before."""

    def __init__(self, space: Space) -> None:
        self._space = space
        self._moves: dict[Place, _Move] = {}

    def note(self, record: Held, now: Sequence[int]) -> None:
        """Take note of a changed record; `now`: the row of its present keys, empty where it is not live."""
        before = record.counted(now)
        old, new = self._space.named(before), self._space.named(now)
        for families, name, step in ((old, self._name(before), -1), (new, self._name(now), 1)):
            for key, family in families.items():
                move = self._moves.setdefault((key, record.mk), _Move(family))
                if step > 0:
                    move.came += 1
                    move.names.add(name)
                else:
                    move.went += 1
                    move.former.add(name)

    @property
    def families(self) -> dict[int, str]:
        """The keys that changed records have or had, with their families."""
        return {key: move.family for (key, _), move in self._moves.items()}

    def reached(self, groups: Groups) -> Reached:
        """What the changes reach, with the groups as they are now."""
        ids: set[str] = set()
        crossed: dict[int, str] = {}
        recounted: set[Place] = set()
        everywhere: dict[int, bool] = {}
        seeking: set[str] = set()
        for (key, mk), move in self._moves.items():
            group = groups.of[key].get(mk, _NOBODY)
            if move.family in _COUNTED and _recounts(group, move, generic(groups.model, move.family)):
                recounted.add((key, mk))
                ids.update(group.ids)
                if move.family in LOOSE:
                    # Whoever holds it in another compartment may meet one here who says it in other words.
                    holders = {id_ for each in groups.of[key].values() for id_ in each.ids}
                    left = not (group.settled | move.former) <= group.names
                    everywhere[key] = everywhere.get(key, False) or left
                    ids |= holders
                    seeking |= holders if left else set()
            cap = groups.model.caps.get(move.family)
            if cap is not None and self._crossed(group.size, move, cap):
                crossed[key] = move.family
                ids.update(group.ids)
        return Reached(frozenset(ids), crossed, recounted, everywhere, frozenset(seeking))

    def _crossed(self, size: int, move: _Move, cap: int) -> bool:
        """Whether so many came and went that a key brings pairs otherwise than before."""
        if self._space.name is not None:
            return (size - move.came + move.went <= cap) != (size <= cap)
        # Of things contents are counted, and who came may have brought none.
        return size - move.came <= cap < size if size > cap else size + move.went > cap

    def _name(self, row: Sequence[int]) -> int:
        return row[self._space.properties.index(self._space.name)] if row and self._space.name else NO_KEY


def _recounts(group: Group, move: _Move, most: int) -> bool:
    """Whether so many names hold the key otherwise than before that a pair could be judged otherwise."""
    before, after = group.settled | move.former, group.names
    if len(before) > most and len(after) > most:
        return False
    return before != after
