"""Every thing that a link may end at, in sorted columns on disk: forty bytes a thing, shared by all who link."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from graph.model import KINDS
from loaders.bind import Bound

_KINDS = list(KINDS)
_ID = "S22"
_COLUMNS = ("ids", "entities", "mks", "kinds")
Column = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Known:
    """Things of one kind in columns: ids, the entities they stand for, the numbers of their markings, -1 for none."""

    kind: str
    ids: Column
    entities: Column
    mks: Column

    @staticmethod
    def of(kind: str, ids: Sequence[str], entities: Sequence[str], mks: Sequence[int]) -> Known:
        """Columns of these lists."""
        return Known(kind, np.array(ids, _ID), np.array(entities, _ID), np.array(mks, np.int32))


class Things:
    """Things by id."""

    def __init__(self, folder: Path) -> None:
        # Mapped, not read: all processes that link share the pages.
        self._columns = [np.load(folder / f"{name}.npy", mmap_mode="r") for name in _COLUMNS]

    def among(self, ids: Collection[str], made: Collection[str]) -> dict[str, tuple[Bound, str]]:
        """What is known of these ids: what they stand for, and their kinds; `made`: records that only stand in."""
        asked = sorted(ids)
        known, entities, mks, kinds = self._columns
        if not asked or not len(known):
            return {}
        at = np.minimum(np.searchsorted(known, np.array(asked, _ID)), len(known) - 1)
        found = {}
        for id_, place in zip(asked, at.tolist(), strict=True):
            if known[place] == id_.encode():
                mk = int(mks[place])
                bound = Bound(id_, entities[place].decode(), None if mk < 0 else mk, id_ in made)
                found[id_] = (bound, _KINDS[kinds[place]])
        return found


def keep_things(folder: Path, known: Iterable[Known]) -> None:
    """Write the columns of these things into a folder, over what is there."""
    parts = list(_columns(known))
    columns = [np.concatenate(each) for each in zip(*parts, strict=True)] if parts else [np.empty(0, _ID)] * 4
    order = np.argsort(columns[0], kind="stable")
    folder.mkdir(exist_ok=True)
    for name, column in zip(_COLUMNS, columns, strict=True):
        np.save(folder / f"{name}.npy", column[order])


def _columns(known: Iterable[Known]) -> Iterator[tuple[Column, ...]]:
    for part in known:
        kinds = np.full(len(part.ids), _KINDS.index(part.kind), np.int8)
        yield part.ids, part.entities, part.mks, kinds
