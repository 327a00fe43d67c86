"""What a batch of rows changes, worked out before anything is written; pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from graph.errors import LoadError
from loaders.content import age
from loaders.encode import EncodedRow

# What later deliveries may change of a content that is known.
LIFE = ("first_as_of", "last_as_of", "last_full", "live", "until")
_NEVER = -(2**62)


@dataclass(frozen=True, slots=True)
class Fulls:
    """The full deliveries of a file entry.

    `dates`: when they were made, in order; `now`: the date of the one that is being loaded, None where it is not full.
    """

    dates: Sequence[int] = ()
    now: int | None = None


@dataclass(frozen=True, slots=True)
class Again:
    """Rows of a batch that are known to be there: how many; of those that widen dates, the own date by the id."""

    count: int = 0
    widened: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(slots=True)
class Slot:
    """The contents of one row known so far, by row id."""

    contents: dict[str, dict[str, Any]] = field(default_factory=dict)

    def settle(self, fulls: Fulls) -> str | None:
        """Say of each content whether it is live, else until when it was; returns the id of the live one.

        The newest by (last_as_of, hash) is, unless a full delivery was made since that did not hold the row.
        """
        ordered = sorted(self.contents.values(), key=lambda one: age(one["last_as_of"], one["hash"]))
        for older, newer in pairwise(ordered):
            older.update(live=False, until=newer["first_as_of"] or 0)
        seen = max(max(_or_never(one["last_as_of"]), _or_never(one["last_full"])) for one in ordered)
        after = bisect_right(fulls.dates, seen)
        gone = fulls.dates[after] if after < len(fulls.dates) else None
        newest = ordered[-1]
        newest.update(live=gone is None, until=gone)
        return newest["id"] if gone is None else None


def _or_never(moment: int | None) -> int:
    return _NEVER if moment is None else moment


@dataclass(frozen=True, slots=True)
class Written:
    """What a batch did; `stale`: the ids of its rows that a newer content has replaced, `new`: of those it brought."""

    loaded: int
    unchanged: int
    stale: Collection[str]
    new: Collection[str] = ()

    def and_more(self, other: Written) -> Written:
        """What the batch did with these rows and with others."""
        new, stale = {*self.new, *other.new}, {*self.stale, *other.stale}
        return Written(self.loaded + other.loaded, self.unchanged + other.unchanged, stale, new)


@dataclass(slots=True)
class BatchPlan:
    """Rows to create (with what is stored of their life), known rows to change, and what that does.

    `stamps`: of known rows that stand otherwise than they did when they were read last.
    """

    create: Sequence[tuple[EncodedRow, Mapping[str, Any]]]
    change: list[dict[str, Any]]
    stamps: list[dict[str, Any]]
    written: Written


def plan(
    rows: Sequence[EncodedRow], known: Iterable[Mapping[str, Any]], fulls: Fulls = Fulls(), again: Again = Again()
) -> BatchPlan:
    """The plan for these rows against the known contents of their slots; without rows, for those slots as they are.

    Raises LoadError where an undated delivery would change a row: nobody could say which is newer.
    """
    slots: dict[str, Slot] = {}
    before: dict[str, dict[str, Any]] = {}
    for row in known:
        before[row["id"]] = dict(row)
        slots.setdefault(row["slot"], Slot()).contents[row["id"]] = dict(row)
    new: dict[str, EncodedRow] = {}
    stamps: dict[str, str] = {}
    unchanged = again.count
    for known_id, as_of in again.widened.items():
        _widen(slots[before[known_id]["slot"]].contents[known_id], as_of, fulls.now)
    for encoded in rows:
        slot = slots.setdefault(encoded.slot, Slot())
        if encoded.id in slot.contents:
            unchanged += 1
            _widen(slot.contents[encoded.id], encoded.as_of, fulls.now)
            if encoded.stamp is not None:
                stamps[encoded.id] = encoded.stamp
            continue
        if slot.contents and encoded.as_of is None:
            raise LoadError(
                f"line {encoded.line}: this undated delivery would change a row that is known with other content; "
                "say when the delivery was made with --as-of DATE"
            )
        new[encoded.id] = encoded
        slot.contents[encoded.id] = _first(encoded, fulls.now)
    live = {row_id for slot in slots.values() if (row_id := slot.settle(fulls)) is not None}
    after = {row_id: row for slot in slots.values() for row_id, row in slot.contents.items()}
    create = [(row, after[row.id]) for row in new.values()]
    stale = {row.id for row in rows} - live
    written = Written(len(new), unchanged, stale, set(new))
    restamp = [{"id": id_, "stamp": stamp} for id_, stamp in stamps.items() if _stamp(before, id_) != stamp]
    return BatchPlan(create, list(_changes(before, after)), restamp, written)


def _stamp(before: Mapping[str, Mapping[str, Any]], row_id: str) -> str | None:
    return before[row_id].get("stamp") if row_id in before else None


def _first(row: EncodedRow, full: int | None) -> dict[str, Any]:
    return {
        "id": row.id,
        "slot": row.slot,
        "hash": row.hash,
        "first_as_of": row.as_of,
        "last_as_of": row.as_of,
        "last_full": full,
        "live": None,
        "until": None,
    }


def _widen(content: dict[str, Any], as_of: int | None, full: int | None) -> None:
    if as_of is not None:
        first, last = content["first_as_of"], content["last_as_of"]
        content["first_as_of"] = as_of if first is None else min(first, as_of)
        content["last_as_of"] = as_of if last is None else max(last, as_of)
    if full is not None:
        content["last_full"] = max(full, _or_never(content["last_full"]))


def _changes(before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]]) -> Iterable[Any]:
    for row_id, old in before.items():
        new = after[row_id]
        if any(old[name] != new[name] for name in LIFE):
            relink = any(old[name] != new[name] for name in ("live", "first_as_of", "until"))
            later = old["last_as_of"] != new["last_as_of"]
            yield {"id": row_id, **{name: new[name] for name in LIFE}, "relink": relink, "later": later}
