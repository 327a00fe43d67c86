"""Keyset cursors: the sort values and id of a row, sealed to the viewer's grants and to the list they belong to."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any, overload

import orjson

from graph.errors import BadInput
from graph.ids import Ids
from security.viewer import Viewer

_VERSION = 1


def encode(ids: Ids, viewer: Viewer, scope: str, position: list[Any]) -> str:
    """The opaque cursor of a position in the list `scope` (question and arguments)."""
    payload = orjson.dumps([_VERSION, *position])
    seal = ids.token("cursor", viewer.grants.seal, scope, payload.decode())
    return base64.urlsafe_b64encode(payload).decode().rstrip("=") + "." + seal


def decode(ids: Ids, viewer: Viewer, scope: str, cursor: str) -> list[Any]:
    """The position that a cursor says; raises BadInput for one that is malformed, of another list or another viewer."""
    body, _, seal = cursor.partition(".")
    try:
        payload = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
        version, *position = orjson.loads(payload)
    except (ValueError, TypeError, binascii.Error, UnicodeEncodeError):
        raise BadInput(_advice(cursor)) from None
    if version != _VERSION or seal != ids.token("cursor", viewer.grants.seal, scope, payload.decode()):
        raise BadInput(_advice(cursor))
    return list(position)


class Sealed(Sequence[str]):
    """The cursors of some positions, each sealed when it is taken: few who ask for a page take any but its last."""

    __slots__ = ("_ids", "_positions", "_scope", "_viewer")

    def __init__(self, ids: Ids, viewer: Viewer, scope: str, positions: Sequence[list[Any]]) -> None:
        self._ids, self._viewer, self._scope, self._positions = ids, viewer, scope, positions

    def __len__(self) -> int:
        return len(self._positions)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and list(self) == list(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        """A cursor, or some of them."""
        if isinstance(place, slice):
            return Sealed(self._ids, self._viewer, self._scope, self._positions[place])
        return encode(self._ids, self._viewer, self._scope, self._positions[place])


def _advice(cursor: str) -> str:
    shown = cursor if len(cursor) <= 40 else cursor[:40] + "..."
    return (
        f"after: {shown!r} is no cursor of this list for this viewer; take endCursor or a cursor of the same question"
    )
