"""Who looked at whom: entries of the log that name an id, newest first, and every look of a span."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from security.api_key import is_key
from security.audit.act import Step, once, step_of
from security.audit.entry import Act
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

    `asked`: the ids that they gave; `recipients`: where it went; `found`: whom a check by name, plate or number found
    for them; `marking`: the join of what the answer named, None where it named nothing.
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
    found: tuple[str, ...]
    marking: str | None


def naming(log: AuditLog, sought: Sought, before: int | None, since: str, until: str) -> Iterator[Access]:
    """The entries that name one of these ids, asked for or answered, or took all there is; newest first.

    `before`: only those of a lesser number; `since`, `until`: times as entries say them, the second not included.
    """
    return (access for _, access in _naming(log, sought, before, since, until))


def acts(log: AuditLog, sought: Sought, since: str, until: str) -> list[Access]:
    """The same, each act once: by the entry of its end, or of its beginning where it has none."""
    return _newest(_naming(log, sought, None, since, until))


def disclosures(log: AuditLog, sought: Sought) -> list[Access]:
    """What was disclosed of one of these ids, each once and as it ended, newest first; not where it was but asked for.

    What was cut off, and has no end, may have held what its beginning says. An end that names nobody does not take back
    what its beginning named.
    """
    return _newest(
        (step_of(entry), _access(seq, entry))
        for seq, entry in _about(log, sought, None)
        if entry["act"] == Act.DISCLOSURE
        and (not set(entry.get("ids", ())).isdisjoint(sought.ids) or _took(entry, sought))
    )


def looks(log: AuditLog, since: str, until: str) -> list[Access]:
    """What people asked for by its id in a span, or by a check, and what they took away, oldest first, each act once.

    Not what machines did, nor what was refused; what was cut off may have been seen.
    """
    found = sorted(once(_looking(log, since, until)), key=_number)
    return [access for access in found if access.act in _LOOKS]


def _looking(log: AuditLog, since: str, until: str) -> Iterator[tuple[Step, Access]]:
    for link in log.during(since, until):
        if any(sign in link.body for sign in _SIGNS):
            entry = orjson.loads(link.body)
            by_somebody = since <= entry["at"] < until and not is_key(entry["user"])
            if by_somebody and ("asked" in entry or _is_check(entry)):
                yield step_of(entry), _access(link.seq, entry)


def _naming(log: AuditLog, sought: Sought, before: int | None, since: str, until: str) -> Iterator[tuple[Step, Access]]:
    for seq, entry in _about(log, sought, before):
        named = not {*entry.get("asked", ()), *entry.get("ids", ())}.isdisjoint(sought.ids)
        if since <= entry["at"] < until and (named or _took(entry, sought)):
            yield step_of(entry), _access(seq, entry)


def _newest(found: Iterable[tuple[Step, Access]]) -> list[Access]:
    """Each act of these entries once, newest first as they are."""
    return sorted(once(reversed(list(found))), key=_number, reverse=True)


def _number(access: Access) -> int:
    return access.seq


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
        tuple(entry.get("ids", ())) if _is_check(entry) else (),
        entry.get("marking"),
    )
