"""Stored records that may speak of somebody or something: found by keys, weighed together, as the viewer may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from graph.answer import Truncation
from graph.open import Graph
from resolution.explain import Explanations
from resolution.feature import Features
from resolution.folded import Read, compared, probes_of, read, reads
from resolution.holder import holders
from resolution.model import PERSON, Model
from resolution.space import space_of
from resolution.table import Table
from security.viewer import Viewer

MOST = 1_000
_NOBODY = 2**31 - 1  # a marking number that no record has


@dataclass(frozen=True, slots=True)
class Candidates:
    """Stored records with the entities they belong to, in the order of their ids, and what is compared of each.

    `truncated`: where more than `MOST` share a key, those that share fewest are left out.
    """

    rows: Sequence[dict[str, Any]]
    read: Sequence[Read]
    mks: Sequence[int]
    truncated: Truncation | None


def candidates(graph: Graph, viewer: Viewer, readings: Sequence[Read], kind: str = PERSON) -> Candidates:
    """The visible records of a kind that share a key with one of the readings."""
    sought, space = [probes_of(kind, reading) for reading in readings], space_of(kind)
    slots = [slot for family, own in space.families.items() if family not in space.bulk_only for slot in own]
    keys = {name: sorted({key for one in sought for key in one.get(name, ())}) for name in slots}
    asked = {name: given for name, given in keys.items() if given}
    if not asked:
        return Candidates((), (), (), None)
    # Names of keys come from the closed set that the indexes are made for, those of properties from the model.
    test = " OR ".join(f"r.{name} IN ${name}" for name in asked)
    shared = " + ".join(f"CASE WHEN r.{name} IN ${name} THEN 1 ELSE 0 END" for name in asked)
    told = ", ".join(f".{name}" for name in ("id", "mk", *reads(kind)))
    text = (
        f"MATCH (r:Record) WHERE ({test}) AND r.mk IN $allowed "
        f"WITH r, {shared} AS shared ORDER BY shared DESC, r.id "
        "WITH collect(r) AS found "
        "UNWIND found[..$most] AS r "
        "MATCH (r)-[:RESOLVES_TO]->(e:Entity) WHERE e.mk IN $allowed "
        f"RETURN r {{{told}}} AS properties, e.id AS entity, properties(e) AS node, "
        "size(found) - $most AS more ORDER BY r.id"
    )
    rows = graph.store.read_text(viewer, "resolve/candidates", text, {**asked, "most": MOST})
    more = rows[0]["more"] if rows else 0
    cut = Truncation(f"{MOST:,} records are compared, those that share most with what is known", more)
    known = [read(kind, row["properties"]) for row in rows]
    return Candidates(rows, known, [row["properties"]["mk"] for row in rows], cut if more > 0 else None)


def explanations(
    graph: Graph, viewer: Viewer, readings: Sequence[Read], found: Candidates, model: Model
) -> Explanations:
    """Each reading weighed with each candidate: the pairs of the first reading, then those of the next.

    `model`: of the kind that the readings are of.
    """
    n, m = len(readings), len(found.rows)
    if model.kind == PERSON:
        people, others = cast("Sequence[Features]", readings), cast("Sequence[Features]", found.read)
        table = _persons(graph, viewer, people, others, found.mks, model)
    else:
        table = compared(model.kind, [*readings, *found.read])
    return Explanations(table, np.repeat(np.arange(n), m), np.tile(np.arange(n, n + m), n), model)


def _persons(
    graph: Graph,
    viewer: Viewer,
    readings: Sequence[Features],
    known: Sequence[Features],
    mks: Sequence[int],
    model: Model,
) -> Table:
    """The table of people with the holders of what they share with the readings."""
    holding = holders(graph, viewer, [*readings, *_alike(readings, known)], {*mks}, model)
    bearers = [(key, mk, name) for (key, mk), names in holding.names.items() for name in names]
    marks = np.array([_NOBODY] * len(readings) + [*mks], np.int32)
    return Table.compared(marks, [*readings, *known], bearers=bearers)


def _alike(readings: Sequence[Features], known: Iterable[Features]) -> Iterator[Features]:
    """The addresses that are one with a reading's but for the place: what else two share is the reading's too."""
    named = {address.partition("|")[2] for reading in readings for address in reading.addresses}
    for one in known:
        if shared := tuple(address for address in one.addresses if address.partition("|")[2] in named):
            yield Features(addresses=shared)
