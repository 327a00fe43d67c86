"""Ids: base32 of an HMAC-SHA-256 under the installation's secret key, the same identity always giving the same id.

`r_` records, `e_` entities, `d_` decisions, `l_` links, and inside the graph `w_` rows. A resolved entity takes the
hash of its seed record, so `e_X` and `r_X` belong together and the record behind any entity id is known without an
index. Identities are hashed with the marking's canonical text, never with its local number.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from graph.errors import BadInput
from security.secret import put_secret

# 20 characters of base32 keep 100 bits: two of 10^9 identities meet with a chance below 10^-12.
_CHARACTERS = 20
_BYTES = 13
_SEPARATOR = "\x1f"
TOKEN_LENGTH = 6
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]
_SHIFTS = range(90, -10, -10)
_BLOCK = 64
_LETTERS = np.frombuffer(_ALPHABET.encode(), dtype=np.uint8)
_WEIGHTS = np.array([16, 8, 4, 2, 1], dtype=np.uint8)
_ANY_ID = re.compile(rf"[aerdjlnoq]_[{_ALPHABET}]{{{_CHARACTERS}}}(?:_[a-z0-9]{{1,{_CHARACTERS}}}){{0,2}}")
# The same for those who are told by a schema what is taken.
ANY_ID = f"^{_ANY_ID.pattern}$"
# So many characters of an id are 60 bits: what tells ids apart in eight bytes.
SHORT = 12
REST = _CHARACTERS - SHORT
_PREFIX = 2
_FIVES = np.zeros(256, dtype=np.int64)
_FIVES[_LETTERS] = np.arange(32)
# Their places in the order of text, where digits come first.
_RANKS = np.zeros(256, dtype=np.int64)
_IN_ORDER = np.sort(_LETTERS)
_RANKS[_IN_ORDER] = np.arange(32)
_PLACES = np.array([32**place for place in reversed(range(SHORT))], dtype=np.int64)


class Ids:
    """Makes ids under one secret key."""

    def __init__(self, key: bytes) -> None:
        if len(key) < 32:
            raise BadInput("the secret key has fewer than 32 bytes: restore the right file or wipe the installation")
        # RFC 2104 spelled out: a million ids take 3 s, through `hmac` and `base64` 11.
        block = (key if len(key) <= _BLOCK else hashlib.sha256(key).digest()).ljust(_BLOCK, b"\0")
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block))
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in block))
        self._key = key
        self.fingerprint = hashlib.sha256(b"polegraph-key" + key).hexdigest()[:16]

    def __reduce__(self) -> tuple[type[Ids], tuple[bytes]]:
        return Ids, (self._key,)

    def _hash(self, *parts: str) -> str:
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(joined(*parts).encode())
        outer.update(inner.digest())
        bits = int.from_bytes(outer.digest()[:_BYTES], "big") >> (_BYTES * 8 - _CHARACTERS * 5)
        return "".join([_PAIRS[bits >> shift & 1023] for shift in _SHIFTS])

    def many(self, prefix: str, identities: Sequence[str]) -> list[str]:
        """The ids, with a prefix such as `r_`, of many identities of which each is `joined`.

        The same as one by one; their letters are worked out together, which takes a third of the time.
        """
        if not identities:
            return []
        inner_of, outer_of, digests = self._inner.copy, self._outer.copy, list[bytes]()
        for identity in identities:
            inner, outer = inner_of(), outer_of()
            inner.update(identity.encode())
            outer.update(inner.digest())
            digests.append(outer.digest())
        hashes = np.frombuffer(b"".join(digests), dtype=np.uint8).reshape(len(digests), -1)
        bits = np.unpackbits(hashes[:, :_BYTES], axis=1)
        fives = bits[:, : _CHARACTERS * 5].reshape(-1, _CHARACTERS, 5) @ _WEIGHTS
        letters = _LETTERS[fives].tobytes().decode("ascii")
        return [prefix + letters[at : at + _CHARACTERS] for at in range(0, len(letters), _CHARACTERS)]

    def record(self, source: str, kind: str, key: str, marking: str) -> str:
        """The id of a record; of a keyed thing `entity_of` of it."""
        return "r_" + self._hash("record", source, kind, key, marking)

    def value(self, kind: str, scheme: str, value: str) -> str:
        """The entity id of a value node; `scheme` is type and issuer of a document or account, else empty."""
        return "e_" + self._hash("value", kind, scheme, value)

    def slot(self, source: str, file: str, key: str) -> str:
        """What all versions of one row share."""
        return "s_" + self._hash("slot", source, file, key)

    def row(self, source: str, file: str, key: str, marking: str, content: str) -> str:
        """The id of one content of a row."""
        return "w_" + self._hash("row", source, file, key, marking, content)

    def stamper(self, fingerprint: str, size: int) -> hashlib.blake2b:
        """The beginning of keyed digests of `size` bytes, to be copied for each text of what the fingerprint is of."""
        key = hashlib.sha256(b"polegraph-stamp" + self._key).digest()
        return hashlib.blake2b(joined(fingerprint, "").encode(), digest_size=size, key=key)

    def decision(self, *parts: str) -> str:
        """The id of a decision."""
        return "d_" + self._hash("decision", *parts)

    def dispute(self, *parts: str) -> str:
        """The id of what stands against a record."""
        return "q_" + self._hash("dispute", *parts)

    def watch(self, *parts: str) -> str:
        """The id of a watch."""
        return "o_" + self._hash("watch", *parts)

    def workspace(self, *parts: str) -> str:
        """The id of a workspace."""
        return "n_" + self._hash("workspace", *parts)

    def job(self, *parts: str) -> str:
        """The id of a job."""
        return "j_" + self._hash("job", *parts)

    def alert(self, watch_id: str, *fact: str) -> str:
        """The id of the alert that a fact is to a watch: the watch, the fact, and a seal that it was given out here."""
        body = f"{watch_id[2:]}_{self._hash('alert', watch_id, *fact)}"
        return f"a_{body}_{self._hash('alert', body)[:TOKEN_LENGTH]}"

    def watch_of(self, alert_id: str) -> str | None:
        """The watch of an alert's id; None for one that was not given out here."""
        body, _, seal = alert_id.removeprefix("a_").rpartition("_")
        given = alert_id.startswith("a_") and seal == self._hash("alert", body)[:TOKEN_LENGTH]
        return "o_" + body.partition("_")[0] if given else None

    def token(self, *parts: str) -> str:
        """A hash under the key without a prefix, for seals and previews."""
        return self._hash("token", *parts)


