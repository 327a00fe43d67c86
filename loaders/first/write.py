"""What a built graph holds beside rows and things: notes, what rows wait for, what is the same across markings."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

import numpy as np
import polars as pl

from graph.ids import Ids
from graph.marking_numbers import MarkingNumbers
from loaders.first.build import Built
from loaders.first.files import Columns, ImportFile, ImportPart, columns_of
from loaders.first.gathered import Notes
from loaders.first.links import AWAITED
from loaders.first.rows import INSIDE
from loaders.first.things import IDENTIFIER


def write_rest(out: Path, notes: Notes, built: Built, ids: Ids, markings: MarkingNumbers) -> list[ImportFile]:
    """Write what a graph holds beside what was built; returns all files of the graph."""
    part = ImportPart(out, "rest")
    _sameness(part, notes, built, ids, markings)
    # Last, because all that is written may give numbers to markings.
    _installation(part, notes, built, ids, markings)
    part.nodes("Identifier", IDENTIFIER, {"id": _ends(out, built.files, "HAS")})
    part.nodes("Awaited", AWAITED, {"id": _ends(out, built.files, "AWAITS")})
    return [*built.files, *part.files]


def _installation(part: ImportPart, notes: Notes, built: Built, ids: Ids, markings: MarkingNumbers) -> None:
    texts = markings.texts()
    counts = {"markings": len(texts), "sources": len(notes.sources), "seq": len(built.batches)}
    made = {"id": 1, "fingerprint": ids.fingerprint, "restoring": notes.restoring}
    part.nodes("Installation", None, columns_of([{**made, **counts}]))
    part.nodes("Marking", None, {"mk": list(texts), "text": list(texts.values())})
    part.nodes("Source", None, columns_of(list(notes.sources.values())))
    part.nodes("SourceStatus", None, columns_of(notes.statuses))
    part.nodes("Full", None, columns_of(notes.fulls))
    part.nodes("Run", None, columns_of([notes.run] if notes.run is not None else []))
    part.nodes("Batch", None, columns_of(built.batches))


def _ends(out: Path, files: Iterable[ImportFile], type_: str) -> list[str]:
    """What the relationships of a type end at, each once."""
    paths = [out / file.name for file in files if file.option == f"--relationships={type_}"]
    if not paths:
        return []
    ends = pl.scan_csv(paths, has_header=False, infer_schema=False).select(pl.nth(1).unique().sort())
    return ends.collect().to_series().to_list()


def _sameness(part: ImportPart, notes: Notes, built: Built, ids: Ids, markings: MarkingNumbers) -> None:
    assignments = [settled.assignment for settled in built.settled.values()]
    ties = [tie for assignment in assignments for tie in assignment.ties.values()]
    tied = columns_of([tie.stored(ids, markings) for tie in ties])
    part.links("SAME_IDENTITY", INSIDE, [tie.a for tie in ties], [tie.b for tie in ties], tied)
    possible = {pair: bits for assignment in assignments for pair, bits in assignment.possible.items()}
    mks = _markings_of({id_ for pair in possible for id_ in pair}, built)
    held: Columns = {
        "bits": [float(bits) for bits in possible.values()],
        "mk": [markings.join(mks[a], mks[b]) for a, b in possible],
        "model": [notes.model.version] * len(possible),
    }
    part.links("POSSIBLY_SAME", INSIDE, [a for a, _ in possible], [b for _, b in possible], held)


def _markings_of(ids: Collection[str], built: Built) -> dict[str, int]:
    """The numbers of the markings of these records."""
    asked, found = np.array(sorted(ids), "S"), dict[str, int]()
    for settled in built.settled.values():
        here = np.isin(settled.known.ids, asked)
        named = (id_.decode() for id_ in settled.known.ids[here].tolist())
        found.update(zip(named, settled.known.mks[here].tolist(), strict=True))
    return found
