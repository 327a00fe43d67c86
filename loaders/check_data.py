"""A mapping held against its data files without loading: what stands in them, what fails which standard."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from loaders.mapping.spec import SourceMapping
from loaders.reader import deliveries, read

_CHUNK_ROWS = 20_000


def check_data(mapping: SourceMapping, data: Path) -> Iterator[str]:
    """One line for each data file: rows, rejects by code, findings by standard.

    Raises MappingError for a column that is not there, LoadError for a file that is not there or cannot be read.
    """
    for entry in mapping.files:
        for delivery in deliveries(entry, data):
            rows, codes, findings = 0, Counter[str](), Counter[str]()
            for chunk in read(delivery, entry, as_of=None, today=int(time.time()), chunk_rows=_CHUNK_ROWS):
                rows += chunk.read
                codes.update(reject.code for reject in chunk.rejects)
                findings.update(chunk.findings)
            yield f"{delivery.path}: {rows:,} rows{_listed(', rejected', codes)}{_listed(', findings', findings)}"


def _listed(title: str, counts: Counter[str]) -> str:
    if not counts:
        return ""
    return f"{title} " + ", ".join(f"{count:,} {name}" for name, count in sorted(counts.items()))
