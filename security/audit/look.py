"""Reading the log: lines to export, and who looked at an id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from security.audit.chain import GENESIS, Link, hash_of
from security.audit.log import AuditLog


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

    Times as entries say them, or the beginning of such (`2026-03-01`).
    """
    first, last = 1, None
    if since is not None or until is not None:
        moments = [(link.seq, orjson.loads(link.body)["at"]) for link in log.links()]
        # The clock may have been put back: the order is that of the numbers.
        first = next((seq for seq, at in moments if since is None or at >= since), len(moments) + 1)
        last = max((seq for seq, at in moments if until is None or at < until), default=0)
    before = next((link.hash for link in log.links(first - 1)), GENESIS) if first > 1 else GENESIS
    chosen = (link for link in log.links(first) if last is None or link.seq <= last)
    return lines(chosen, before)


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
