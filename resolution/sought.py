"""Stored records that may speak of somebody or something: found by keys, weighed together, as the viewer may see."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
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

    Of rows: `record` (where it was looked for by keys), `entity`, and its `node`. `truncated`: where more than `MOST`
    share a key, those that share fewest are left out.
    """

    rows: Sequence[dict[str, Any]]
    read: Sequence[Read]
    mks: Sequence[int]
    truncated: Truncation | None


def candidates(graph: Graph, viewer: Viewer, readings: Sequence[Read], kind: str = PERSON) -> Candidates:
    """The visible records of a kind that share a key with one of the readings."""
    sought = [probes_of(kind, reading) for reading in readings]
    keys = {name: sorted({key for one in sought for key in one.get(name, ())}) for name in _asked(kind)}
    if not any(keys.values()):
        return Candidates((), (), (), None)
    told = graph.store.read_text(viewer, "resolve/candidates", statement_of(kind), {**keys, "most": MOST})
    if not told:
        return Candidates((), (), (), None)
    (found,) = told
    nodes = {node["id"]: node for node in found["nodes"]}
    records = sorted(found["records"])
    rows = [{"record": id_, "entity": entity, "node": nodes[entity]} for id_, _, entity, *_ in records]
    known = [read(kind, dict(zip(reads(kind), values, strict=True))) for _, _, _, *values in records]
    cut = Truncation(f"{MOST:,} records are compared, those that share most with what is known", found["more"])
    return Candidates(rows, known, [mk for _, mk, *_ in records], cut if found["more"] > 0 else None)


def _asked(kind: str) -> list[str]:
    """The properties of the keys that a record is looked for by."""
    space = space_of(kind)
    without = space.bulk_only | space.counted_only
    return [slot for family, own in space.families.items() if family not in without for slot in own]


@cache
def statement_of(kind: str) -> str:
    """The statement of `candidates`: one for a kind, whatever is known, so that it is planned once.

    It answers one row: rows of values, and each entity once, are read in a third of the time of a row with two maps for
    each record. All properties of a record are read at once, for each one by itself is looked for from the first on.
    """
    slots = _asked(kind)
    test = " OR ".join(f"r.{name} IN ${name}" for name in slots)
    shared = " + ".join(f"CASE WHEN r.{name} IN ${name} THEN 1 ELSE 0 END" for name in slots)
    told = ", ".join(("p.id", "p.mk", "e.id", *(f"p.{name}" for name in reads(kind))))
    # Names of keys come from the closed set that the indexes are made for, those of properties from the model.
    text = (
        f"MATCH (r:Record) WHERE ({test}) AND r.mk IN $allowed "
        "WITH collect(r) AS found "
        "CALL (found) { "
        "WITH found WHERE size(found) <= $most UNWIND found AS r RETURN r "
        "UNION ALL "
        f"WITH found WHERE size(found) > $most UNWIND found AS r WITH r, {shared} AS shared "
        "ORDER BY shared DESC, r.id LIMIT $most RETURN r "
        "} "
        "MATCH (r)-[:RESOLVES_TO]->(e:Entity) WHERE e.mk IN $allowed "
        "WITH properties(r) AS p, e, size(found) - $most AS more "
        f"WITH more, collect([{told}]) AS records, collect(DISTINCT e) AS entities "
        "RETURN more, records, [e IN entities | properties(e)] AS nodes"
    )
    return text


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
    holding = holders(graph, viewer, _shared(readings, known), {*mks}, model)
    bearers = [(key, mk, name) for (key, mk), names in holding.names.items() for name in names]
    marks = np.array([_NOBODY] * len(readings) + [*mks], np.int32)
    return Table.compared(marks, [*readings, *known], bearers=bearers)


def _shared(readings: Sequence[Features], known: Sequence[Features]) -> Iterator[Features]:
    """What a reading and a record both have, of which alone the holders matter; the addresses of either.

    Addresses are one where all but their places is.
    """
    phones = {value for one in known for value in one.phones}
    emails = {value for one in known for value in one.emails}
    vrms = {value for one in known for value in one.vrms}
    for one in readings:
        yield Features(
            phones=_among(one.phones, phones), emails=_among(one.emails, emails), vrms=_among(one.vrms, vrms)
        )
    ours, theirs = ({_named(address) for one in side for address in one.addresses} for side in (readings, known))
    met = ours & theirs
    for one in (*readings, *known) if met else ():
        if shared := tuple(address for address in one.addresses if _named(address) in met):
            yield Features(addresses=shared)


def _among(values: Sequence[str], held: Collection[str]) -> tuple[str, ...]:
    return tuple(value for value in values if value in held)


def _named(address: str) -> str:
    """The number, flat and street of an address of `Features`."""
    return address.partition("|")[2]
