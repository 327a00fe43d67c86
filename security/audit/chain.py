"""The chain: each entry's hash is over its number, its content and the hash before, so that none can change unseen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

# What stands before the first entry.
GENESIS = bytes(32)
_NUMBER = 8


@dataclass(frozen=True, slots=True)
class Link:
    """One entry as it is kept: its number from 1, its canonical JSON, its hash."""

    seq: int
    body: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at which number."""

    seq: int
    text: str


def hash_of(before: bytes, seq: int, body: bytes) -> bytes:
    """SHA-256 of the hash before, the number as eight bytes (big-endian) and the entry's canonical JSON."""
    return sha256(before + seq.to_bytes(_NUMBER, "big") + body).digest()


def breaks(
    links: Iterable[tuple[int, bytes, bytes]], sealed: Mapping[int, bytes], before: bytes = GENESIS, first: int = 1
) -> Iterator[Problem | Link]:
    """What is wrong with a chain of (number, JSON, hash), as it is met; then its last link, if there is one.

    `sealed`: the hashes that checkpoints vouch for, by number. After a break the walk goes on from what is stored, so
    that every further one is found too.
    """
    seq, body = first - 1, b""
    for seq, body, found in links:
        if seq != first:
            yield _misplaced(first, seq)
            first = seq
        if sha256(before + seq.to_bytes(_NUMBER, "big") + body).digest() != found:
            yield Problem(seq, f"entry {seq} is not the one that was written, or the one before it is not")
        if seq in sealed and sealed[seq] != found:
            yield Problem(seq, f"entry {seq} is not the one that a checkpoint vouches for: the log was made anew")
        before = found
        first += 1
    if body:
        yield Link(seq, body, before)


def _misplaced(expected: int, found: int) -> Problem:
    if found < expected:
        return Problem(found, f"entry {found} stands after entry {expected - 1}")
    missing = f"entry {expected} is" if found == expected + 1 else f"entries {expected} to {found - 1} are"
    return Problem(expected, f"{missing} missing")
