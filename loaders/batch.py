"""What a batch of rows changes, worked out before anything is written; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.errors import LoadError
from loaders.content import age
from loaders.encode import EncodedRow


@dataclass(slots=True)
class Slot:
    """The contents of one row known so far, by row id."""

    contents: dict[str, dict[str, Any]] = field(default_factory=dict)

    def live(self) -> str | None:
        """The id of the content with the greatest (last_as_of, hash)."""
        return max(
            self.contents, key=lambda r: age(self.contents[r]["last_as_of"], self.contents[r]["hash"]), default=None
        )


@dataclass(slots=True)
class BatchPlan:
    """Rows to create (with whether they are live), known rows to change, and the counts of the report."""

    create: list[tuple[EncodedRow, bool]]
    change: list[dict[str, Any]]
    loaded: int
    unchanged: int
    stale: set[str]


def plan(rows: Sequence[EncodedRow], known: Iterable[Mapping[str, Any]]) -> BatchPlan:
    """The plan for these rows against the known contents of their slots.

    Raises LoadError where an undated delivery would change a row: nobody could say which is newer.
    """
    slots: dict[str, Slot] = {}
    before: dict[str, dict[str, Any]] = {}
    for row in known:
        before[row["id"]] = dict(row)
        slots.setdefault(row["slot"], Slot()).contents[row["id"]] = dict(row)
    new: dict[str, EncodedRow] = {}
    unchanged = 0
    for encoded in rows:
        slot = slots.setdefault(encoded.slot, Slot())
        if encoded.id in slot.contents:
            unchanged += 1
            _widen(slot.contents[encoded.id], encoded.as_of)
            continue
        if slot.contents and encoded.as_of is None:
            raise LoadError(
                f"line {encoded.line}: this undated delivery would change a row that is known with other content; "
                "say when the delivery was made with --as-of DATE"
            )
        new[encoded.id] = encoded
        span = {"first_as_of": encoded.as_of, "last_as_of": encoded.as_of}
        slot.contents[encoded.id] = {"id": encoded.id, "slot": encoded.slot, "hash": encoded.hash, "live": None, **span}
    live = {row_id for slot in slots.values() if (row_id := slot.live()) is not None}
    create = [(row, row.id in live) for row in new.values()]
    after = {row_id: row for slot in slots.values() for row_id, row in slot.contents.items() if row_id in before}
    stale = {row.id for row in rows} - live
    return BatchPlan(create, _changes(before, after, live), len(new), unchanged, stale)


def _widen(content: dict[str, Any], as_of: int | None) -> None:
    if as_of is not None:
        first, last = content["first_as_of"], content["last_as_of"]
        content["first_as_of"] = as_of if first is None else min(first, as_of)
        content["last_as_of"] = as_of if last is None else max(last, as_of)


def _changes(
    before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]], live: set[str]
) -> list[dict[str, Any]]:
    changes = []
    for row_id, row in after.items():
        now = {"first_as_of": row["first_as_of"], "last_as_of": row["last_as_of"], "live": row_id in live}
        if any(before[row_id][name] != value for name, value in now.items()):
            relink = now["live"] != before[row_id]["live"] or now["first_as_of"] != before[row_id]["first_as_of"]
            changes.append({"id": row_id, **now, "relink": relink})
    return changes
