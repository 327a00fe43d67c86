"""The form of an unknown data file: format, encoding, delimiter, header, lines before it."""

from __future__ import annotations

import math
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from graph.errors import LoadError
from loaders.mapping.spec import FileMapping, Format, Layout
from loaders.reader_format import tables
from loaders.reader_frame import Cells, Framed, Framer
from loaders.reader_line import read_lines
from loaders.reader_place import Delivery, blocks, deliveries
from loaders.reader_table import REJECT_COLUMNS, Table
from loaders.suggest.encoding import encoding_of
from loaders.suggest.form import is_typed
from loaders.suggest.vocabulary import knows

__all__ = ["SAMPLE", "Sniffed", "find", "sniff"]

# Rows that are looked at: enough to tell a key from a number that happens not to come twice yet.
SAMPLE = 50_000
_LINES = 400
_DELIMITERS = (",", ";", "\t", "|", "^", "~")
_TEXT_MEMBERS = (".csv", ".tsv", ".tab", ".psv", ".txt", ".dat", ".ndjson", ".jsonl", ".json", ".parquet", ".pq")


@dataclass(frozen=True, slots=True)
class Sniffed:
    """A file's form: where it is, its path in a mapping, its layout, what to say about it, and its first rows."""

    delivery: Delivery
    layout: Layout
    names: tuple[str, ...]
    notes: tuple[str, ...]
    table: Table
    cut: bool = False

    @property
    def path(self) -> str:
        """The path as a mapping names it."""
        return self.delivery.path


def find(file: Path, data: Path) -> list[Delivery]:
    """The data files behind a path that somebody gave: the file itself, or the members of an archive.

    Raises LoadError where there is none, or where it does not lie below the data folder.
    """
    outer, inside, inner = str(file).partition("!/")
    path = Path(outer)
    if not path.exists():
        raise LoadError(f"{path}: no such file; name a data file, or a member of an archive: x.zip!/member.csv")
    if path.is_dir() and not inside:
        raise LoadError(f"{path} is a folder; name the files in it: {path}/*.csv")
    try:
        shown = path.resolve().relative_to(data.resolve()).as_posix()
    except ValueError:
        raise LoadError(f"{path} does not lie below the data folder {data}; give --data a folder above it") from None
    if not inside and not _is_archive(path):
        return [Delivery("", shown, shown, path)]
    if inside:
        return deliveries(_entry(f"{shown}!/{inner}"), data)
    patterns = _patterns(path)
    members = [one for pattern in patterns for one in deliveries(_entry(f"{shown}!/{pattern}"), data)]
    found = [
        one for one in members if one.path.lower().removesuffix(".gz").removesuffix(".zst").endswith(_TEXT_MEMBERS)
    ]
    if not found:
        raise LoadError(
            f"{path}: the archive holds no data file whose name says what it is ({' '.join(_TEXT_MEMBERS)})"
        )
    return found


def _is_archive(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) == b"PK\x03\x04"


def _patterns(path: Path) -> list[str]:
    """A pattern for each depth at which an archive has members: a star never crosses a folder."""
    try:
        with zipfile.ZipFile(path) as archive:
            depths = {name.count("/") for name in archive.namelist() if not name.endswith("/")}
    except (zipfile.BadZipFile, OSError) as error:
        raise LoadError(f"{path} is no readable zip archive: {error}") from error
    return ["*/" * depth + "*" for depth in sorted(depths)]


def _entry(path: str, layout: Layout | None = None) -> FileMapping:
    return FileMapping("", path, "the suggestion", 1, layout or Layout(), (), (), {})


def sniff(delivery: Delivery) -> Sniffed:
    """The form of a data file and its first rows; raises LoadError where it can be no table of text."""
    start = b"".join(islice(blocks(delivery), 1))[: 1 << 16]
    if not start.strip():
        raise LoadError(f"{delivery.path}: the file is empty; there is nothing to suggest a mapping for")
    if start.startswith(b"PAR1"):
        return _read(delivery, Layout(Format.PARQUET), ())
    encoding, notes = encoding_of(delivery)
    layout = Layout(encoding=encoding)
    taken = chain.from_iterable(read_lines(blocks(delivery), encoding, delivery.path)[1])
    lines = [line.text for line in islice(taken, _LINES)]
    said = [text.strip() for text in lines if text.strip()]
    first = said[0] if said else ""
    # The first line may be the broken one.
    if sum(text.startswith("{") and text.endswith("}") for text in said) * 2 > len(said):
        return _read(delivery, replace(layout, format=Format.NDJSON), notes)
    if first.startswith(("[", "<")) or first == "{":
        what = "XML or HTML" if first.startswith("<") else "a JSON document"
        raise LoadError(f"{delivery.path}: this looks like {what}; save it as CSV, or as NDJSON with one object a line")
    return _csv(delivery, replace(layout, format=Format.CSV), notes)


