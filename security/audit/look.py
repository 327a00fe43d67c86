"""Reading the log: lines to export, and who looked at an id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any

import orjson

from security.audit.chain import GENESIS, Link, hash_of
from security.audit.log import AuditLog

# After every time that an entry can have.
_END = "~"


class LineError(ValueError):
    """A line that is no line of an export; the message says which."""


def lines(links: Iterable[Link], before: bytes = GENESIS) -> Iterator[bytes]:
    """Entries as NDJSON, each with its hash and the one before; the entry last, byte for byte as it was hashed."""
    for link in links:
        yield b'{"seq":%d,"prev":"%s","hash":"%s","entry":%s}\n' % (
            link.seq,
            before.hex().encode(),
            link.hash.hex().encode(),
            link.body,
        )
        before = link.hash


def between(log: AuditLog, since: str | None, until: str | None) -> Iterator[bytes]:
    """The lines of an export from the first entry at or after `since` to the last before `until`, nothing left out.

    Times as entries say them, or the beginning of such (`2026-03-01`). Order is that of the numbers, since a clock may
    be put back: what leads to entries knows the earliest and the latest time of each stretch of them.
    """
    first = 1 if since is None else _first(log, since)
    if first is None:
        return iter(())
    last = None if until is None else _last(log, until)
    before = next((link.hash for link in log.links(first - 1)), GENESIS) if first > 1 else GENESIS
    return lines(log.links(first) if last is None else log.stretch(first, last), before)


def _first(log: AuditLog, since: str) -> int | None:
    """The number of the first entry at or after a time; None where there is none."""
    found = (link.seq for stretch in log.stretches(since, _END) for link in log.stretch(*stretch) if _at(link) >= since)
    return next(found, None)


def _last(log: AuditLog, until: str) -> int:
    """The number of the last entry before a time; 0 where there is none."""
    for first, last in reversed(log.stretches("", until)):
        back = takewhile(lambda link, first=first: link.seq >= first, log.backwards(last + 1))  # type: ignore[misc]
        found = next((link.seq for link in back if _at(link) < until), None)
        if found is not None:
            return found
    return 0


def _at(link: Link) -> str:
    found: str = orjson.loads(link.body)["at"]
    return found


def who(log: AuditLog, id_: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The number and content of every entry that names an id, asked for or answered, or that took all there is."""
    wanted = f'"{id_}"'.encode()
    found: list[tuple[int, dict[str, Any]]] = []
    for link in log.naming([id_]):
        if wanted in link.body or b'"whole":true' in link.body:
            entry = orjson.loads(link.body)
            if id_ in (*entry.get("asked", ()), *entry.get("ids", ())) or entry.get("whole"):
                found.append((link.seq, entry))
    yield from reversed(found)


def read_lines(given: Iterable[bytes]) -> Iterator[Link]:
    """The entries of a whole export, each held to the chain as it is met; raises LineError for what is none of them."""
    before, expected = GENESIS, 1
    for number, line in enumerate(given, 1):
        link = _link(number, line)
        if link.seq != expected or hash_of(before, link.seq, link.body) != link.hash:
            raise LineError(f"line {number} does not follow from the one before it")
        yield link
        before, expected = link.hash, expected + 1


def _link(number: int, line: bytes) -> Link:
    head, found, body = line.rstrip(b"\n").partition(b',"entry":')
    try:
        told = orjson.loads(head + b"}")
        link = Link(told["seq"], body[:-1], bytes.fromhex(told["hash"]))
    except (ValueError, KeyError, TypeError):
        raise LineError(f"line {number} is no entry") from None
    if not found or not body.endswith(b"}"):
        raise LineError(f"line {number} is no entry")
    return link
