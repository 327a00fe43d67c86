#!/usr/bin/env python3
"""Verify a polegraph audit log, or an export of one, with nothing but Python 3.11: docs/audit.md gives the format.

    python verify_audit.py audit.db --checkpoints audit.db.checkpoints --key audit.key
    python verify_audit.py export.ndjson

Prints what is wrong, a line each, and how many entries there are; exit 0 where nothing is, 1 where something is.
"""

import argparse
import hashlib
import hmac
import json
import pathlib
import sqlite3
import sys
from collections.abc import Iterator

GENESIS = bytes(32)
Entries = Iterator[tuple[int, bytes, bytes, bytes | None]]
SQLITE = b"SQLite format 3\0"


def of_database(path: pathlib.Path) -> Entries:
    """Number, JSON, hash and (unknown) hash before, of every entry of a log."""
    connection = sqlite3.connect(path.absolute().as_uri() + "?mode=ro", uri=True)
    for seq, body, found in connection.execute("SELECT seq, body, hash FROM entry ORDER BY seq"):
        yield seq, body, found, None


def of_export(path: pathlib.Path) -> Entries:
    """The same of an export; its first line says the hash before."""
    with path.open("rb") as file:
        for line in file:
            head, _, body = line.rstrip(b"\n").partition(b',"entry":')
            told = json.loads(head + b"}")
            yield told["seq"], body[:-1], bytes.fromhex(told["hash"]), bytes.fromhex(told["prev"])


def signed(path: pathlib.Path, key: bytes, problems: list[str]) -> dict[int, bytes]:
    """The hashes that checkpoints vouch for, by number."""
    vouched = {}
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            told = json.loads(line)
            text = "polegraph audit checkpoint\n{seq}\n{hash}\n{at}".format(**told).encode()
            if not hmac.compare_digest(hmac.digest(key, text, "sha256").hex(), told["mac"]):
                raise ValueError
            vouched[told["seq"]] = bytes.fromhex(told["hash"])
        except (ValueError, KeyError, TypeError):
            problems.append(f"checkpoint {number} is not one of ours")
    return vouched


def walk(entries: Entries, vouched: dict[int, bytes], problems: list[str]) -> tuple[int, int]:
    """Hold entries to their chain; returns how many there are and the number of the last."""
    count, last, before = 0, 0, GENESIS
    for seq, body, found, told in entries:
        if count == 0 and told is not None:
            last, before = seq - 1, told
        if seq != last + 1:
            problems.append(f"entry {seq} follows entry {last}")
        if hashlib.sha256(before + seq.to_bytes(8, "big") + body).digest() != found:
            problems.append(f"entry {seq} is not the one that was written")
        if vouched.get(seq, found) != found:
            problems.append(f"entry {seq} is not the one that a checkpoint vouches for")
        count, last, before = count + 1, seq, found
    return count, last


def main() -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("log", type=pathlib.Path)
    parser.add_argument("--checkpoints", type=pathlib.Path)
    parser.add_argument("--key", type=pathlib.Path)
    given = parser.parse_args()
    problems, count, last, read = [], 0, 0, of_database
    vouched = signed(given.checkpoints, given.key.read_bytes(), problems) if given.checkpoints else {}
    try:
        with given.log.open("rb") as file:
            read = of_database if file.read(len(SQLITE)) == SQLITE else of_export
        count, last = walk(read(given.log), vouched, problems)
    except (OSError, sqlite3.Error, ValueError, KeyError) as error:
        problems.append(f"{given.log}: {error}")
    if max(vouched, default=0) > last and read is not of_export:
        problems.append(f"the log ends at entry {last}, and entry {max(vouched)} was vouched for")
    sys.stdout.write("".join(f"{problem}\n" for problem in problems))
    sys.stdout.write(f"{count} entries, the last is number {last}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
