"""A built graph as import files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graph.ids import Ids
from graph.marking_numbers import MarkingNumbers
from graph.model import KINDS, RESOLVED
from loaders.first.build import Built
from loaders.first.files import Columns, ImportFolder, columns_of
from loaders.first.gathered import Gathered
from loaders.hang import Link

# Ids are unique in their space: what a row awaits may have the id of a record that came later.
_MAIN, _AWAITED, _IDENTIFIER = "main", "awaited", "identifier"
_INSIDE = (_MAIN, _MAIN)


def write_files(
    folder: ImportFolder, gathered: Gathered, built: Built, ids: Ids, markings: MarkingNumbers, *, by_evidence: bool
) -> None:
    """Write every node and relationship of the graph."""
    _installation(folder, gathered, ids, markings)
    _rows(folder, gathered, built)
    _records(folder, built, by_evidence=by_evidence)
    _things(folder, gathered, built)
    _links(folder, built)
    _sameness(folder, built, ids, markings)


def _installation(folder: ImportFolder, gathered: Gathered, ids: Ids, markings: MarkingNumbers) -> None:
    texts = markings.texts()
    counts = {"markings": len(texts), "sources": len(gathered.sources), "seq": len(gathered.batches)}
    made = {"id": 1, "fingerprint": ids.fingerprint, "restoring": gathered.restoring}
    folder.nodes("Installation", None, columns_of([{**made, **counts}]))
    folder.nodes("Marking", None, {"mk": list(texts), "text": list(texts.values())})
    folder.nodes("Source", None, columns_of(list(gathered.sources.values())))
    folder.nodes("SourceStatus", None, columns_of(gathered.statuses))
    folder.nodes("Full", None, columns_of(gathered.fulls))
    folder.nodes("Batch", None, columns_of(gathered.batches))


def _rows(folder: ImportFolder, gathered: Gathered, built: Built) -> None:
    hung = [built.hung[id_] for id_ in gathered.rows]
    rows = columns_of([row.properties for row in gathered.rows.values()])
    linked = [True] * len(hung)
    settled: Columns = {
        "linked": linked,
        "bound": [one.bound for one in hung],
        "dangling": [one.dangling for one in hung],
    }
    folder.nodes("Row", _MAIN, {**rows, **settled})
    claims = [(id_, claim) for id_, row in gathered.rows.items() for claim in row.claims]
    said: Columns = {
        "name": [claim.name for _, claim in claims],
        "p": [claim.properties for _, claim in claims],
        "grade": [claim.grade for _, claim in claims],
    }
    folder.links("SAYS", _INSIDE, [id_ for id_, _ in claims], [claim.node for _, claim in claims], said)
    awaits = [(id_, each) for id_, one in zip(gathered.rows, hung, strict=True) for each in one.waiting.ids]
    folder.nodes("Awaited", _AWAITED, {"id": sorted({each for _, each in awaits})})
    folder.links("AWAITS", (_MAIN, _AWAITED), [row for row, _ in awaits], [each for _, each in awaits], {})


def _records(folder: ImportFolder, built: Built, *, by_evidence: bool) -> None:
    # By kind, because a property may be a list in one kind and a text in another.
    alike: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for id_, record in built.records.items():
        label = "Record:Made" if id_ in built.made else "Record"
        unresolved = not by_evidence and record["kind"] in RESOLVED
        alike[f"{label}:Unresolved" if unresolved else label, record["kind"]].append(record)
    for (labels, _), records in alike.items():
        folder.nodes(labels, _MAIN, columns_of(records))
    resolves = [(id_, entity) for id_ in built.records if (entity := built.entity(id_)) is not None]
    folder.links("RESOLVES_TO", _INSIDE, [record for record, _ in resolves], [entity for _, entity in resolves], {})
    has = [(record, identifier) for identifier, records in built.has.items() for record in records]
    folder.nodes(
        "Identifier", _IDENTIFIER, {"id": [identifier for identifier, records in built.has.items() if records]}
    )
    folder.links("HAS", (_MAIN, _IDENTIFIER), [record for record, _ in has], [each for _, each in has], {})


def _things(folder: ImportFolder, gathered: Gathered, built: Built) -> None:
    for kind, things in _by_kind((gathered.values, built.keyed, built.resolved)):
        folder.nodes(":".join(KINDS[kind].labels), _MAIN, columns_of(things))
    for _, things in _by_kind((built.retired,)):
        folder.nodes("Retired", _MAIN, columns_of(things))


def _by_kind(maps: Iterable[Mapping[str, dict[str, Any]]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for things in maps:
        for thing in things.values():
            found[thing["kind"]].append(thing)
    return iter(found.items())


def _links(folder: ImportFolder, built: Built) -> None:
    by_type: defaultdict[str, list[Link]] = defaultdict(list)
    for hung in built.hung.values():
        for link in hung.links:
            by_type[link.type].append(link)
    for type_, links in sorted(by_type.items()):
        starts, stops = [link.origin for link in links], [link.target for link in links]
        folder.links(type_, _INSIDE, starts, stops, columns_of([link.properties for link in links]))


def _sameness(folder: ImportFolder, built: Built, ids: Ids, markings: MarkingNumbers) -> None:
    ties = [tie for settled in built.settled.values() for tie in settled.ties.values()]
    tied = columns_of([tie.stored(ids, markings) for tie in ties])
    folder.links("SAME_IDENTITY", _INSIDE, [tie.a for tie in ties], [tie.b for tie in ties], tied)
    possible = {pair: bits for settled in built.settled.values() for pair, bits in settled.possible.items()}
    held: Columns = {
        "bits": [float(bits) for bits in possible.values()],
        "mk": [markings.join(built.records[a]["mk"], built.records[b]["mk"]) for a, b in possible],
        "model": [built.model.version] * len(possible),
    }
    folder.links("POSSIBLY_SAME", _INSIDE, [a for a, _ in possible], [b for _, b in possible], held)
