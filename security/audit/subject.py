"""Who looked at whom: entries of the log that name an id, newest first, and every look of a span."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from security.audit.log import AuditLog

_WHOLE = b'"whole":true'


@dataclass(frozen=True, slots=True)
class Access:
    """One entry: who did what, when (as it says) and why, what came of it, and whether they asked for the very id.

    `asked`: the ids that they gave.
    """

    seq: int
    at: str
    user: str
    role: str | None
    act: str
    operation: str
    component: str
    purpose: str | None
    reference: str | None
    outcome: tuple[str, ...]
    asked: tuple[str, ...]


def naming(log: AuditLog, ids: Collection[str], before: int | None, since: str, until: str) -> Iterator[Access]:
    """The entries that name one of these ids, asked for or answered, or took all there is; newest first.

    `before`: only those of a lesser number; `since`, `until`: times as entries say them, the second not included.
    """
    sought = re.compile(b"|".join([re.escape(f'"{id_}"'.encode()) for id_ in sorted(ids)] + [re.escape(_WHOLE)]))
    for link in log.naming(ids, before):
        if sought.search(link.body) is None:
            continue
        entry = orjson.loads(link.body)
        named = {*entry.get("asked", ()), *entry.get("ids", ())}
        if since <= entry["at"] < until and (entry.get("whole") or not named.isdisjoint(ids)):
            yield _access(link.seq, entry)


def looks(log: AuditLog, since: str, until: str) -> Iterator[Access]:
    """What people asked for by its id in a span, oldest first; not what machines did, nor what was refused."""
    for link in log.during(since, until):
        if b'"asked"' in link.body:
            entry = orjson.loads(link.body)
            if since <= entry["at"] < until and entry["act"] == "CONSULTATION" and not entry["user"].startswith("key "):
                yield _access(link.seq, entry)


def _access(seq: int, entry: dict[str, Any]) -> Access:
    return Access(
        seq,
        entry["at"],
        entry["user"],
        entry.get("role"),
        entry["act"],
        entry["operation"],
        entry["component"],
        entry.get("purpose"),
        entry.get("reference"),
        tuple(entry["outcome"]),
        tuple(entry.get("asked", ())),
    )
