"""API keys: how machines are known. A key's secret is shown once, when it is made; what is kept is a hash of it.

A secret is 256 random bits, so one SHA-256 keeps it as well as a slow hash would a password: there is nothing to guess.
Source: NIST SP 800-63B-4, section 3.1.2 (look-up secrets of at least 112 bits).
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from security.marking import Grants, parse_grants
from security.own_file import OwnFile
from security.viewer import Role

# So that a secret is known for what it is where it ought not to be: in a log, in a repository.
PREFIX = "pgk_"
_SECRET = re.compile(r"pgk_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}")
_SCHEMA = """CREATE TABLE IF NOT EXISTS api_key (
  id TEXT PRIMARY KEY, hash BLOB NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, markings TEXT NOT NULL,
  made_by TEXT NOT NULL, made_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, revoked_at INTEGER) STRICT"""
_COLUMNS = "id, name, role, markings, made_by, made_at, expires_at, revoked_at"


_USER = re.compile(r"key [0-9a-f]{12} .+")


def is_key(user: str) -> bool:
    """Whether a user is whoever has an API key, as `ApiKey.user` names them."""
    return _USER.fullmatch(user) is not None


class ApiKeyError(ValueError):
    """A key that cannot be made, is not there, or does not let in; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key without its secret: who it is for, their role and markings; when it was made, ends, was revoked (epoch)."""

    id: str
    name: str
    role: Role
    markings: tuple[str, ...]
    made_by: str
    made_at: int
    expires_at: int
    revoked_at: int | None

    @property
    def user(self) -> str:
        """What the audit log calls whoever has the key."""
        return f"key {self.id} {self.name}"

    @property
    def grants(self) -> Grants:
        """What whoever has the key may see."""
        return parse_grants(self.markings)

    def state(self, now: int) -> str:
        """`active`, `expired` or `revoked`."""
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_at <= now else "active"


class ApiKeys:
    """The keys of an installation, in a file of its own, which only its owner can read; it is made with the first."""

    def __init__(self, path: Path) -> None:
        self._file = OwnFile(path, _SCHEMA)

    def create(self, made: ApiKey) -> str:
        """The secret of a new key, which is kept nowhere. `made.id` is not used: the key gets one of its own."""
        if _NAME.fullmatch(made.name) is None:
            raise ApiKeyError(f"name {made.name!r}: letters, digits, space, dot, hyphen, underscore; at most 64")
        if made.expires_at <= made.made_at:
            raise ApiKeyError("a key has to be good for some time")
        parse_grants(made.markings)
        id_, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
        row = (
            id_, _hash(secret), made.name, made.role.value, "\n".join(made.markings), made.made_by, made.made_at,
            made.expires_at,
        )  # fmt: skip
        with self._file.writing() as file:
            file.execute("INSERT INTO api_key VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)", row)
        return f"{PREFIX}{id_}_{secret}"

    def revoke(self, id_: str, at: int) -> ApiKey:
        """The key, which lets nobody in from now on; raises ApiKeyError where none is there or it was revoked."""
        known = next((key for key in self.all() if key.id == id_), None)
        if known is None:
            raise ApiKeyError(f"there is no key {id_!r}; `polegraph key list` shows them")
        if known.revoked_at is not None:
            raise ApiKeyError(f"the key {id_} was revoked before")
        with self._file.writing() as file:
            file.execute("UPDATE api_key SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", (at, id_))
        return known

    def all(self) -> list[ApiKey]:
        """Every key there ever was, oldest first, then by id."""
        return [_key(row) for row in self._file.rows(f"SELECT {_COLUMNS} FROM api_key ORDER BY made_at, id")]  # noqa: S608

    def identify(self, text: str, now: int) -> ApiKey:
        """The active key whose secret this is; raises ApiKeyError for any other text. Revoking holds at once."""
        match = _SECRET.fullmatch(text)
        if match is None:
            raise ApiKeyError("the API key is not known")
        found = self._file.rows(f"SELECT hash, {_COLUMNS} FROM api_key WHERE id = ?", (match[1],))  # noqa: S608
        if not found or not hmac.compare_digest(found[0][0], _hash(match[2])):
            raise ApiKeyError("the API key is not known")
        key = _key(found[0][1:])
        if (state := key.state(now)) != "active":
            raise ApiKeyError(f"the API key {key.id} is {state}; ask for a new one")
        return key


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _key(row: tuple[str, str, str, str, str, int, int, int | None]) -> ApiKey:
    id_, name, role, markings, *rest = row
    return ApiKey(id_, name, Role(role), tuple(filter(None, markings.split("\n"))), *rest)  # type: ignore[arg-type]
