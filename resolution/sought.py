"""Stored records that may speak of somebody: found by their keys, weighed together, as the viewer may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from graph.answer import Truncation
from graph.open import Graph
from resolution.feature import Features, features
from resolution.holder import Holders, holders
from resolution.key import KEY_PROPERTIES, probes
from resolution.model import Model
from resolution.score import Floats, score
from resolution.table import Table
from security.viewer import Viewer

MOST = 1_000
_NOBODY = 2**31 - 1  # a marking number that no record has


@dataclass(frozen=True, slots=True)
class Candidates:
    """Stored records with the entities they belong to, by the id of the record, and what they were made of.

    `truncated`: where more than `MOST` share a key, those that share fewest are left out.
    """

    rows: Sequence[dict[str, Any]]
    features: Sequence[Features]
    mks: Sequence[int]
    truncated: Truncation | None

    def __len__(self) -> int:
        return len(self.rows)


def candidates(graph: Graph, viewer: Viewer, readings: Sequence[Features]) -> Candidates:
    """The visible records that share a key with one of the readings."""
    sought = [probes(reading) for reading in readings]
    keys = {name: sorted({key for one in sought for key in one.get(name, ())}) for name in KEY_PROPERTIES}
    asked = {name: given for name, given in keys.items() if given}
    if not asked:
        return Candidates((), (), (), None)
    # Names of keys come from the closed set that the indexes are made for.
    test = " OR ".join(f"r.{name} IN ${name}" for name in asked)
    shared = " + ".join(f"CASE WHEN r.{name} IN ${name} THEN 1 ELSE 0 END" for name in asked)
    text = (
        f"MATCH (r:Record) WHERE ({test}) AND r.mk IN $allowed "
        f"WITH r, {shared} AS shared ORDER BY shared DESC, r.id "
        "WITH collect(r) AS found "
        "UNWIND found[..$most] AS r "
        "MATCH (r)-[:RESOLVES_TO]->(e:Entity) "
        "RETURN properties(r) AS properties, e.id AS entity, size(found) - $most AS more ORDER BY r.id"
    )
    rows = graph.store.read_text(viewer, "resolve/candidates", text, {**asked, "most": MOST})
    more = rows[0]["more"] if rows else 0
    cut = Truncation(f"{MOST:,} records are compared, those that share most with what is known", more)
    known = [features(row["properties"]) for row in rows]
    return Candidates(rows, known, [row["properties"]["mk"] for row in rows], cut if more > 0 else None)


def holders_of(graph: Graph, viewer: Viewer, readings: Sequence[Features], found: Candidates, model: Model) -> Holders:
    """The holders of what the readings and the candidates share."""
    return holders(graph, viewer, [*readings, *found.features], {*found.mks}, model)


def weights(readings: Sequence[Features], found: Candidates, holding: Holders) -> Floats:
    """The log2 posterior odds of each reading with each candidate: a row a reading, a column a candidate.

    As `explain` of each pair, which is what tells an answer's evidence, but all at once.
    """
    n, m = len(readings), len(found)
    table = Table.compared(
        np.array([_NOBODY] * n + [*found.mks], np.int32),
        [*readings, *found.features],
        [(key, mk, name) for (key, mk), names in holding.names.items() for name in names],
    )
    left, right = np.repeat(np.arange(n), m), np.tile(np.arange(n, n + m), n)
    return score(table, left, right, holding.model).reshape(n, m)
