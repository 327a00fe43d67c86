"""The link graph as the database has it: read whole, or what changed since read again, in collected columns."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from itertools import pairwise, product
from typing import Any

import numpy as np

from analysis.link_column import NO_RECORD, named, packed
from analysis.link_graph import KINDS, ROLES, LinkGraph, Links, Things, link_graph
from analysis.network import TYPES, UNDATED, UNGRADED, Longs
from graph.batch import batched
from graph.feed import moment, named_moment, touched_between
from graph.ids import SHORT, ordered_numbers
from graph.read.denied import NOTHING_FOUND
from graph.store import Rows, Store

_READERS = 2
# So many things or so come in one record of a graph that is read whole, with their links in another. A page costs the
# database 2 ms beside the reading of what is on it.
_AT_ONCE = 10_000
_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
# More than so many things, and than a tenth of all, are sooner read with everything else.
_PATCH = 5_000
_ASKED = 1_000
_KIND = {name: n for n, name in enumerate(KINDS)}
_TYPE = {name: n for n, name in enumerate(TYPES)}
_ROLE = {name: n for n, name in enumerate(ROLES)}
_NONE = {"none": UNGRADED, "undated": UNDATED}
_ENDS = ("origins", "targets")
_NO_LINKS = Links(*(np.zeros(0, np.int64) for _ in fields(Links)))
_THINGS = {"kinds": list(KINDS), "undated": UNDATED, "nothing": NOTHING_FOUND}


def whole(store: Store) -> LinkGraph:
    """The link graph, read whole. What changes meanwhile is in it as it was or as it is: `renewed` puts that right."""
    began = named_moment(store)
    (size,) = store.internal("network/size")
    things, known_by, links = pages(store, list(pairwise(bounds(size["things"]))))
    return link_graph(began, things, links, known_by)


def pages(store: Store, spans: Sequence[tuple[str, str]]) -> tuple[Things, Longs, Links]:
    """What lies between each two ids, by what its links name it, and the links that start there.

    They name things by where the database has them, which costs a third less than to read ids again for each link. It
    may give the place of what is deleted to another thing: both were touched then, and `renewed` reads them again.
    """
    between = [{"low": low, "high": high} for low, high in spans]
    with ThreadPoolExecutor(_READERS) as readers:
        # While some are read by the database, another comes over and is put into columns.
        found = readers.map(lambda each: store.internal("network/things_between", **each, **_THINGS), between)
        things = readers.map(lambda rows: (_things(rows), np.array(rows[0]["places"], np.int64)), found)
        links = readers.map(lambda each: _links(store.internal("network/links_between", **each, **_NONE)), between)
        read, known_by = zip(*things, strict=True)
        return Things.joined(read), np.concatenate(known_by), Links.joined(list(links))


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
    before = np.zeros(0, np.int64)
    for some in batched(ids, _ASKED):
        found = store.internal("network/links_of", ids=some, **_NONE)
        read = _links_by_id(found)
        # A link that leads to a thing of a part before was read with that.
        parts.append(read.only(~(np.isin(read.origin, before) | np.isin(read.target, before))))
        before = np.concatenate([before, named(some)[0]])
        ends.update(id_ for row in found for id_ in row["ends"])
    things = [
        _things(store.internal("network/things_of", ids=some, **_THINGS)) for some in batched(sorted(ends), _ASKED)
    ]
    return Things.joined(things), Links.joined(parts)


def bounds(things: int) -> list[str]:
    """Between which ids each page is."""
    many = min(-(-things // _AT_ONCE), len(_LETTERS) ** 2)
    firsts = [first + second for first, second in product(_LETTERS, _LETTERS)]
    return ["", *(f"e_{firsts[len(firsts) * page // many]}" for page in range(1, many)), "~"]


def _things(rows: Rows) -> Things:
    (row,) = rows
    return Things(
        *named(row["ids"]),
        _numbered(row["kinds"], _KIND),
        np.array(row["mks"], np.int32),
        np.array(row["times"], np.int64),
        np.array(row["fruitless"], bool),
    )


def _links(rows: Rows) -> Links:
    return Links.joined([_NO_LINKS, *(_read(row, *(np.array(row[end], np.int64) for end in _ENDS)) for row in rows)])


def _links_by_id(rows: Rows) -> Links:
    return Links.joined(
        [_NO_LINKS, *(_read(row, *(ordered_numbers("".join(row[end])) for end in _ENDS)) for row in rows)]
    )


def _read(row: dict[str, Any], origins: Longs, targets: Longs) -> Links:
    said = packed(
        np.full(len(origins), _TYPE[row["type"]]),
        np.array(row["grades"], np.int64),
        _numbered(row["roles"], _ROLE),
        np.array(row["mks"], np.int64),
    )
    dated = np.array(row["dates"], np.int64)
    return Links(origins, targets, said, dated, _records(row["records"]), _records(row["others"]))


def _numbered(names: Sequence[str], number: dict[str, int]) -> np.ndarray[Any, np.dtype[np.int8]]:
    return np.fromiter((number.get(name, 0) for name in names), np.int8, len(names))


def _records(shorts: Sequence[str]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The number of each record, -1 for none."""
    found = ordered_numbers("".join(short or "2" * SHORT for short in shorts))
    found[np.fromiter((not short for short in shorts), bool, len(shorts))] = NO_RECORD
    return found
