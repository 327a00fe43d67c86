"""Local numbers for markings: declared once, kept in the graph, each with its own full-text index."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from typing import Any, LiteralString, TypeVar

from graph.store import Store, Transaction
from security.marking import FLOOR, Marking, parse_marking

T = TypeVar("T")


def text_index(mk: int) -> str:
    """The name of a marking's full-text index and of the property it covers."""
    return f"text_{int(mk)}"


class MarkingNumbers:
    """Numbers of markings and of their joins, given here in the order of asking; the floor is always 0."""

    def __init__(self) -> None:
        self._number: dict[Marking, int] = {}
        self._marking: dict[int, Marking] = {}
        self._join: dict[tuple[int, int], int] = {}
        self._of_text: dict[str, int] = {}

    def number(self, marking: Marking) -> int:
        """The local number of a marking; one not met before gets the next."""
        found = self._number.get(marking)
        if found is None:
            self.declare([marking])
            found = self._number[marking]
        return found

    def of_text(self, text: str) -> int:
        """The local number of a marking's text."""
        found = self._of_text.get(text)
        if found is None:
            found = self._of_text[text] = self.number(parse_marking(text))
        return found

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
        """Give every one of these markings a number."""
        new = sorted({FLOOR, *markings} - self._number.keys(), key=lambda m: (m != FLOOR, m.text))
        if new:
            self.learn(self._assign([marking.text for marking in new]))

    def texts(self) -> dict[int, str]:
        """The text of every marking that has a number."""
        return {mk: marking.text for mk, marking in self._marking.items()}

    def learn(self, texts: Mapping[int, str]) -> None:
        """Take over numbers that were given elsewhere."""
        for mk, text in texts.items():
            marking = parse_marking(text)
            self._number[marking] = mk
            self._marking[mk] = marking

    def within(self, work: Callable[[], T]) -> T:
        """What `work` returns, a transaction that holds the writer's lock; it may be run again."""
        return work()

    def _assign(self, texts: list[str]) -> Mapping[int, str]:
        return dict(enumerate(texts, start=len(self._marking)))


class _UnknownMarkingError(Exception):
    """A transaction that holds the writer's lock needs markings that have no number yet."""

    def __init__(self, texts: list[str]) -> None:
        super().__init__(", ".join(texts))
        self.texts = texts


class StoredMarkings(MarkingNumbers):
    """The numbers that a graph keeps; a marking not met before gets the next one and its full-text index."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._locked = False
        self.learn(_texts(store.internal("admin/markings")))

    def refresh(self) -> None:
        """Learn the numbers that others have given since."""
        self.learn(_texts(self._store.internal("admin/markings")))

    def missing_indexes(self, present: Container[str]) -> list[LiteralString]:
        """The commands that make the full-text indexes which are not among the present ones."""
        return [_index_command(mk) for mk in self._marking if text_index(mk) not in present]

    def within(self, work: Callable[[], T]) -> T:
        """What `work` returns, a transaction that holds the writer's lock.

        A new marking takes that lock itself, so what needs one is given up, and done again when it has its number.
        """
        while True:
            self._locked = True
            try:
                return work()
            except _UnknownMarkingError as unknown:
                texts = unknown.texts
            finally:
                self._locked = False
            self.declare(parse_marking(text) for text in texts)

    def _assign(self, texts: list[str]) -> Mapping[int, str]:
        if self._locked:
            raise _UnknownMarkingError(texts)

        def assign(transaction: Transaction) -> list[dict[str, Any]]:
            return transaction.run("admin/declare_markings", texts=texts)

        declared = _texts(self._store.write(assign))
        self._store.run_schema(_index_command(mk) for mk in declared)
        self._store.run_schema(["CALL db.awaitIndexes(60)"])
        return declared


def _texts(rows: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    return {int(row["mk"]): str(row["text"]) for row in rows}


def _index_command(mk: int) -> LiteralString:
    # An integer cannot carry anything but digits into the text.
    name = text_index(mk)
    return (
        f"CREATE FULLTEXT INDEX {name} IF NOT EXISTS FOR (n:Entity) ON EACH [n.{name}] "
        "OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}}"
    )
