"""Reject files that hold a key of somebody who was erased: they are deleted, whole.

A rejected row was never taken, so nothing in the graph leads to it; what it has of the erased is their key, or the
cells that make it up. The source has the row still, so the loss is a list of repairs. A text counts where it stands by
itself, not as a part of a word.
"""

from __future__ import annotations

import gzip
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson
import polars as pl
import zstandard

from graph.errors import BadInput

# Texts that all stand in a row which has a key.
Sought = tuple[str, ...]
_WORD = re.compile(r"\w+")


def sought_of(key: str, raw: str) -> set[Sought]:
    """By what a row is told that has this key: the key as it is, or the cells that it is made of.

    `raw`: the cells of a row that was taken, as JSON. Where those do not tell (a row that was put right has none), the
    words of the key.
    """
    cells = {text for each in _cells(orjson.loads(raw or "[]")) if (text := each.strip()) and text in key}
    if key in cells:
        return {(key,)}
    return {(key,), _made_of(key, cells) or tuple(_WORD.findall(key)) or (key,)}


def _cells(value: object) -> Iterator[str]:
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _cells(each)
    elif value is not None:
        yield str(value)


def _made_of(key: str, cells: Iterable[str]) -> Sought:
    """The cells that a key is made of, the longest first; none where they are neither half of it nor its number.

    What may be in it by accident, a sign, a letter or a part of a word, is not looked for: a row with another is theirs
    as well.
    """
    left, found = key, []
    for cell in sorted(cells, key=lambda each: (-len(each), each)):
        if cell in left:
            # What is taken leaves a gap, so that no cell is found across it.
            left = left.replace(cell, "\0" * len(cell), 1)
            found.append(cell)
    missing, whole = sum(map(str.isalnum, left)), sum(map(str.isalnum, key))
    told = missing * 2 <= whole or not any(map(str.isdigit, left))
    return tuple(cell for cell in found if _is_its_own(cell, key)) or tuple(found) if told else ()


def _is_its_own(cell: str, key: str) -> bool:
    """Whether a cell has a number of a key, or is words of it."""
    return any(map(str.isdigit, cell)) or (len(cell) > 1 and _stands((cell,), key))


def forget_rejects(folder: Path, sought: Iterable[tuple[str, Sought]]) -> list[Path]:
    """Delete what `--rejects` wrote below `folder` and has a row with a key of its source; returns the files.

    `sought`: (source, by what a row is told). Raises BadInput where a file cannot be read: it may hold one.
    """
    of_source: defaultdict[str, dict[str, set[Sought]]] = defaultdict(lambda: defaultdict(set))
    for source, texts in sought:
        # Looked up by the longest of its words, which is in the fewest rows.
        words = [word for text in texts for word in _WORD.findall(text)]
        of_source[source][max(words, key=len, default="")].add(texts)
    gone = []
    for source, by_word in of_source.items():
        for file in sorted(path for path in (folder / source).rglob("*") if path.is_file()):
            if any(_has(row, by_word) for row in _rows(_text(file))):
                file.unlink()
                gone.append(file)
    return gone


def _has(row: str, by_word: dict[str, set[Sought]]) -> bool:
    words = {"", *_WORD.findall(row)}
    return any(_stands(texts, row) for word in words & by_word.keys() for texts in by_word[word])


def _stands(texts: Sought, row: str) -> bool:
    return all(re.search(rf"(?<!\w){re.escape(text)}(?!\w)", row) for text in texts)


def _rows(text: str) -> Iterator[str]:
    """The rows of a file: its lines, those together that a quote runs over."""
    row: list[str] = []
    quotes = 0
    for line in text.splitlines():
        row.append(line)
        quotes += line.count('"')
        if quotes % 2 == 0:
            yield "\n".join(row)
            row, quotes = [], 0
    if row:
        yield "\n".join(row)


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
