"""Which records and entities the ends of statements mean; what is still awaited; what must be made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from graph.marking_numbers import MarkingNumbers
from graph.store import Transaction
from loaders.encode import identifying

_NOBODY: tuple[Bound, ...] = ()


@dataclass(frozen=True, slots=True)
class Bound:
    """A settled end: the record (or value) that the statement means, its entity, and the entity's marking, if any."""

    record: str
    entity: str
    mk: int | None
    made: bool = False


@dataclass(slots=True)
class Waiting:
    """What a row's links wait for, and the ends that `missing: make` asks for."""

    ids: set[str] = field(default_factory=set)
    make: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Binder:
    """Binds ends to what is known: things by id, holders by identifier id, users by (kind, value they use or keep)."""

    markings: MarkingNumbers
    things: Mapping[str, Bound]
    holders: Mapping[str, Sequence[Bound]]
    users: Mapping[tuple[str, str], Sequence[Bound]]

    def bind(self, end: Mapping[str, Any], mk: int, waiting: Waiting) -> Bound | None:
        """The end as a statement of marking `mk` may see it, or None; what would change that is added to `waiting`."""
        if "by" in end:
            return self._bind_by(end, mk, waiting)
        for candidate in meant(end):
            found = self.things.get(candidate)
            if found is not None:
                return found
            waiting.ids.add(candidate)
        return None

    def _bind_by(self, end: Mapping[str, Any], mk: int, waiting: Waiting) -> Bound | None:
        waiting.ids.update(end["by"])
        if used_by(end):
            waiting.ids.add(awaited_use(end["v"]))
        seen = self.seen(end, mk)
        if len({holder.entity for holder in seen}) == 1:
            return min(seen, key=lambda holder: holder.record)
        if not seen and end["make"]:
            waiting.make.append({"kind": end["k"][0], "scheme": end["s"], "value": end["v"], "mk": mk})
        return None

    def seen(self, end: Mapping[str, Any], mk: int) -> list[Bound]:
        """Who has the identifier of a `by` end, among those that a statement of marking `mk` may see.

        While nobody is seen, the record made for statements of just this marking stands in: whether one of another
        marking is there must not matter.
        """
        found = [holder for identifier in end["by"] for holder in self.holders.get(identifier, _NOBODY)]
        found += [user for kind in used_by(end) for user in self.users.get((kind, end["v"]), _NOBODY)]
        statement = self.markings.marking(mk)
        seen = [h for h in found if h.mk is None or self.markings.marking(h.mk).at_or_below(statement)]
        return [h for h in seen if not h.made] or [h for h in seen if h.mk == mk]


def meant(end: Mapping[str, Any]) -> list[str]:
    """The things that an end may mean by their ids, best first; none for an end that is found by an identifier."""
    return [] if "by" in end else [end["i"]] if "i" in end else end["c"]


def used_by(end: Mapping[str, Any]) -> list[str]:
    """The kinds of a `by` end that are found by what they use or keep, not by an identifier of their own."""
    return [kind for kind in end["k"] if end["s"] not in identifying(kind)] if "by" in end else []


def awaited_use(value: str) -> str:
    """What a row awaits that names somebody by a phone, an e-mail address or a vehicle."""
    return f"by:{value}"


class Sought(NamedTuple):
    """What ends are found by: ids of things, ids of identifiers, values that somebody uses or keeps."""

    ids: set[str]
    identifiers: set[str]
    values: set[str]


def sought(ends: Iterable[Mapping[str, Any]]) -> Sought:
    """What these ends are found by."""
    found = Sought(set(), set(), set())
    for end in ends:
        found.ids.update(meant(end))
        if "by" in end:
            found.identifiers.update(end["by"])
            found.values.update([end["v"]] if used_by(end) else ())
    return found


def ends_of(stated: Iterable[Sequence[Mapping[str, Any]]]) -> Iterator[Mapping[str, Any]]:
    """Both ends of every statement of some rows."""
    return (link[end] for links in stated for link in links for end in ("f", "o"))


def binder(transaction: Transaction, markings: MarkingNumbers, ends: Iterable[Mapping[str, Any]]) -> Binder:
    """A binder of these ends, after asking the graph for all of them at once."""
    ids, identifiers, values = sought(ends)
    things = {
        row["id"]: Bound(row["id"], row["entity"], row["mk"]) for row in transaction.run("load/ends", ids=list(ids))
    }
    holders: defaultdict[str, list[Bound]] = defaultdict(list)
    for row in transaction.run("load/holders", ids=list(identifiers)) if identifiers else ():
        holders[row["identifier"]].append(Bound(row["record"], row["entity"], row["mk"], row["made"]))
    users: defaultdict[tuple[str, str], list[Bound]] = defaultdict(list)
    for row in transaction.run("load/users", values=list(values)) if values else ():
        users[row["kind"], row["value"]].append(Bound(row["record"], row["entity"], row["mk"]))
    return Binder(markings, things, holders, users)
