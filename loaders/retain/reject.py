"""Reject files that hold a key of somebody who was erased: they are deleted, whole.

A rejected row was never taken, so nothing in the graph leads to it; what it has of the erased is their key. The source
has the row still, so the loss is a list of repairs. A key counts where it stands by itself, not as a part of a word.
"""

from __future__ import annotations

import gzip
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl
import zstandard

from graph.errors import BadInput

# A pattern of more alternatives takes the engine long to make.
_KEYS = 2_000


def forget_rejects(folder: Path, keys: Iterable[tuple[str, str]]) -> list[Path]:
    """Delete what `--rejects` wrote below `folder` and holds one of these keys of its source; returns the files.

    `keys`: (source, key). Raises BadInput where a file cannot be read: it may hold one.
    """
    of_source: defaultdict[str, list[str]] = defaultdict(list)
    for source, key in sorted(set(keys)):
        of_source[source].append(key)
    gone = []
    for source, each in of_source.items():
        for file in sorted(path for path in (folder / source).rglob("*") if path.is_file()):
            text = _text(file)
            if any(pattern.search(text) for pattern in _patterns(each)):
                file.unlink()
                gone.append(file)
    return gone


def _patterns(keys: list[str]) -> Iterator[re.Pattern[str]]:
    for start in range(0, len(keys), _KEYS):
        alternatives = "|".join(re.escape(key) for key in keys[start : start + _KEYS])
        yield re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")


def _text(file: Path) -> str:
    try:
        raw = file.read_bytes()
        if file.suffix == ".parquet":
            return "\n".join("\t".join(map(str, row)) for row in pl.read_parquet(io.BytesIO(raw)).iter_rows())
        if file.suffix == ".gz":
            raw = gzip.decompress(raw)
        elif file.suffix == ".zst":
            raw = zstandard.ZstdDecompressor().stream_reader(raw).read()
    except (OSError, EOFError, pl.exceptions.PolarsError, zstandard.ZstdError) as error:
        raise BadInput(f"--rejects: {file} cannot be read ({type(error).__name__}): delete it, or repair it") from None
    # Bytes that are no UTF-8 are those of one of its relatives, in which digits and letters are where they are.
    return raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
