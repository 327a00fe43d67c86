"""A built graph as import files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graph.ids import Ids
from graph.marking_numbers import MarkingNumbers
from graph.model import KINDS, RESOLVED
from loaders.first.build import Built
from loaders.first.files import ImportFolder
from loaders.first.gathered import Gathered

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
    _sameness(folder, built, markings)


def _installation(folder: ImportFolder, gathered: Gathered, ids: Ids, markings: MarkingNumbers) -> None:
    texts = markings.texts()
    counts = {"markings": len(texts), "sources": len(gathered.sources), "seq": len(gathered.batches)}
    folder.unnamed("Installation", [{"id": 1, "fingerprint": ids.fingerprint, **counts}])
    folder.unnamed("Marking", [{"mk": mk, "text": text} for mk, text in texts.items()])
    folder.unnamed("Source", list(gathered.sources.values()))
    folder.unnamed("SourceStatus", list(gathered.statuses.values()))
    folder.unnamed("Batch", gathered.batches)


def _rows(folder: ImportFolder, gathered: Gathered, built: Built) -> None:
    rows = []
    says: list[tuple[str, str]] = []
    said: list[dict[str, Any]] = []
    awaits: list[tuple[str, str]] = []
    for id_, row in gathered.rows.items():
        hung = built.hung[id_]
        linked = {"linked": True, "bound": hung.bound, "dangling": hung.dangling}
        rows.append({**row.properties, **linked})
        for claim in row.claims:
            says.append((id_, claim.node))
            said.append({"name": claim.name, "p": claim.properties, "grade": claim.grade})
        awaits += [(id_, awaited) for awaited in sorted(hung.waiting.ids)]
    folder.nodes("Row", _MAIN, rows)
    folder.nodes("Awaited", _AWAITED, [{"id": id_} for id_ in dict.fromkeys(awaited for _, awaited in awaits)])
    folder.links("SAYS", _INSIDE, says, said)
    folder.links("AWAITS", (_MAIN, _AWAITED), awaits, [])


def _records(folder: ImportFolder, built: Built, *, by_evidence: bool) -> None:
    # By kind, because a property may be a list in one kind and a text in another.
    alike: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    resolves: list[tuple[str, str]] = []
    for id_, record in built.records.items():
        label = "Record:Made" if id_ in built.made else "Record"
        unresolved = not by_evidence and record["kind"] in RESOLVED
        alike[f"{label}:Unresolved" if unresolved else label, record["kind"]].append(record)
        entity = built.entity(id_)
        if entity is not None:
            resolves.append((id_, entity))
    for (labels, _), records in alike.items():
        folder.nodes(labels, _MAIN, records)
    folder.links("RESOLVES_TO", _INSIDE, resolves, [])
    has = [(record, identifier) for identifier, records in built.has.items() for record in records]
    folder.nodes("Identifier", _IDENTIFIER, [{"id": identifier} for identifier in dict.fromkeys(i for _, i in has)])
    folder.links("HAS", (_MAIN, _IDENTIFIER), has, [])


def _things(folder: ImportFolder, gathered: Gathered, built: Built) -> None:
    for kind, things in _by_kind((gathered.values, built.keyed, built.resolved)):
        folder.nodes(":".join(KINDS[kind].labels), _MAIN, things)
    for _, things in _by_kind((built.retired,)):
        folder.nodes("Retired", _MAIN, things)


def _by_kind(maps: Iterable[Mapping[str, dict[str, Any]]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for things in maps:
        for thing in things.values():
            found[thing["kind"]].append(thing)
    return iter(found.items())


def _links(folder: ImportFolder, built: Built) -> None:
    ends: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    properties: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for hung in built.hung.values():
        for link in hung.links:
            ends[link.type].append((link.origin, link.target))
            properties[link.type].append(dict(link.properties))
    for type_ in sorted(ends):
        folder.links(type_, _INSIDE, ends[type_], properties[type_])


def _sameness(folder: ImportFolder, built: Built, markings: MarkingNumbers) -> None:
    ties = {pair: tie for settled in built.settled.values() for pair, tie in settled.ties.items()}
    tied = [{"mk": mk, "weight": float(weight), "recorded_at": 0} for mk, weight in ties.values()]
    folder.links("SAME_IDENTITY", _INSIDE, list(ties), tied)
    possible = {pair: bits for settled in built.settled.values() for pair, bits in settled.possible.items()}
    held = [
        {
            "bits": float(bits),
            "mk": markings.join(built.records[a]["mk"], built.records[b]["mk"]),
            "model": built.model.version,
        }
        for (a, b), bits in possible.items()
    ]
    folder.links("POSSIBLY_SAME", _INSIDE, list(possible), held)
