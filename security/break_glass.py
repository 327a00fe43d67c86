"""Break-glass: somebody who may not see a marking sees it for a while, says why, and their supervisors are told.

Kept in a file of its own, outside the graph, which every process of an installation reads anew for each request: so
ending one holds at once, everywhere. Nothing is ever taken out of it.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from security.marking import Grants, parse_marking
from security.own_file import OwnFile

SHORTEST_REASON, LONGEST_REASON = 10, 500
LEAST_MINUTES, MOST_MINUTES = 5, 240
_SCHEMA = """CREATE TABLE IF NOT EXISTS broken (
  id TEXT PRIMARY KEY, user TEXT NOT NULL, role TEXT, markings TEXT NOT NULL, reason TEXT NOT NULL, purpose TEXT,
  reference TEXT, at INTEGER NOT NULL, until INTEGER NOT NULL, ended_at INTEGER, ended_by TEXT,
  alerted INTEGER) STRICT"""
_COLUMNS = "id, user, role, markings, reason, purpose, reference, at, until, ended_at, ended_by, alerted"


class BreakGlassError(ValueError):
    """What is asked for cannot be had; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Breaking:
    """Somebody's sight of markings they do not hold, from and until when (epoch), and why.

    `ended_at`, `ended_by`: where somebody ended it sooner; `alerted`: whether the alert was taken, None where there is
    nobody to send it to.
    """

    id: str
    user: str
    role: str | None
    markings: tuple[str, ...]
    reason: str
    purpose: str | None
    reference: str | None
    at: int
    until: int
    ended_at: int | None = None
    ended_by: str | None = None
    alerted: bool | None = None

    def active(self, now: int) -> bool:
        """Whether it holds at a moment."""
        return self.ended_at is None and self.at <= now < self.until


class BreakGlass:
    """What was broken in an installation; `may`: the markings for which it may be, none where it is not set up."""

    def __init__(self, path: Path, may: Sequence[str]) -> None:
        self._file = OwnFile(path, _SCHEMA)
        self.may = frozenset(parse_marking(text).text for text in may)

    def begin(self, made: Breaking) -> Breaking:
        """It, with an id of its own; raises BreakGlassError for a marking that may not be seen so, or a poor reason."""
        if not self.may:
            raise BreakGlassError("break-glass is not set up here: ask a supervisor for access")
        wanted = sorted({parse_marking(text).text for text in made.markings})
        refused = [text for text in wanted if text not in self.may]
        if refused or not wanted:
            raise BreakGlassError(f"markings: {', '.join(refused) or 'none'}: not among {', '.join(sorted(self.may))}")
        reason = made.reason.strip()
        if not (SHORTEST_REASON <= len(reason) <= LONGEST_REASON and reason.isprintable()):
            raise BreakGlassError(f"reason: say why in {SHORTEST_REASON} to {LONGEST_REASON} printable characters")
        minutes = (made.until - made.at) / 60
        if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
            raise BreakGlassError(f"minutes: {LEAST_MINUTES} to {MOST_MINUTES}")
        id_ = f"g_{secrets.token_hex(10)}"
        row = (
            id_, made.user, made.role, "\n".join(wanted), reason, made.purpose, made.reference, made.at, made.until,
        )  # fmt: skip
        with self._file.writing() as file:
            file.execute("INSERT INTO broken VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL)", row)
        return self._found(id_)

    def alerted(self, id_: str, *, taken: bool) -> Breaking:
        """It, with what became of its alert."""
        with self._file.writing() as file:
            file.execute("UPDATE broken SET alerted = ? WHERE id = ?", (int(taken), id_))
        return self._found(id_)

    def end(self, id_: str, at: int, by: str) -> Breaking:
        """It, ended; raises BreakGlassError where none by that id holds."""
        if not self._found(id_).active(at):
            raise BreakGlassError(f"{id_!r} has ended already")
        with self._file.writing() as file:
            file.execute(
                "UPDATE broken SET ended_at = ?, ended_by = ? WHERE id = ? AND ended_at IS NULL", (at, by, id_)
            )
        return self._found(id_)

    def owner(self, id_: str) -> str:
        """Who broke it; raises BreakGlassError where there is none by that id."""
        return self._found(id_).user

    def newest(self, most: int) -> list[Breaking]:
        """The newest, newest first, then by id."""
        return self._read(f"SELECT {_COLUMNS} FROM broken ORDER BY at DESC, id LIMIT ?", (most,))  # noqa: S608

    def widened(self, user: str, grants: Grants, now: int) -> tuple[Grants, tuple[str, ...]]:
        """What a user holds at a moment, what is broken for them besides, and the ids of that."""
        if not self.may or grants.everything:
            return grants, ()
        text = f"SELECT {_COLUMNS} FROM broken WHERE user = ? AND until > ? ORDER BY id"  # noqa: S608
        active = [each for each in self._read(text, (user, now)) if each.active(now)]
        # A marking that may not be seen so any more is not, whatever was given out before.
        given = frozenset(parse_marking(text) for each in active for text in each.markings if text in self.may)
        return (replace(grants, besides=given), tuple(each.id for each in active)) if active else (grants, ())

    def _found(self, id_: str) -> Breaking:
        found = self._read(f"SELECT {_COLUMNS} FROM broken WHERE id = ?", (id_,))  # noqa: S608
        if not found:
            raise BreakGlassError(f"there is none by the id {id_!r}")
        return found[0]

    def _read(self, text: str, given: tuple[object, ...]) -> list[Breaking]:
        return [_breaking(row) for row in self._file.rows(text, given)]


def _breaking(row: tuple[object, ...]) -> Breaking:
    id_, user, role, markings, reason, purpose, reference, at, until, ended_at, ended_by, alerted = row
    taken = None if alerted is None else bool(alerted)
    return Breaking(
        str(id_), str(user), role, tuple(str(markings).split("\n")), str(reason), purpose, reference, at, until,  # type: ignore[arg-type]
        ended_at, ended_by, taken,  # type: ignore[arg-type]
    )  # fmt: skip
