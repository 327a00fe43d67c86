"""The silos read as their mappings say, by a small reader that leaves wrong lines out by their line number."""

import csv
import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import orjson
import polars as pl
import yaml

Row = dict[str, str]
_COLUMN = re.compile(r"\{([^}]*)\}")


@dataclass(frozen=True, slots=True)
class Said:
    """One record of one row, unparsed: the mapping's record entry and the row's cells."""

    source: str
    file: str
    name: str
    kind: str
    key: str
    record: dict[str, Any]
    row: Row

    def cell(self, name: str) -> str:
        """The cell behind a property, where the mapping takes it straight from a column."""
        wanted = self.record.get("properties", {}).get(name, "")
        column = wanted.get("column", "") if isinstance(wanted, dict) else wanted
        return self.row.get(column, "") if column else ""


def mapping(world: Path, silo: str) -> dict[str, Any]:
    """The mapping of a silo, all scalars as text."""
    loaded = yaml.load((world / "mappings" / f"{silo}.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    assert isinstance(loaded, dict)
    return loaded


def bad_lines(world: Path) -> dict[str, set[int]]:
    """The numbers of the wrong lines by file."""
    wrong: dict[str, set[int]] = {}
    with (world / "truth" / "bad_rows.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            wrong.setdefault(row["file"], set()).add(int(row["line"]))
    return wrong


def raw_lines(path: Path) -> list[bytes]:
    """The physical lines of a text file, without their ends."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [line.removesuffix(b"\r") for line in content.split(b"\n")[:-1]]


def good_rows(path: Path, entry: dict[str, Any], wrong: set[int]) -> Iterator[Row]:
    """The rows of a file without its wrong lines, cells as text, missing as empty."""
    if path.suffix == ".parquet":
        frame = pl.read_parquet(path).with_row_index("#line", 1).filter(~pl.col("#line").is_in(sorted(wrong)))
        for cells in frame.drop("#line").iter_rows(named=True):
            yield {name: "" if cell is None else str(cell) for name, cell in cells.items()}
        return
    lines = [line for number, line in enumerate(raw_lines(path), 1) if number not in wrong]
    if path.suffix == ".ndjson":
        for line in lines:
            yield {name: "" if cell is None else str(cell) for name, cell in orjson.loads(line).items()}
        return
    text = b"\n".join(lines).decode(entry.get("encoding", "utf-8"))
    rows = csv.reader(StringIO(text), delimiter=entry.get("delimiter", ","), strict=True)
    columns = entry["columns"] if entry.get("header") == "false" else next(rows)
    for row in rows:
        assert len(row) == len(columns), f"{path.name}: {row}"
        yield dict(zip(columns, row, strict=True))


def filled(template: str, row: Row) -> str:
    """The text of a key template; nothing where one of its columns is empty."""
    names = _COLUMN.findall(template)
    return _COLUMN.sub(lambda match: row[match[1]], template) if all(row[name] for name in names) else ""


def _holds(when: object, row: Row) -> bool:
    if isinstance(when, str):
        return bool(filled(when, row))
    assert isinstance(when, dict)
    cell = row[when["column"]]
    return cell in when["in"] if "in" in when else cell not in when["not_in"]


def said(world: Path, silo: str) -> Iterator[Said]:
    """Every record that the good rows of a silo say, once for each row."""
    document, wrong = mapping(world, silo), bad_lines(world)
    for entry in document["files"]:
        for path in sorted((world / "data").glob(entry["path"])):
            file = path.relative_to(world / "data").as_posix()
            for row in good_rows(path, entry, wrong.get(file, set())):
                for name, record in entry.get("records", {}).items():
                    if "when" not in record or _holds(record["when"], row):
                        key = filled(record.get("key", record.get("value", "")), row)
                        yield Said(document["source"], file, name, record["kind"], key, record, row)
