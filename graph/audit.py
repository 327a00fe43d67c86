"""The installation's audit log, and what an answer names: the ids and the marking that go on record with it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from graph.answer import EntityView, LinkView, RecordView
from graph.batch import batched
from graph.catalogue import Catalogue
from graph.errors import BadInput, Unlogged
from graph.ids import entity_of
from graph.model import KINDS
from graph.open import Graph
from graph.read.dispute import DisputeView
from graph.read.profile import WarningView
from graph.read.record import DecisionView
from graph.settings import Settings, secret_in
from graph.workspace import NoteView, WorkspaceView
from security.audit import AuditError, AuditLog, Book, Entry, FileBook, Index, Seal, ServerBook
from security.audit.subject import Sought
from security.marking import high_water

_MANY = 2_000
# What is told over the network, to whoever asks: where the log is they need not know.
_CLOSED = "the audit log cannot be read or written; whoever runs this sees why in the log"
_NAMING = (EntityView, LinkView, RecordView, DecisionView, WarningView, DisputeView, NoteView)


def audit_log(settings: Settings) -> AuditLog:
    """The log of these settings; nothing is opened or made yet. Raises BadInput where they do not go together."""
    file = settings.audit_file
    key = settings.audit_key_file or settings.data_dir / "audit.key"
    checkpoints = settings.audit_checkpoints or file.with_name(f"{file.name}.checkpoints")
    return AuditLog(_book(settings), Seal(key, checkpoints), index=Index(file.with_name(f"{file.name}.index")))


def _book(settings: Settings) -> Book:
    url = settings.audit_url.get_secret_value() if settings.audit_url else ""
    password_file = settings.audit_password_file
    if not url:
        if password_file is not None:
            raise BadInput("POLEGRAPH_AUDIT_PASSWORD_FILE is of no use without POLEGRAPH_AUDIT_URL")
        return FileBook(settings.audit_file)
    if settings.audit_path is not None:
        raise BadInput("POLEGRAPH_AUDIT_PATH and POLEGRAPH_AUDIT_URL: a log is in a file or in PostgreSQL; unset one")
    password = None if password_file is None else secret_in("POLEGRAPH_AUDIT_PASSWORD_FILE", password_file)
    try:
        return ServerBook(url, password, settings.audit_wait_s)
    except AuditError as error:
        raise BadInput(f"POLEGRAPH_AUDIT_URL: {error}") from None


@contextmanager
def on_record() -> Iterator[None]:
    """What the log raises inside becomes Unlogged, which callers know."""
    try:
        yield
    except AuditError as error:
        raise Unlogged(str(error), outward=_CLOSED) from None


def put_on_record(log: AuditLog, *entries: Entry) -> None:
    """Keep entries durably; raises Unlogged where that fails."""
    try:
        log.append(*entries)
    except AuditError as error:
        raise Unlogged(
            f"nothing is answered that cannot be put on record: {error}",
            outward=f"nothing is answered that cannot be put on record: {_CLOSED}",
        ) from None


def check_log(log: AuditLog) -> list[str]:
    """What is wrong with the log, empty where an entry could be kept now and checkpoints are signed; writes to it."""
    return [fault.message for fault in faults_of(log)]


def faults_of(log: AuditLog) -> list[Unlogged]:
    """The same, to be told over the network too."""
    try:
        log.probe()
    except AuditError as error:
        return [Unlogged(f"nothing is answered: {error}", outward=f"nothing is answered: {_CLOSED}")]
    if log.unsealed is None:
        return []
    told = "audit checkpoints are not signed"
    return [Unlogged(f"{told}: {log.unsealed}", outward=f"{told}: whoever runs this sees why in the log")]


def sought_in_log(of: Iterable[EntityView], records: Iterable[str], *asked: str) -> Sought:
    """Whom the log is to be asked about: things and their records, each record by every id it was ever held under."""
    things = list(of)
    ids = {*asked, *(view.id for view in things)}
    for record in records:
        # Before it was joined with others it was the entity of its own id.
        ids |= {record, entity_of(record)}
    return Sought(ids, {name for view in things for name in (view.kind, KINDS[view.kind].enum)})


class Named:
    """What an answer names so far: ids of entities and records, and the numbers of their markings."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._mks: set[int] = set()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids, sorted."""
        return tuple(sorted(self._ids))

    def marking(self, catalogue: Catalogue) -> str | None:
        """The least marking at or above everything named; None where nothing is."""
        if not self._ids:
            return None
        return high_water(catalogue.marking(mk) for mk in self._mks).text

    def add(self, view: Any) -> None:  # noqa: ANN401 - any view, or an id
        """Note a thing, record, link with its ends, decision, workspace, or what stands against a record; or an id."""
        if type(view) is EntityView:
            self._entity(view)
        elif type(view) is LinkView:
            self._mks.add(view.mk)
            self._entity(view.origin)
            self._entity(view.target)
        elif type(view) is RecordView:
            self._mks.add(view.mk)
            self._ids.add(view.id)
            if view.entity is not None:
                self._ids.add(view.entity)
        elif type(view) is DecisionView:
            self._mks.add(view.mk)
            self._ids.update((view.a, view.b))
        elif type(view) in (WarningView, DisputeView):
            self._mks.add(view.mk)
            self.add(view.record)
        elif type(view) in (WorkspaceView, NoteView):
            # Its name and notes are words of somebody who saw all that it named.
            self._mks.update(view.mks)
            self._ids.add(view.id)
        elif type(view) is str:
            self._ids.add(view)
        elif view is not None:
            raise TypeError(f"{type(view).__name__} names nothing: say which of its parts do")

    def add_all(self, views: Iterable[Any]) -> None:
        """Note each of these."""
        for view in views:
            self.add(view)

    def add_known(self, graph: Graph, ids: Sequence[str]) -> None:
        """Note these, each with the marking that the graph has for it."""
        self._ids.update(ids)
        for some in batched(ids, _MANY):
            self._mks.update(row["mk"] for row in graph.store.internal("access/marks", ids=some))

    def add_within(self, value: Any) -> None:  # noqa: ANN401 - whatever a read gave back
        """Note all that `add` knows inside of what a read gave back; texts are no ids."""
        if type(value) in _NAMING:
            self.add(value)
        elif isinstance(value, list | tuple):
            for each in value:
                self.add_within(each)
        elif dataclasses.is_dataclass(value):
            for part in dataclasses.fields(value):
                self.add_within(getattr(value, part.name))

    def _entity(self, view: EntityView) -> None:
        self._ids.add(view.id)
        if view.moved_from is not None:
            self._ids.add(view.moved_from)
        if view.mk is not None:
            self._mks.add(view.mk)
