"""The canonical dump: the graph as sorted JSON lines that do not depend on the order or way of loading.

No clock, no batch, no local number: markings stand as text, sources by their id. Two graphs of one installation are
equal when their dumps are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson
from neo4j.spatial import Point

from graph.catalogue import Catalogue
from graph.open import Graph

Line = dict[str, Any]
# A row's links name markings by number and are derived again from `raw` by any load; the links themselves are dumped.
# Its stamp is of the text in which it was last read.
_LOCAL = frozenset({"links", "bound", "linked", "dangling", "seq", "born", "stamp"})


def dump(graph: Graph, file: Path) -> int:
    """Write the canonical dump; returns the number of lines."""
    graph.catalogue.refresh()
    sections: tuple[tuple[str, Callable[[Graph], Iterator[Line]]], ...] = (
        ("claim", _claims),
        ("decision", _decisions),
        ("entity", _entities),
        ("full", _fulls),
        ("link", _links),
        ("possible", _possible),
        ("record", _records),
        ("row", _rows),
    )
    total = 0
    with file.open("wb") as out:
        for name, lines in sections:
            texts = sorted(
                orjson.dumps([name, line], option=orjson.OPT_SORT_KEYS, default=_plain) for line in lines(graph)
            )
            out.writelines(text + b"\n" for text in texts)
            total += len(texts)
    return total


def _plain(value: object) -> object:
    if isinstance(value, Point):
        return list(value)
    raise TypeError(f"{type(value).__name__} has no place in a dump")


def _portable(catalogue: Catalogue, properties: Mapping[str, Any]) -> Line:
    """Properties without local numbers."""
    line: Line = {}
    for name, value in properties.items():
        if name == "mk":
            line["marking"] = catalogue.marking(value).text
        elif name == "source":
            line["source"] = catalogue.source(value).id
        elif name.startswith("text_"):
            line["search_text"] = value
        elif name not in _LOCAL:
            line[name] = value
    return line


def _rows(graph: Graph) -> Iterator[Line]:
    for row in graph.store.stream("dump/rows"):
        yield {**_portable(graph.catalogue, row["properties"]), "awaits": sorted(row["awaits"])}


def _fulls(graph: Graph) -> Iterator[Line]:
    for row in graph.store.stream("dump/fulls"):
        yield {**_portable(graph.catalogue, row), "dates": sorted(row["dates"])}


def _claims(graph: Graph) -> Iterator[Line]:
    yield from graph.store.stream("dump/claims")


def _records(graph: Graph) -> Iterator[Line]:
    for row in graph.store.stream("dump/records"):
        yield {**_portable(graph.catalogue, row["properties"]), "entity": row["entity"]}


def _entities(graph: Graph) -> Iterator[Line]:
    for row in graph.store.stream("dump/entities"):
        yield {**_portable(graph.catalogue, row["properties"]), "labels": sorted(row["labels"])}


def _links(graph: Graph) -> Iterator[Line]:
    for row in graph.store.stream("dump/links"):
        yield {
            "type": row["type"],
            "from": row["from"],
            "to": row["to"],
            **_portable(graph.catalogue, row["properties"]),
        }


def _possible(graph: Graph) -> Iterator[Line]:
    for row in graph.store.stream("dump/possible"):
        yield {"from": row["from"], "to": row["to"], **_portable(graph.catalogue, row["properties"])}


def _decisions(graph: Graph) -> Iterator[Line]:
    for row in graph.store.stream("dump/decisions"):
        yield _portable(graph.catalogue, row["properties"])
