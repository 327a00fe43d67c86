"""Import files: nodes and relationships as the CSV that `neo4j-admin database import` reads.

Source: Neo4j operations manual 5, "Import": header types, id spaces, quoting; an unquoted empty field is no property.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
from neo4j.spatial import Point

from graph.errors import LoadError
from graph.model import KINDS
from graph.model.core import ValueType

# No keyboard and no export writes it; a value that has it all the same is refused.
ARRAY_DELIMITER = "\x1f"
_TYPES = {bool: "boolean", int: "long", float: "double", str: "string"}
_POINT = "point{crs:WGS-84}"
# Declared ones are fractions in every file, whatever values it happens to hold.
_FRACTIONS = {one.name for kind in KINDS.values() for one in kind.properties if one.type is ValueType.FLOAT}
Columns = Mapping[str, list[Any]]


class ImportFile(NamedTuple):
    """A written file: the option that takes it, its header and name, how many it holds, whether values have lines."""

    option: str
    header: str
    name: str
    rows: int
    multiline: bool


class ImportPart:
    """Writes some nodes and relationships of a graph in the making; `files` are those it wrote, named by `part`."""

    def __init__(self, folder: Path, part: str) -> None:
        self.files: list[ImportFile] = []
        self._folder = folder
        self._part = part

    def nodes(self, labels: str, space: str | None, columns: Columns) -> None:
        """Write nodes of these labels (`Entity:Person`), by `id` in a space; without one nothing links to them."""
        given = _given(columns)
        if given:
            identity = {"id": f"id:ID({space})"} if space is not None else {}
            header = [identity.get(name) or f"{name}:{_type(name, values)}" for name, values in given.items()]
            self._write(f"--nodes={labels}", header, given)

    def links(self, type_: str, spaces: tuple[str, str], starts: list[str], stops: list[str], columns: Columns) -> None:
        """Write relationships of a type: the ids of their ends, and their properties."""
        if starts:
            given = _given(columns)
            header = [f":START_ID({spaces[0]})", f":END_ID({spaces[1]})"]
            header += [f"{name}:{_type(name, values)}" for name, values in given.items()]
            ends = {":from": starts, ":to": stops}
            self._write(f"--relationships={type_}", header, {**ends, **given})

    def _write(self, option: str, header: Sequence[str], columns: Columns) -> None:
        frame = pl.DataFrame([_series(name, values) for name, values in columns.items()])
        texts = frame.select(pl.col(pl.String).str.contains("\n", literal=True).any())
        name = f"{self._part}-{len(self.files) + 1:03}.csv"
        frame.write_csv(self._folder / name, include_header=False)
        multiline = bool(texts.width and any(texts.row(0)))
        self.files.append(ImportFile(option, ",".join(f'"{each}"' for each in header), name, frame.height, multiline))


class ImportFolder:
    """A folder of import files. `named`: how they are named for `neo4j-admin`, seen from where that command runs."""

    def __init__(self, folder: Path, named: Path) -> None:
        self.folder = folder
        self._named = named
        self._files: list[ImportFile] = []

    def add(self, files: Iterable[ImportFile]) -> None:
        """Take these files into the graph."""
        self._files += files

    @property
    def nodes_written(self) -> int:
        """The number of nodes in all files."""
        return sum(file.rows for file in self._files if file.option.startswith("--nodes"))

    @property
    def links_written(self) -> int:
        """The number of relationships in all files."""
        return sum(file.rows for file in self._files if not file.option.startswith("--nodes"))

    def arguments(self) -> list[str]:
        """What to say behind `neo4j-admin database import full`; writes the headers, one for files that share it."""
        alike: defaultdict[tuple[str, str], list[ImportFile]] = defaultdict(list)
        # Nodes first, as everybody writes the command.
        for file in sorted(self._files, key=lambda one: not one.option.startswith("--nodes")):
            alike[file.option, file.header].append(file)
        options = []
        for number, ((option, header), files) in enumerate(alike.items(), 1):
            head = f"header-{number:03}.csv"
            (self.folder / head).write_text(f"{header}\n", "utf-8")
            names = ",".join(str(self._named / name) for name in (head, *(file.name for file in files)))
            options.append(f"{option}={names}")
        return [
            *options,
            "--overwrite-destination=true",
            "--id-type=string",
            "--array-delimiter=U+001F",
            "--bad-tolerance=0",
            "--strict=true",
            *(["--multiline-fields=true"] if any(file.multiline for file in self._files) else []),
        ]


def columns_of(rows: Sequence[dict[str, Any]]) -> Columns:
    """Maps as columns, a null where one has no such name."""
    alike = set(map(tuple, rows))
    if len(alike) == 1:
        # All at once: the rows of most files have the same names in the same order.
        columns = zip(*map(dict.values, rows), strict=True)
        return dict(sorted(zip(alike.pop(), map(list, columns), strict=True)))
    return {name: [row.get(name) for row in rows] for name in sorted(set().union(*alike))}


def _given(columns: Columns) -> Columns:
    """The columns that hold anything: a property that nobody has is none."""
    return {name: values for name, values in columns.items() if any(value is not None for value in values)}


def _type(name: str, values: Iterable[Any]) -> str:
    """The header's type of a column, which the types of its values say; whole numbers among others are fractions."""
    kinds = set(map(type, values)) - {type(None)}
    if kinds == {list}:
        whole = {type(one) for value in values if value for one in value} == {int}
        return "long[]" if whole else "string[]"
    if len(kinds) == 1 and issubclass(next(iter(kinds)), Point):
        return _POINT
    if kinds <= {int, float} and (name in _FRACTIONS or len(kinds) > 1):
        return "double"
    if len(kinds) != 1 or not kinds <= _TYPES.keys():
        raise LoadError(f"property {name} has values of several types ({sorted(k.__name__ for k in kinds)})")
    return _TYPES[kinds.pop()]


def _series(name: str, values: list[Any]) -> pl.Series:
    first = next(value for value in values if value is not None)
    if isinstance(first, list):
        return pl.Series(name, [None if value is None else _joined(name, value) for value in values], pl.String)
    if isinstance(first, Point):
        return pl.Series(name, [None if value is None else _point(value) for value in values], pl.String)
    return pl.Series(name, values, strict=False) if not isinstance(first, str) else pl.Series(name, values, pl.String)


def _joined(name: str, values: Sequence[object]) -> str | None:
    joined = ARRAY_DELIMITER.join(map(str, values))
    if joined.count(ARRAY_DELIMITER) != max(len(values) - 1, 0):
        raise LoadError(f"a value of {name} holds the control character U+001F: load without --first")
    return joined or None


def _point(point: Point) -> str:
    longitude, latitude = point
    return f"{{latitude:{latitude!r},longitude:{longitude!r}}}"
