"""Which records and entities the ends of statements mean; what is still awaited; what must be made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.marking_numbers import MarkingNumbers
from graph.store import Transaction

_BY_USE = ("phone", "email", "vrm")


@dataclass(frozen=True, slots=True)
class Bound:
    """A settled end: the record (or value) that the statement means, its entity, and the entity's marking, if any."""

    record: str
    entity: str
    mk: int | None


@dataclass(slots=True)
class Waiting:
    """What a row's links wait for, and the ends that `missing: make` asks for."""

    ids: set[str] = field(default_factory=set)
    make: list[dict[str, Any]] = field(default_factory=list)


class Binder:
    """Binds the ends of many statements after asking the graph for all of them at once."""

    def __init__(self, transaction: Transaction, markings: MarkingNumbers, ends: Iterable[Mapping[str, Any]]) -> None:
        self._markings = markings
        ids: set[str] = set()
        identifiers: set[str] = set()
        used: set[str] = set()
        for end in ends:
            if "by" in end:
                (used if end["s"] in _BY_USE else identifiers).update([end["v"]] if end["s"] in _BY_USE else end["by"])
            else:
                ids.update(end.get("c", ()) or [end["i"]])
        self._ends = {
            row["id"]: Bound(row["id"], row["entity"], row["mk"]) for row in transaction.run("load/ends", ids=list(ids))
        }
        self._holders: defaultdict[str, list[Bound]] = defaultdict(list)
        for row in transaction.run("load/holders", ids=list(identifiers)) if identifiers else ():
            self._holders[row["identifier"]].append(Bound(row["record"], row["entity"], row["mk"]))
        for row in transaction.run("load/users", values=list(used)) if used else ():
            self._holders["by:" + row["value"]].append(Bound(row["record"], row["entity"], row["mk"]))

    def bind(self, end: Mapping[str, Any], mk: int, waiting: Waiting) -> Bound | None:
        """The end as a statement of marking `mk` may see it, or None; what would change that is added to `waiting`."""
        if "by" in end:
            return self._bind_by(end, mk, waiting)
        candidates = [end["i"]] if "i" in end else end["c"]
        for candidate in candidates:
            if candidate in self._ends:
                return self._ends[candidate]
            waiting.ids.add(candidate)
        return None

    def _bind_by(self, end: Mapping[str, Any], mk: int, waiting: Waiting) -> Bound | None:
        names = ["by:" + end["v"]] if end["s"] in _BY_USE else list(end["by"])
        waiting.ids.update(names)
        statement = self._markings.marking(mk)
        seen = [
            holder
            for name in names
            for holder in self._holders[name]
            if holder.mk is None or self._markings.marking(holder.mk).at_or_below(statement)
        ]
        if len({holder.entity for holder in seen}) == 1:
            return min(seen, key=lambda holder: holder.record)
        if not seen and end["make"]:
            waiting.make.append({"kind": end["k"][0], "scheme": end["s"], "value": end["v"], "mk": mk})
        return None
