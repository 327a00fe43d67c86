"""The records of a kind as resolution reads them, with the entity each belongs to now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from graph.model import KINDS, RESOLVED
from graph.open import Graph
from graph.store import Transaction
from resolution.key import NO_KEY
from resolution.space import space_of

# What is read of a record of any kind, before its values.
_HEAD = ("id", "key", "mk", "recorded_at", "as_of", "source", "live", "k_before")


class Held(NamedTuple):
    """One record: id, key, marking number, first and newest dates, source, kind, present entity.

    `values`: of the kind's `record_names`, None where it has none; `before`: see `counted`; `keys`: those that it is
    found by, in the order of the kind's `Space`.
    """

    id: str
    key: str
    mk: int
    recorded_at: int
    as_of: int | None
    source: int
    live: bool
    unplaced: bool
    entity: str | None
    kind: str
    values: Sequence[Any]
    unresolved: bool = False
    before: tuple[int, ...] | None = None
    keys: Sequence[int] = ()

    @property
    def properties(self) -> dict[str, Any]:
        """What it says of the thing, by the names of the model; made anew each time."""
        told = zip(record_names(self.kind), self.values, strict=True)
        return {name: value for name, value in told if value is not None}

    @property
    def waits(self) -> bool:
        """Whether its entity is not settled by evidence."""
        return self.unplaced or self.unresolved

    def counted(self, now: Sequence[int]) -> Sequence[int]:
        """The keys it was found by when it was last settled, empty where it was not there; `now`: its present keys.

        Whoever changes what a settled record is found by keeps the former keys with it.
        """
        if self.before is not None:
            return self.before
        return now if self.entity is not None and not self.unresolved else ()


@cache
def record_names(kind: str) -> tuple[str, ...]:
    """The stored properties of a record that say something about the thing, in order."""
    return (*sorted({*KINDS[kind].by_name, "value_id"}),)


def in_columns(kind: str, held: Sequence[Held], names: Iterable[str]) -> dict[str, Sequence[Any]]:
    """These properties of records of a kind, in columns."""
    columns = list(zip(*(record.values for record in held), strict=True)) or [()] * len(record_names(kind))
    return {name: columns[record_names(kind).index(name)] for name in names}


def fetch(graph: Graph, kind: str) -> list[Held]:
    """All records of a kind, by id."""
    return _as_held(kind, graph.store.stream("resolve/records", kind=kind, **_asked([kind])))


def fetch_some(transaction: Transaction, kind: str, ids: Collection[str]) -> list[Held]:
    """The records of a kind that have these ids, by id."""
    return _as_held(kind, transaction.run("resolve/some_records", ids=sorted(ids), **_asked([kind])))


def fetch_members(
    transaction: Transaction, kind: str, ids: Collection[str] = (), entities: Collection[str] = ()
) -> list[Held]:
    """The records of a kind with these ids, all that share an entity with them, and all of these entities, by id."""
    asked = _asked([kind])
    rows = transaction.run("resolve/members", ids=sorted(ids), entities=sorted(entities), **asked)
    return _as_held(kind, rows)


def fetch_waiting(transaction: Transaction, kinds: Sequence[str], *, by_evidence: bool) -> dict[str, list[Held]]:
    """The records of each of these kinds that wait to be settled, by id."""
    rows: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in transaction.run("resolve/waiting", by_evidence=by_evidence, **_asked(kinds)):
        rows[row["kind"]].append(row)
    return {kind: _as_held(kind, rows[kind]) for kind in kinds}


def new_held(kind: str, records: Iterable[Mapping[str, Any]]) -> list[Held]:
    """Records of a kind given by their stored properties, by id, none of them settled yet."""
    names, keys = (_asked([kind])[part][kind] for part in ("names", "keys"))
    new = {"entity": None, "unplaced": True, "unresolved": False}
    return _as_held(
        kind,
        (
            {**new, "values": [*map(record.get, names)], "keys": [record.get(name, NO_KEY) for name in keys]}
            for record in records
        ),
    )


def _asked(kinds: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """What is read of the records of each kind: lists of values are read in half of the time of maps."""
    return {
        "names": {kind: [*_HEAD, *record_names(kind)] for kind in kinds},
        "keys": {kind: [*space_of(kind).properties] if kind in RESOLVED else [] for kind in kinds},
    }


def _as_held(kind: str, rows: Iterable[Mapping[str, Any]]) -> list[Held]:
    return sorted((_held(kind, row) for row in rows), key=attrgetter("id"))


def _held(kind: str, row: Mapping[str, Any]) -> Held:
    id_, key, mk, recorded_at, as_of, source, live, before, *values = row["values"]
    return Held(
        id_,
        key,
        mk,
        recorded_at,
        as_of,
        source,
        live,
        row["unplaced"],
        row["entity"],
        kind,
        values,
        unresolved=row["unresolved"],
        before=None if before is None or kind not in RESOLVED else space_of(kind).own(before),
        keys=row["keys"],
    )
