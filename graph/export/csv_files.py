"""CSV in a zip file: a table for each kind of thing and one of links, in UTF-8 with a byte order mark."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Mapping
from io import TextIOWrapper
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from graph.export.content import LINK_FIELDS, Content, as_text
from graph.model import KIND_OF_ENUM, KINDS

THING_COLUMNS = ("id", "kind", "label", "markings")
LINK_COLUMNS = ("id", "type", "from", "to", *LINK_FIELDS[1:])
# A cell that begins so is a formula to a spreadsheet; numbers and phones with a sign are left as they are.
# Source: OWASP, CSV Injection.
_FORMULA = ("=", "@", "\t", "\r", "+", "-")


def write(content: Content, out: BinaryIO) -> None:
    """Write `<kind>.csv` for each kind that there is, and `links.csv`; a cell that would be a formula gets a `'`."""
    with tempfile.TemporaryDirectory() as folder, ZipFile(out, "w", ZIP_DEFLATED) as archive:
        tables = _Tables(Path(folder))
        for thing in content.things():
            kind = KINDS[KIND_OF_ENUM[thing["kind"]]]
            names = [*THING_COLUMNS, *(held.field for held in kind.properties)]
            tables.put(
                f"{kind.name}.csv", names, {**thing["properties"], **{name: thing[name] for name in THING_COLUMNS}}
            )
        for link in content.links():
            tables.put("links.csv", LINK_COLUMNS, link)
        for file in tables.close():
            archive.write(file, file.name)


class _Tables:
    """Tables that are written beside each other, each to a file of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, TextIOWrapper] = {}

    def put(self, name: str, columns: Iterable[str], row: Mapping[str, Any]) -> None:
        names = list(columns)
        file = self._files.get(name)
        if file is None:
            file = self._files[name] = (self._folder / name).open("w", encoding="utf-8-sig", newline="")
            csv.writer(file).writerow(names)
        csv.writer(file).writerow([cell(row.get(column)) for column in names])

    def close(self) -> list[Path]:
        """The files, whole, by name."""
        for file in self._files.values():
            file.close()
        return [self._folder / name for name in sorted(self._files)]


def cell(value: Any) -> str:  # noqa: ANN401 - any value of a map
    """One value as the text of a cell; what would be a formula gets an apostrophe before it."""
    text = "" if value is None else as_text(value)
    if text.startswith(_FORMULA) and not text[1:].replace(".", "", 1).replace(",", "").isdigit():
        return f"'{text}"
    return text
