"""The link graph as the database has it: read whole, or what changed since read again, in collected columns."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import numpy as np

from analysis.denied import NOTHING_FOUND
from analysis.link_graph import KINDS, NO_RECORD, ROLES, LinkGraph, Links, Things, link_graph
from analysis.network import TYPES, UNDATED, UNGRADED
from graph.batch import batched
from graph.feed import moment, named_moment, touched_between
from graph.ids import SHORT, ordered_numbers
from graph.store import Rows, Store

_READERS = 2
# So many things at most come in one record of a graph that is read whole; a page is of ids that begin alike.
_AT_ONCE = 5_000
_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
# More than so many things, and than a tenth of all, are sooner read with everything else.
_PATCH = 5_000
_ASKED = 1_000
_KIND = {name: n for n, name in enumerate(KINDS)}
_TYPE = {name: n for n, name in enumerate(TYPES)}
_ROLE = {name: n for n, name in enumerate(ROLES)}
_NONE = {"none": UNGRADED, "undated": UNDATED}
_THINGS = {"kinds": list(KINDS), "undated": UNDATED, "nothing": list(NOTHING_FOUND)}


def whole(store: Store) -> LinkGraph:
    """The link graph, read whole. What changes meanwhile is in it as it was or as it is: `renewed` puts that right."""
    began = named_moment(store)
    (size,) = store.internal("network/size")
    things, links = pages(store, list(pairwise(bounds(size["things"]))))
    return link_graph(began, Things.joined(things), Links.joined(links))


def pages(store: Store, spans: Sequence[tuple[str, str]]) -> tuple[list[Things], list[Links]]:
    """What lies between each two ids, and the links that start there."""
    between = [{"low": low, "high": high} for low, high in spans]
    kinds = list(KINDS)
    # While one is read by the database, another comes over and is put into columns.
    with ThreadPoolExecutor(_READERS) as readers:
        things = readers.map(lambda each: _things(store.internal("network/things_between", **each, **_THINGS)), between)
        links = readers.map(
            lambda each: _links(store.internal("network/links_between", **each, kinds=kinds, **_NONE)), between
        )
        return list(things), list(links)


def renewed(store: Store, before: LinkGraph) -> LinkGraph | None:
    """A link graph that has what changed since; None where it is sooner read whole.

    What it is of is the moment before it was read: where something changed meanwhile, it is not of the present.
    """
    now = moment(store)
    if now is None:
        return None
    if now == before.moment:
        return before
    ids = touched_between(store, before.moment, now)
    if ids is None or len(ids) > max(_PATCH, before.size // 10):
        return None
    return before.patched(now, ids, *_around(store, ids))


def _around(store: Store, ids: Sequence[str]) -> tuple[Things, Links]:
    """These things, their links, and what these lead to."""
    parts, ends = [], set(ids)
    for some in batched(ids, _ASKED):
        found = store.internal("network/links_of", ids=some, kinds=list(KINDS), **_NONE)
        parts.append(_links(found))
        ends.update(id_ for row in found for id_ in row["ends"])
    things = [
        _things(store.internal("network/things_of", ids=some, **_THINGS)) for some in batched(sorted(ends), _ASKED)
    ]
    # A link between things of two parts is read with each.
    links = Links.joined(parts)
    _, first = np.unique(np.stack([links.row, links.place.astype(np.int64), links.origin]), axis=1, return_index=True)
    once = np.zeros(len(links.row), bool)
    once[first] = True
    return Things.joined(things), links.only(once)


def bounds(things: int) -> list[str]:
    """Between which ids each page is."""
    letters = [""]
    while things / len(letters) > _AT_ONCE and len(letters) < len(_LETTERS) ** 3:
        letters = [before + letter for before in letters for letter in _LETTERS]
    return ["", *(f"e_{each}" for each in letters[1:]), "~"]


def _things(rows: Rows) -> Things:
    (row,) = rows
    return Things(
        np.array(row["ids"], "S22"),
        _numbered(row["kinds"], _KIND),
        np.array(row["mks"], np.int32),
        np.array(row["times"], np.int64),
        np.array(row["fruitless"], bool),
    )


def _links(rows: Rows) -> Links:
    (row,) = rows
    return Links(
        _shorts(row["origins"]),
        _shorts(row["targets"]),
        _numbered(row["types"], _TYPE),
        _numbered(row["roles"], _ROLE),
        np.array(row["mks"], np.int32),
        np.array(row["grades"], np.int16),
        np.array(row["dates"], np.int64),
        _shorts(row["rows"]),
        np.array(row["places"], np.int32),
        _records(row["records"]),
        _records(row["others"]),
    )


def _numbered(names: Sequence[str], number: dict[str, int]) -> np.ndarray[Any, np.dtype[np.int8]]:
    return np.fromiter((number.get(name, 0) for name in names), np.int8, len(names))


def _shorts(shorts: Sequence[str]) -> np.ndarray[Any, np.dtype[np.int64]]:
    return ordered_numbers("".join(shorts))


def _records(shorts: Sequence[str]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The number of each record, -1 for none."""
    found = ordered_numbers("".join(short or "2" * SHORT for short in shorts))
    found[np.fromiter((not short for short in shorts), bool, len(shorts))] = NO_RECORD
    return found
