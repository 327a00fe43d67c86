"""Messages of a source, one row each, taken into the graph by the mapping of its files; answered once they are durable.

A message is a JSON object with the columns of one file entry. It is known by its row key and content as a delivered row
is: sent again it changes nothing, changed it replaces what it said before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

import orjson

from graph.errors import BadInput, LoadError
from graph.marking_numbers import StoredMarkings
from graph.open import Graph
from graph.store import Transaction
from loaders import rehearsal
from loaders.batch import Fulls
from loaders.check import Checker
from loaders.check_label import unread_marking
from loaders.encode import EncodedRow, Encoder
from loaders.hold import patiently
from loaders.mapping import FileMapping, SourceMapping
from loaders.mapping.document import hint_for
from loaders.present import source_number
from loaders.reader_object import object_of
from loaders.reader_table import MISSING, Table, dig
from loaders.row import Code, Reject
from loaders.settle import settle, settle_within, silent
from loaders.stored import Place
from loaders.writer import write_within

_DELIVERY = "intake"
_SHOWN = 200
_FEW = 6


class Outcome(StrEnum):
    """What became of a message."""

    LOADED = "loaded"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Message:
    """A message: the object that was sent, None for bytes that are none, and what stood there."""

    number: int
    fields: Mapping[str, Any] | None
    raw: bytes


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one message, by its number; of a rejected one the column, code and reason."""

    number: int
    outcome: Outcome
    key: str | None = None
    column: str | None = None
    code: str | None = None
    reason: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The receipt without what it does not say."""
        told = {
            "message": self.number,
            "outcome": self.outcome.value,
            "key": self.key,
            "column": self.column,
            "code": self.code,
            "reason": self.reason,
        }
        return {name: value for name, value in told.items() if value is not None}


def messages(lines: Iterable[bytes], first: int = 1) -> list[Message]:
    """The messages of lines of NDJSON, numbered from `first`; empty lines are none."""
    found = []
    for number, line in enumerate(lines, first):
        if line.strip():
            found.append(Message(number, _object(line), line.rstrip(b"\r\n")))
    return found


def as_messages(body: bytes, most: int) -> list[Message]:
    """The messages of a body: one JSON object, an array of them, or NDJSON; BadInput for none, or more than `most`."""
    try:
        whole = orjson.loads(body)
        raws = list(map(orjson.dumps, whole if isinstance(whole, list) else [whole]))
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        found = messages(body.splitlines())
    else:
        found = [Message(at, _object(raw), raw) for at, raw in enumerate(raws, 1)]
    if not 1 <= len(found) <= most:
        raise BadInput(f"{len(found):,} messages: send 1 to {most:,} at a time")
    return found


def _object(line: bytes) -> Mapping[str, Any] | None:
    try:
        return object_of(line.decode("utf-8"))[0]
    except UnicodeDecodeError:
        return None


class _TakenBackError(Exception):
    """Ends a transaction whose changes are not wanted."""


class Intake:
    """Takes messages of the sources that mappings describe; one caller at a time."""

    def __init__(self, graph: Graph, mappings: Sequence[SourceMapping], patience_s: float = 0.0) -> None:
        self._graph = graph
        self._patience_s = patience_s
        self._sources = {mapping.source: mapping for mapping in mappings}
        self._numbers: dict[str, int] = {}
        self._stored: StoredMarkings | None = None
        self._encoders: dict[tuple[str, str], Encoder] = {}

    @property
    def _markings(self) -> StoredMarkings:
        # Read when the first message comes: whoever serves may begin before the database does.
        if self._stored is None:
            self._stored = StoredMarkings(self._graph.store)
        return self._stored

    def entry(self, source: str, path: str | None) -> FileMapping:
        """The file entry whose columns the messages have; `path` as in the mapping, needed where it has several.

        Raises BadInput with the right names where there is none such.
        """
        mapping = self._sources.get(source)
        if mapping is None:
            raise BadInput(f"source {source!r} has no mapping here{hint_for(source, set(self._sources))}")
        found = {entry.path: entry for entry in mapping.files}
        if path is None and len(found) == 1:
            return mapping.files[0]
        if path is None:
            raise BadInput(f"source {source!r} has several files: say which the messages are rows of ({_list(found)})")
        if path not in found:
            raise BadInput(f"source {source!r} has no file {path!r}{hint_for(path, set(found))}; it has {_list(found)}")
        return found[path]

    def take(
        self, source: str, entry: FileMapping, sent: Sequence[Message], *, as_of: int | None, today: int
    ) -> list[Receipt]:
        """What became of each message, in their order; all that is loaded is committed, resolved and linked.

        `as_of`: when they were true at their source, for rows that do not say it; `today` for two-digit years.
        """
        work = partial(self._take, source, entry, sent, as_of, today)
        return patiently(self._graph, work, self._patience_s, silent)

    def _take(
        self, source: str, entry: FileMapping, sent: Sequence[Message], as_of: int | None, today: int
    ) -> list[Receipt]:
        checked = Checker(entry, as_of=as_of, today=today, ids=self._graph.ids).check(_taken_apart(entry, sent))
        rows = self._encoder(source, entry).encode(checked.rows)
        number = self._number(source)
        counted = self._counted(number, rows, checked.rejects, entry)

        def work(transaction: Transaction) -> tuple[list[Receipt], bool]:
            return self._through(transaction, number, entry.path, rows, counted)

        receipts, settled = self._markings.within(lambda: self._graph.store.write(work))
        if not settled:
            settle(self._graph, self._markings, progress=silent)
        receipts += [_rejected(reject) for reject in checked.rejects]
        return sorted(receipts, key=lambda receipt: receipt.number)

    def rehearse(self) -> None:
        """Take made-up messages and take them back: a database that has just started needs seconds to plan the first.

        Leaves nothing behind. It is worth to do it `rehearsal.ROUNDS` times, as long as nobody waits.
        """
        encoder = Encoder(self._graph.ids, self._markings, rehearsal.SOURCE, rehearsal.SOURCE)

        def work(transaction: Transaction) -> None:
            for times in range(rehearsal.TIMES):
                rows = encoder.encode(rehearsal.made_up(times))
                self._through(transaction, -1, rehearsal.SOURCE, rows, [])
            raise _TakenBackError

        with suppress(_TakenBackError):
            self._markings.within(lambda: self._graph.store.write(work))

    def _through(
        self, transaction: Transaction, number: int, path: str, rows: list[EncodedRow], counted: list[dict[str, int]]
    ) -> tuple[list[Receipt], bool]:
        """What became of the rows, and whether all is settled, all in this transaction."""
        found = self._write(transaction, number, path, rows) if rows else []
        settled = not rows or settle_within(self._graph, transaction, self._markings)
        transaction.run("load/status", rows=counted)
        return found, settled

    def _encoder(self, source: str, entry: FileMapping) -> Encoder:
        made = self._encoders.get((source, entry.path))
        if made is None:
            made = self._encoders[source, entry.path] = Encoder(self._graph.ids, self._markings, source, entry.path)
        return made

    def _write(self, transaction: Transaction, number: int, path: str, rows: list[EncodedRow]) -> list[Receipt]:
        """Write the rows together; one by one where one of them may not be written, so that the others are."""
        (outset,) = transaction.run("load/outset", source=number, file=path)
        self._markings.learn(dict(outset["markings"]))
        place = Place(number, path, _DELIVERY, fulls=Fulls(sorted(outset["fulls"])))
        try:
            done = write_within(self._graph, transaction, place, rows, outset["seq"])
        except LoadError as error:
            if len(rows) > 1:
                return [receipt for row in rows for receipt in self._write(transaction, number, path, [row])]
            (row,) = rows
            return [Receipt(row.line, Outcome.REJECTED, row.key, None, Code.UNDATED_CHANGE, error.message)]
        return [Receipt(row.line, Outcome.LOADED if row.id in done.new else Outcome.UNCHANGED, row.key) for row in rows]

    def _number(self, source: str) -> int:
        if source not in self._numbers:
            self._numbers[source] = source_number(self._graph.store, self._sources[source])
        return self._numbers[source]

    def _counted(
        self, number: int, rows: Iterable[EncodedRow], rejects: Iterable[Reject], entry: FileMapping
    ) -> list[dict[str, int]]:
        """When the source was last heard of and what was rejected, under each marking."""
        told = Counter({row.mk: 0 for row in rows})
        told.update(self._markings.of_text(reject.marking or unread_marking(entry)) for reject in rejects)
        at = self._graph.clock()
        return [{"source": number, "mk": mk, "rejected": count, "at": at} for mk, count in told.items()]


def _taken_apart(entry: FileMapping, sent: Sequence[Message]) -> Table:
    """The messages as a table; those that are no objects, or have no column that the mapping names, are its rejects."""
    table = Table(_DELIVERY, entry.layout, "utf-8", {})
    for message in sent:
        if message.fields is None:
            table.rejects.append(
                _reject(message, Code.BAD_JSON, "this message is no JSON object, or one with a NUL or too deep")
            )
        elif entry.columns and all(dig(message.fields, name, missing=True) is MISSING for name in entry.columns):
            named = ", ".join(sorted(entry.columns)[:_FEW])
            reason = f"the message has no column that the mapping names ({named}, ...)"
            table.rejects.append(_reject(message, Code.NO_KNOWN_COLUMN, reason))
        else:
            table.lines.append(message.number)
            table.rows.append(dict(message.fields))
            table.texts.append(message.raw.decode("utf-8", "replace"))
    return table


def _reject(message: Message, code: Code, reason: str) -> Reject:
    return Reject(message.number, None, code, reason, message.raw.decode("utf-8", "replace")[:_SHOWN], message.raw)


def _rejected(reject: Reject) -> Receipt:
    return Receipt(reject.line, Outcome.REJECTED, None, reject.column, reject.code, reject.reason)


def _list(names: Iterable[str]) -> str:
    return ", ".join(repr(name) for name in names)
