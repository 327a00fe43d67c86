"""Checkpoints: from time to time the log's last hash, signed, in a file of its own.

Whoever can write the log can make the whole chain anew, or cut its end off; not so that it fits what was signed with a
key that they do not have, in a file that may lie elsewhere. Source: RFC 2104 (HMAC), with SHA-256.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from security.audit.entry import moment
from security.secret import put_secret

_KEY_BYTES = 32
_PURPOSE = b"polegraph audit checkpoint\n"


class SealError(Exception):
    """The key or the file of checkpoints cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Seal:
    """The key's file, which is made on first use, and the file of checkpoints."""

    key_file: Path
    file: Path

    def sign(self, seq: int, hash_: bytes, at: float) -> None:
        """Add a checkpoint, durably; raises SealError."""
        told = {"seq": seq, "hash": hash_.hex(), "at": moment(at)}
        line = orjson.dumps({**told, "mac": self._mac(told, self._key(make=True))}) + b"\n"
        try:
            # One write of a short line at the end of a file is one piece, whoever else writes.
            handle = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                if os.write(handle, line) != len(line):
                    raise SealError(f"{self.file}: no room")
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise SealError(f"{self.file}: {error.strerror}") from None

    def checkpoints(self) -> Iterator[tuple[int, bytes] | str]:
        """The number and hash of each checkpoint, or what is wrong with its line. Raises SealError without a key."""
        if not self.file.exists():
            return
        key = self._key(make=False)
        for number, line in enumerate(self.file.read_bytes().splitlines(), 1):
            try:
                told: dict[str, Any] = orjson.loads(line)
                mac = told.pop("mac")
                good = hmac.compare_digest(self._mac(told, key), mac)
                yield (told["seq"], bytes.fromhex(told["hash"])) if good else f"checkpoint {number} is not signed by us"
            except (ValueError, KeyError, TypeError, AttributeError):
                yield f"checkpoint {number} cannot be read"

    def _mac(self, told: dict[str, Any], key: bytes) -> str:
        text = f"{told['seq']}\n{told['hash']}\n{told['at']}".encode()
        return hmac.digest(key, _PURPOSE + text, "sha256").hex()

    def _key(self, *, make: bool) -> bytes:
        try:
            if make and not self.key_file.exists():
                put_secret(self.key_file, os.urandom(_KEY_BYTES))
            key = self.key_file.read_bytes()
        except OSError as error:
            raise SealError(f"audit key file {self.key_file}: {error.strerror}") from None
        if len(key) < _KEY_BYTES:
            raise SealError(f"audit key file {self.key_file}: fewer than {_KEY_BYTES} bytes")
        return key
