"""Import files: nodes and relationships as the CSV that `neo4j-admin database import` reads.

Source: Neo4j operations manual 5, "Import": header types, id spaces, quoting; an unquoted empty field is no property.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
from neo4j.spatial import Point

from graph.errors import LoadError

# No keyboard and no export writes it; a value that has it all the same is refused.
ARRAY_DELIMITER = "\x1f"
_TYPES = {bool: "boolean", int: "long", float: "double", str: "string"}
_POINT = "point{crs:WGS-84}"
Map = Mapping[str, Any]


class ImportFolder:
    """A folder of import files in the making; `arguments` are those of `neo4j-admin` that name them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = 0
        self._multiline = False
        self._named: list[str] = []
        self.nodes_written = 0
        self.links_written = 0

    def nodes(self, labels: str, space: str, rows: Sequence[Map]) -> None:
        """Write nodes of these labels (`Entity:Person`), each a map with an `id` that is unique in its id space."""
        if rows:
            columns = _columns(rows)
            header = [f"id:ID({space})" if name == "id" else f"{name}:{_type(name, columns[name])}" for name in columns]
            self._write(f"--nodes={labels}", header, columns)
            self.nodes_written += len(rows)

    def unnamed(self, labels: str, rows: Sequence[Map]) -> None:
        """Write nodes that nothing is linked to."""
        if rows:
            columns = _columns(rows)
            header = [f"{name}:{_type(name, columns[name])}" for name in columns]
            self._write(f"--nodes={labels}", header, columns)
            self.nodes_written += len(rows)

    def links(self, type_: str, spaces: tuple[str, str], ends: Sequence[tuple[str, str]], rows: Sequence[Map]) -> None:
        """Write relationships of a type: their ends by id, and as many maps of properties."""
        if ends:
            columns = _columns(rows)
            header = [f":START_ID({spaces[0]})", f":END_ID({spaces[1]})"]
            header += [f"{name}:{_type(name, columns[name])}" for name in columns]
            named: dict[str, list[Any]] = {":from": [end[0] for end in ends], ":to": [end[1] for end in ends]}
            self._write(f"--relationships={type_}", header, {**named, **columns})
            self.links_written += len(ends)

    def arguments(self) -> list[str]:
        """What to say behind `neo4j-admin database import full`."""
        return [
            *self._named,
            "--overwrite-destination=true",
            "--id-type=string",
            "--array-delimiter=U+001F",
            "--bad-tolerance=0",
            "--strict=true",
            *(["--multiline-fields=true"] if self._multiline else []),
        ]

    def _write(self, option: str, header: Sequence[str], columns: Mapping[str, list[Any]]) -> None:
        self._number += 1
        head, body = self._folder / f"{self._number:03}-header.csv", self._folder / f"{self._number:03}.csv"
        head.write_text(",".join(f'"{name}"' for name in header) + "\n", "utf-8")
        frame = pl.DataFrame([_series(name, values) for name, values in columns.items()])
        texts = frame.select(pl.col(pl.String).str.contains("\n", literal=True).any())
        self._multiline = self._multiline or any(texts.row(0)) if texts.width else self._multiline
        frame.write_csv(body, include_header=False)
        self._named.append(f"{option}={head},{body}")


def _columns(rows: Iterable[Map]) -> dict[str, list[Any]]:
    """The maps as columns; a property that no map has is none."""
    names: dict[str, None] = {}
    held = list(rows)
    for shape in {tuple(row) for row in held}:
        names.update(dict.fromkeys(shape))
    columns = {name: [row.get(name) for row in held] for name in sorted(names)}
    return {name: values for name, values in columns.items() if any(value is not None for value in values)}


def _type(name: str, values: Iterable[Any]) -> str:
    """The header's type of a column, which the types of its values say; whole numbers among others are fractions."""
    kinds = {type(value) for value in values if value is not None}
    if kinds == {list}:
        return "string[]"
    if len(kinds) == 1 and issubclass(next(iter(kinds)), Point):
        return _POINT
    if kinds == {int, float}:
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


def _joined(name: str, values: Sequence[str]) -> str | None:
    joined = ARRAY_DELIMITER.join(values)
    if joined.count(ARRAY_DELIMITER) != max(len(values) - 1, 0):
        raise LoadError(f"a value of {name} holds the control character U+001F: load without --first")
    return joined or None


def _point(point: Point) -> str:
    longitude, latitude = point
    return f"{{latitude:{latitude!r},longitude:{longitude!r}}}"
