"""A graph of things and links that is drawn and imported: as many as no city is made of within minutes.

Kinds, link types and what links say have the city's shares; rows, records and what else a graph has are not there.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import psutil

from analysis.link_column import names
from analysis.network import Ints
from bench.installation import prepared, thrown_away
from graph.model import KINDS
from graph.open import Graph, managed
from loaders.first.files import ImportFile, ImportFolder, ImportPart
from loaders.first.load import room

# Of a hundred things, and of a hundred links with their ends.
_THINGS = {"Person": 18, "Phone": 13, "Address": 13, "Vehicle": 6, "Crime": 30, "Call": 20}
_LINKS = (
    ("INVOLVED_IN", "Person", "Crime", 22),
    ("INVOLVED_IN", "Phone", "Call", 26),
    ("LIVES_AT", "Person", "Address", 26),
    ("USES", "Person", "Phone", 21),
    ("KEEPS", "Person", "Vehicle", 3),
    ("ASSOCIATED_WITH", "Person", "Person", 2),
)
_ROLES = {"Crime": ("SUSPECT", "VICTIM", "WITNESS"), "Call": ("CALLER", "CALLED")}
_CHUNK = 200_000
_SPACE = "thing"


@contextmanager
def stored(things: int, links: int) -> Iterator[tuple[Graph, psutil.Process]]:
    """A graph of so many things and links on a server of its own, which is thrown away, and the server."""
    with thrown_away() as (settings, _):
        instance = managed(settings)
        with room(instance) as (_, files):
            folder = ImportFolder(files, files.relative_to(instance.layout.home))
            folder.add(_written(ImportPart(files, "drawn"), things, links))
            instance.import_graph(folder.arguments())
        graph = prepared(settings, lambda: int(time.time()))
        try:
            yield graph, psutil.Process(instance.status().pid)
        finally:
            graph.store.close()


def _written(part: ImportPart, things: int, links: int) -> list[ImportFile]:
    chance = np.random.default_rng(1)
    ids = {kind: _ids(chance, things * share // 100) for kind, share in _THINGS.items()}
    for kind, some in ids.items():
        given: dict[str, list[Any]] = {"id": some, "kind": [kind] * len(some), "label": some}
        if kind in _ROLES:
            given["at"] = _moments(chance, len(some))
        part.nodes(":".join(KINDS[kind].labels), _SPACE, {**given, "mk": [0] * len(some)})
    for type_, origin, target, share in _LINKS:
        for begin in range(0, links * share // 100, _CHUNK):
            _link(part, chance, type_, ids[origin], ids[target], min(_CHUNK, links * share // 100 - begin), target)
    return part.files


def _link(
    part: ImportPart,
    chance: np.random.Generator,
    type_: str,
    origins: list[str],
    targets: list[str],
    many: int,
    to: str,
) -> None:
    starts, stops = ([ids[n] for n in _drawn(chance, len(ids), many)] for ids in (origins, targets))
    roles = _ROLES.get(to)
    said: dict[str, list[Any]] = {
        "a": [f"r_{id_[2:]}" for id_ in starts],
        "recorded_at": _moments(chance, many),
        "b": [f"r_{id_[2:]}" for id_ in stops],
        "role": [roles[n % len(roles)] if roles else None for n in range(many)],
        "grade": [112] * many,
        "valid_from": [None if roles else each for each in _moments(chance, many)],
        "place": [0] * many,
        "row": [f"w_{id_[2:]}" for id_ in _ids(chance, many)],
        "source": [0] * many,
        "mk": chance.integers(0, 3, many).tolist(),
    }
    part.links(type_, (_SPACE, _SPACE), starts, stops, said)


def _drawn(chance: np.random.Generator, among: int, many: int) -> list[int]:
    """Some have many, most few."""
    drawn: Ints = np.floor(among * chance.random(many) ** 1.5).astype(np.int32)
    return [int(each) for each in drawn]


def _moments(chance: np.random.Generator, many: int) -> list[int]:
    return [int(each) for each in chance.integers(1_500_000_000, 1_700_000_000, many)]


def _ids(chance: np.random.Generator, many: int) -> list[str]:
    return names(chance.integers(0, 2**60, many), chance.integers(0, 256, (many, 5)).astype(np.uint8))
