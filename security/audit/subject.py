"""Who looked at whom: entries of the log that name an id, newest first, and every look of a span."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from security.api_key import is_key
from security.audit.entry import BEGUN, Act
from security.audit.log import AuditLog

_WHOLE = b'"whole":true'
_LOOKS = frozenset({Act.CONSULTATION.value, Act.DISCLOSURE.value})
_CHECKS = frozenset({"stopCheck", "identify"})
_SIGNS = (b'"asked"', *(name.encode() for name in sorted(_CHECKS)))
# What every entry's time lies between.
ALWAYS, NEVER = "0001-01-01", "9999-12-31"


@dataclass(frozen=True, slots=True)
class Sought:
    """Whom the entries are to be about: the ids, and the names of its kind, of which an export of everything must be.

    `kinds`: none where that is not known or has no bearing: then whatever took all there is may have held it. How it is
    marked says nothing: nobody knows how it was when that was taken.
    """

    ids: Collection[str]
    kinds: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Access:
    """One entry: who did what, when (as it says) and why, what came of it, and whether they asked for the very id.

    `asked`: the ids that they gave; `recipients`: where it went; `request`: what it shares with the entry of its end;
    `found`: whom a check by name, plate or number found for them; `marking`: the join of what the answer named, None
    where it named nothing.
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
    recipients: tuple[str, ...]
    request: str
    found: tuple[str, ...]
    marking: str | None


def naming(log: AuditLog, sought: Sought, before: int | None, since: str, until: str) -> Iterator[Access]:
    """The entries that name one of these ids, asked for or answered, or took all there is; newest first.

    `before`: only those of a lesser number; `since`, `until`: times as entries say them, the second not included.
    """
    for seq, entry in _about(log, sought, before):
        asked = entry.get("asked", ())
        named = not {*asked, *entry.get("ids", ())}.isdisjoint(sought.ids)
        if since <= entry["at"] < until and (named or _took(entry, sought)):
            yield _access(seq, entry)


def disclosures(log: AuditLog, sought: Sought) -> Iterator[Access]:
    """What was disclosed of one of these ids, each once and as it ended, newest first; not where it was but asked for.

    What an export of everything held its end says; one that has none, because it was cut off, may have held what its
    beginning says. An end that names nobody does not take back what its beginning named.
    """
    ended: set[tuple[str, str, str]] = set()
    told: set[tuple[str, str, str]] = set()
    for seq, entry in _about(log, sought, None):
        if entry["act"] != Act.DISCLOSURE:
            continue
        # Who asks may choose the request's id, and choose it twice: no end stands for another.
        act, begun = (entry["request"], entry["user"], entry["operation"]), entry["outcome"] == [BEGUN]
        named = not set(entry.get("ids", ())).isdisjoint(sought.ids)
        of_all = _took(entry, sought) and not (begun and act in ended)
        if not begun:
            ended.add(act)
        if (named or of_all) and not (begun and act in told):
            told.add(act)
            yield _access(seq, entry)


def looks(log: AuditLog, since: str, until: str) -> Iterator[Access]:
    """What people asked for by its id in a span, or by a check, and what they took away, oldest first.

    Not what machines did, nor what was refused; of what is on record when it begins and when it ends, the end.
    """
    for link in log.during(since, until):
        if any(sign in link.body for sign in _SIGNS):
            entry = orjson.loads(link.body)
            if since <= entry["at"] < until and _is_look(entry):
                yield _access(link.seq, entry)


def _about(log: AuditLog, sought: Sought, before: int | None) -> Iterator[tuple[int, dict[str, Any]]]:
    """The entries that may be about it, newest first."""
    wanted = re.compile(b"|".join([*(re.escape(f'"{id_}"'.encode()) for id_ in sorted(sought.ids)), _WHOLE]))
    for link in log.naming(sought.ids, before):
        if wanted.search(link.body) is not None:
            yield link.seq, orjson.loads(link.body)


def _took(entry: dict[str, Any], sought: Sought) -> bool:
    """Whether it took all there is, or all of its kind."""
    kinds = entry.get("details", {}).get("kinds")
    if not entry.get("whole") or not kinds or not sought.kinds:
        return bool(entry.get("whole"))
    # Older entries have kinds as they were typed.
    return not {name.upper() for name in kinds}.isdisjoint(name.upper() for name in sought.kinds)


def _is_look(entry: dict[str, Any]) -> bool:
    by_somebody = entry["act"] in _LOOKS and not is_key(entry["user"]) and entry["outcome"] != [BEGUN]
    return by_somebody and ("asked" in entry or _is_check(entry))


def _is_check(entry: dict[str, Any]) -> bool:
    """Whether people were found by what was given of them, by none of their ids."""
    return not _CHECKS.isdisjoint(entry["operation"].split(", "))


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
        tuple(entry.get("recipients", ())),
        entry["request"],
        tuple(entry.get("ids", ())) if _is_check(entry) else (),
        entry.get("marking"),
    )
