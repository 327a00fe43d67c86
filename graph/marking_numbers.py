"""Local numbers for markings: declared once, kept in the graph, each with its own full-text index."""

from __future__ import annotations

from collections.abc import Iterable
from typing import LiteralString

from graph.store import Store, Transaction
from security.marking import FLOOR, Marking, parse_marking


def text_index(mk: int) -> str:
    """The name of a marking's full-text index and of the property it covers."""
    return f"text_{int(mk)}"


class MarkingNumbers:
    """Numbers of markings and of their joins; a marking not met before gets the next number and its index."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._number: dict[Marking, int] = {}
        self._marking: dict[int, Marking] = {}
        self._join: dict[tuple[int, int], int] = {}
        self._learn(store.internal("admin/markings"))

    def _learn(self, rows: Iterable[dict[str, object]]) -> None:
        for row in rows:
            marking, mk = parse_marking(str(row["text"])), int(str(row["mk"]))
            self._number[marking] = mk
            self._marking[mk] = marking

    def number(self, marking: Marking) -> int:
        """The local number of a marking."""
        found = self._number.get(marking)
        if found is None:
            self.declare([marking])
            found = self._number[marking]
        return found

    def of_text(self, text: str) -> int:
        """The local number of a marking's text."""
        return self.number(parse_marking(text))

    def marking(self, mk: int) -> Marking:
        """The marking of a local number."""
        return self._marking[mk]

    def join(self, *numbers: int) -> int:
        """The number of the join of these markings."""
        result = numbers[0]
        for other in numbers[1:]:
            pair = (min(result, other), max(result, other))
            if pair[0] != pair[1] and pair not in self._join:
                self._join[pair] = self.number(self._marking[pair[0]].join(self._marking[pair[1]]))
            result = result if pair[0] == pair[1] else self._join[pair]
        return result

    def declare(self, markings: Iterable[Marking]) -> None:
        """Give every one of these markings a number and an index; the floor is always 0."""
        new = sorted({FLOOR, *markings} - self._number.keys(), key=lambda m: (m != FLOOR, m.text))
        if not new:
            return

        def assign(transaction: Transaction) -> list[dict[str, object]]:
            return transaction.run("admin/declare_markings", texts=[marking.text for marking in new])

        self._learn(self._store.write(assign))
        self._store.run_schema(_index_command(self._number[marking]) for marking in new)
        self._store.run_schema(["CALL db.awaitIndexes(60)"])


def _index_command(mk: int) -> LiteralString:
    # An integer cannot carry anything but digits into the text.
    name = text_index(mk)
    return (
        f"CREATE FULLTEXT INDEX {name} IF NOT EXISTS FOR (n:Entity) ON EACH [n.{name}] "
        "OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}}"
    )
