"""Lists of a kind along an index, as text: names from the model alone, every value a parameter.

Each marking is walked for itself, as far as the page needs, and what they give is merged.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, LiteralString

from graph.model import Identity, Kind
from graph.read.condition import Conditions, quoted
from graph.read.sort_key import SortKey, behind, gathered, named, said
from graph.read.where import EntityWhere
from graph.walk_index import WalkIndex, walk_of

TOUCHED = "EXISTS { (n)-[r:!WAS]-() WHERE r.mk IN $allowed }"


class Walk:
    """The things of a kind that pass, in the order of these keys: of the first there is an index, or there is none."""

    def __init__(
        self, kind: Kind, conditions: Conditions, where: EntityWhere | None, keys: Sequence[SortKey] = ()
    ) -> None:
        self._kind = kind
        self._conditions = conditions
        self._where = where
        self._keys = keys
        self._marked = kind.identity is not Identity.VALUE

    @staticmethod
    def can(keys: Sequence[SortKey]) -> bool:
        """Whether there is an index to walk along."""
        return not keys or keys[0].index is not None

    def page(self, position: Sequence[Any] | None) -> LiteralString:
        """The statement of a page of what has a value of the first key, as one record."""
        if position is None:
            return self._merged([self._along(self._index, [], None)])
        if not self._keys:
            return self._merged([self._along(self._index, [self._after_id(position)], None)])
        first, *others = position
        key, by, held = self._keys[0], self._keys[0].expression, self._conditions.param(first)
        if len(self._keys) == 1:
            # The index seeks what comes after the id, too.
            same = self._along(self._index, [f"{by} = {held}", self._after_id(position)], None)
        else:
            rest = behind(self._conditions, self._keys[1:], others)
            same = self._along(self._index, [f"{by} = {held}"], rest)
        beyond = self._along(self._index, [f"{by} {'<' if key.descending else '>'} {held}"], None)
        return self._merged([same, beyond])

    def without(self, position: Sequence[Any] | None) -> LiteralString:
        """The statement of what has no value of the first key, which comes last."""
        by_id, missing = _index(walk_of(self._kind, None)), f"{self._keys[0].expression} IS NULL"
        if position is None:
            return self._merged([self._along(by_id, [missing], None, self._keys[1:])])
        if len(self._keys) == 1:
            return self._merged([self._along(by_id, [missing, self._after_id(position)], None, ())])
        rest = behind(self._conditions, self._keys[1:], position[1:])
        return self._merged([self._along(by_id, [missing], rest, self._keys[1:])])

    def ids(self) -> LiteralString:
        """The statement that lists ids up to `$limit`, the first by id."""
        return f"{self._all([self._along(self._index, [], None)])}\nWITH n.id AS id ORDER BY id LIMIT $limit\nRETURN id"

    def count(self) -> LiteralString:
        """The statement that counts up to `$limit`."""
        each = "UNWIND $allowed AS mk\n" if self._marked else ""
        return f"{each}{self._match(self._index, [])}\nWITH n LIMIT $limit\nRETURN count(n) AS count"

    @property
    def _index(self) -> WalkIndex:
        return _index(self._keys[0].index if self._keys else walk_of(self._kind, None))

    def _after_id(self, position: Sequence[Any]) -> str:
        return f"n.`id` > {self._conditions.param(position[-1])}"

    def _match(self, index: WalkIndex, given: Sequence[str]) -> str:
        """The MATCH of what is visible and passes; the index needs something to be said of each of its properties."""
        own = {"kind": f"n.kind = '{self._kind.name}'", "mk": "n.mk = mk"}
        told = [
            *(own[column] for column in index.columns if column in own),
            *(f"n.{quoted(column)} IS NOT NULL" for column in index.columns if not _told(column, own, given)),
            *given,
            *(() if self._marked else (TOUCHED,)),
            *(() if self._where is None else (self._conditions.tree(self._where),)),
        ]
        columns, label = ", ".join(map(quoted, index.columns)), quoted(index.label)
        return f"MATCH (n:{label}) USING INDEX n:{label}({columns})\nWHERE {' AND '.join(told)}"

    def _along(
        self, index: WalkIndex, given: Sequence[str], rest: str | None, keys: Sequence[SortKey] | None = None
    ) -> str:
        """One way along an index, as far as the page needs."""
        ordered = self._keys if keys is None else keys
        first, others = (ordered[:1], ordered[1:]) if keys is None else ((), ordered)
        # The order that an index has begins with its first property, in the same direction.
        down = " DESC" if first and first[0].descending else ""
        order = ", ".join(
            [
                *(f"n.{column}{down}" for column in index.columns if column in ("kind", "mk")),
                *(key.walked for key in first),
                *(key.order for key in others),
                "n.id",
            ]
        )
        lines = [self._match(index, given), f"WITH n{said(self._keys)}"]
        lines += [f"WHERE {rest}"] if rest is not None else []
        return "\n".join([*lines, f"ORDER BY {order} LIMIT $limit", f"RETURN n{named(self._keys)}"])

    def _all(self, ways: Sequence[str]) -> str:
        joined = "\nUNION ALL\n".join(ways)
        return f"UNWIND $allowed AS mk\nCALL (mk) {{\n{joined}\n}}" if self._marked else f"CALL () {{\n{joined}\n}}"

    def _merged(self, ways: Sequence[str]) -> LiteralString:
        order, columns = ", ".join([*(key.order for key in self._keys), "n.id"]), named(self._keys)
        return f"{self._all(ways)}\nWITH n{columns} ORDER BY {order} LIMIT $limit\nRETURN {gathered(self._keys)}"


def _told(column: str, own: dict[str, str], given: Sequence[str]) -> bool:
    """Whether something is said of a property of an index already."""
    return column in own or any(part.startswith(f"n.{quoted(column)} ") for part in given)


def _index(found: WalkIndex | None) -> WalkIndex:
    if found is None:
        raise ValueError("there is no index in that order")
    return found