def joined(*parts: str) -> str:
    """The identity of which an id is the hash: what it is of (record, value, slot, row), then what tells it apart."""
    return _SEPARATOR.join(parts)


def short(id_: str) -> str:
    """The characters of an id by which `numbers` tells it from others."""
    return id_[_PREFIX : _PREFIX + SHORT]


def numbers(shorts: str) -> npt.NDArray[np.int64]:
    """The 60 bits of each of the `short` ids that stand behind each other.

    Among a hundred million two are the same with a chance of 1 in 230.
    """
    return _FIVES[np.frombuffer(shorts.encode("ascii"), np.uint8).reshape(-1, SHORT)] @ _PLACES


def ordered_numbers(texts: str, width: int = SHORT) -> npt.NDArray[np.int64]:
    """As `numbers`, but in the order that the ids have as text; of so many characters each."""
    return _RANKS[np.frombuffer(texts.encode("ascii"), np.uint8).reshape(-1, width)] @ _PLACES[-width:]


def ordered_texts(found: npt.NDArray[np.int64], width: int = SHORT) -> npt.NDArray[np.uint8]:
    """The characters, a row of so many each, that `ordered_numbers` gives these numbers."""
    texts: npt.NDArray[np.uint8] = _IN_ORDER[found[:, None] // _PLACES[-width:] % 32]
    return texts


def entity_of(record_id: str) -> str:
    """The entity id that a record seeds."""
    return "e_" + record_id[2:]


def record_of(entity_id: str) -> str:
    """The record that seeds an entity id."""
    return "r_" + entity_id[2:]


def link_id(row_id: str, place: int) -> str:
    """A link's id: its row and its place in it."""
    return f"l_{row_id[2:]}_{place}"


def parse_link_id(text: str) -> tuple[str, int] | None:
    """Row id and place of a link id, or None where it is none."""
    body, _, place = text.removeprefix("l_").partition("_")
    return (f"w_{body}", int(place)) if text.startswith("l_") and len(body) == _CHARACTERS and place.isdigit() else None


def is_id(text: str, prefix: str) -> bool:
    """True for a well-formed id of that prefix (`e_`, `r_`, `d_`)."""
    body = text.removeprefix(prefix)
    return text.startswith(prefix) and len(body) == _CHARACTERS and all(c in _ALPHABET for c in body)


def is_any_id(text: str) -> bool:
    """True for the form of the id of an entity, record, link, decision, dispute, watch, workspace, job or alert."""
    return _ANY_ID.fullmatch(text) is not None


def load_key(path: Path) -> bytes:
    """The secret key of that file, made on first use and readable by its owner alone."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"secret key file {path}: {error.strerror}; check POLEGRAPH_SECRET_KEY_FILE") from None
    key = os.urandom(32)
    return key if put_secret(path, key) else path.read_bytes()