def _csv(delivery: Delivery, layout: Layout, notes: tuple[str, ...]) -> Sniffed:
    delimiter, width = _delimiter(delivery, layout)
    layout = replace(layout, delimiter=delimiter)
    records = list(islice(_records(delivery, layout), _LINES))
    head = next((record for record in records if len(record.cells) == width), records[0])
    skipped = head.line - 1 if any(record.line < head.line for record in records) else 0
    if skipped:
        lines = f"{skipped} line{'s' * (skipped > 1)}"
        notes = (*notes, f"skip_rows: the first {lines} have not the {width} cells of the rest")
    layout = replace(layout, skip_rows=skipped)
    below = [record.cells for record in records if record.line > head.line and len(record.cells) == width]
    if not has_header(head.cells, below):
        columns = tuple(f"column_{place}" for place in range(1, width + 1))
        return _read(delivery, replace(layout, header=False, columns=columns), notes)
    return _read(delivery, layout, notes)


def _records(delivery: Delivery, layout: Layout) -> Iterator[Framed]:
    _, lines = read_lines(blocks(delivery), layout.encoding, delivery.path)
    return iter(Framer(lines, layout.delimiter or ",", layout.quote).one, None)


def _delimiter(delivery: Delivery, layout: Layout) -> tuple[str, int]:
    """The sign that cuts most lines into equally many cells, and how many; a comma and one where none does."""
    best = (0.0, ",", 1)
    for sign in _DELIMITERS:
        records = islice(_records(delivery, replace(layout, delimiter=sign)), _LINES)
        widths = Counter(len(record.cells) for record in records if not record.code)
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda item: (item[1] * math.log(item[0] + 1), item[0]))
        share = count / widths.total()
        # The share counts twice: a sign in free text makes many cells, but not as many in each line.
        score = share * share * math.log(width) if width > 1 else 0.0
        if score > best[0]:
            best = (score, sign, width)
    return best[1], best[2]


def has_header(first: Cells, below: Sequence[Cells]) -> bool:
    """True where the first record names the columns: known words, or words above what is dates and numbers.

    It does not where a cell of it is a date, a number, a postcode, or stands again below in its column.
    """
    cells = [cell.strip() for cell in first]
    named = [cell for cell in cells if cell and knows(cell)]
    typed = [cell for cell in cells if is_typed(cell)]
    if typed and len(typed) >= len(named):
        return False
    if len(named) * 2 >= len(cells) or not below:
        return True
    again = sum(bool(cell) and any(row[at].strip() == cell for row in below) for at, cell in enumerate(cells))
    return bool(named) or not again


def _read(delivery: Delivery, layout: Layout, notes: tuple[str, ...]) -> Sniffed:
    table = next(tables(delivery, _entry(delivery.entry, layout), SAMPLE))
    names = tuple(name for name in _names(table) if name not in REJECT_COLUMNS)
    twice = sorted(name for name, count in Counter(_header(delivery, layout)).items() if count > 1)
    if twice:
        said = ", ".join(repr(name) for name in twice)
        notes = (*notes, f"the header names {said} more than once; a mapping cannot tell them apart, rename one")
        names = tuple(name for name in names if name not in twice)
    usable = tuple(name for name in names if name and not re.search(r"[{}]", name))
    if len(usable) < len(names):
        notes = (*notes, "columns whose name is empty or has braces cannot be named and are left out")
    return Sniffed(delivery, layout, usable, notes, table, cut=table.read >= SAMPLE)


def _header(delivery: Delivery, layout: Layout) -> list[str]:
    if layout.format is not Format.CSV or not layout.header:
        return []
    _, lines = read_lines(blocks(delivery), layout.encoding, delivery.path)
    framer = Framer(lines, layout.delimiter or ",", layout.quote)
    framer.skip(layout.skip_rows)
    first = framer.one()
    return [] if first is None else [cell.strip() for cell in first.cells]


def _names(table: Table) -> list[str]:
    """The columns of a table; of objects the paths to their plain values, in order of first mention."""
    if table.names or not table.rows:
        return list(table.names)
    found: dict[str, None] = {}
    for row in table.rows:
        if isinstance(row, dict):
            found.update(dict.fromkeys(_paths(row, "")))
    return list(found)


def _paths(value: dict[str, object], before: str) -> Iterator[str]:
    for name, inner in value.items():
        if isinstance(inner, dict):
            yield from _paths(inner, f"{before}{name}.")
        else:
            yield before + name
