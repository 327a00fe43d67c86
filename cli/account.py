"""What commands put on record: a read before it is printed; an act when it begins, and how it ended."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from cli.session import COMPONENT, account_name, opened, purpose_of, viewer_of
from graph.audit import Named, audit_log, put_on_record
from graph.errors import PolegraphError, Unlogged
from graph.ids import is_any_id
from graph.open import Graph
from graph.settings import Settings, load_settings
from security.audit import Act, AuditLog, Entry
from security.audit.entry import BEGUN
from security.marking import Marking
from security.viewer import Viewer

T = TypeVar("T")
_INTERRUPTED = "INTERRUPTED"


def entry_of(act: Act, operation: str, asked: Iterable[str] = ()) -> Entry:
    """The entry of a command that this user of the machine gave; of what they asked for only what is an id."""
    ids = tuple(sorted(filter(is_any_id, asked)))
    return Entry(act, account_name(), operation, uuid.uuid4().hex, COMPONENT, asked=ids)


@dataclass(frozen=True, slots=True)
class Consultation:
    """A question of a command: the graph, who looks, and `answer` for whatever is then printed."""

    graph: Graph
    viewer: Viewer
    log: AuditLog
    entry: Entry

    def answer(self, found: T, ids: Iterable[str] = ()) -> T:
        """What was found, once it is on record with everything that it names, and these ids. Raises Unlogged."""
        named, others = Named(), list(ids)
        named.add_within(found)
        named.add_known(self.graph, others)
        marking = named.marking(self.graph.catalogue)
        put_on_record(self.log, replace(self.entry, purpose=self.viewer.purpose, ids=named.ids, marking=marking))
        return found


@contextmanager
def consulting(
    operation: str, markings: str | None = None, purpose: str | None = None, asked: Iterable[str] = ()
) -> Iterator[Consultation]:
    """A question of a command about the installation's graph; one that is refused is on record too."""
    settings = load_settings()
    entry = entry_of(Act.CONSULTATION, operation, asked)
    with closing(audit_log(settings)) as log, opened(settings) as graph:
        try:
            viewer = viewer_of(graph, markings, purpose)
            yield Consultation(graph, viewer, log, entry)
        except Unlogged:
            raise
        except PolegraphError as error:
            put_on_record(log, replace(entry, act=Act.REFUSAL, outcome=(error.code,)))
            raise


@dataclass(slots=True)
class Acting:
    """An act under way; `details` are told with how it ended, and what it named, and how that is marked."""

    log: AuditLog
    entry: Entry
    details: dict[str, Any] = field(default_factory=dict)
    _named: Named = field(default_factory=Named)

    def add(self, graph: Graph, found: object) -> None:
        """Note everything that something names, with its marking, for how it ends."""
        self._named.add_within(found)
        self.entry = replace(self.entry, ids=self._named.ids, marking=self._named.marking(graph.catalogue))

    def add_ids(self, ids: Iterable[str], marking: Marking | None = None) -> None:
        """Note these, and how they are marked where that is known."""
        self._named.add_all(ids)
        text = self.entry.marking if marking is None else marking.text
        self.entry = replace(self.entry, ids=self._named.ids, marking=text)

    def name(self, graph: Graph, found: T) -> T:
        """What was found, once it is on record with everything that it names: before it leaves. Raises Unlogged."""
        self.add(graph, found)
        put_on_record(self.log, replace(self.entry, outcome=(BEGUN,)))
        return found

    def take_all(self, marking: str) -> None:
        """Put on record that all there is leaves, of what the details say, up to a marking. Raises Unlogged."""
        self.reach(marking)
        put_on_record(self.log, replace(self.entry, outcome=(BEGUN,)))

    def reach(self, marking: str) -> None:
        """Note up to which marking all that left was, for how it ends."""
        self.entry = replace(self.entry, whole=True, marking=marking)

    def note(self, details: Mapping[str, Any]) -> None:
        """Put a part of it on record. Raises Unlogged."""
        put_on_record(self.log, replace(self.entry, details=details))


@contextmanager
def acting(
    settings: Settings,
    act: Act,
    operation: str,
    *,
    asked: Iterable[str] = (),
    purpose: str | None = None,
    whole: bool = False,
    to: str | None = None,
    **details: object,
) -> Iterator[Acting]:
    """Put on record that an act begins, and how it ended. Nothing is done that cannot be: raises Unlogged before.

    `whole`: all data there is, `to`: where it goes.
    """
    entry = replace(
        entry_of(act, operation, asked),
        purpose=purpose_of(purpose),
        whole=whole,
        recipients=() if to is None else (to,),
        details=details,
    )
    with closing(audit_log(settings)) as log:
        under_way = Acting(log, entry, dict(details))
        put_on_record(log, replace(entry, outcome=(BEGUN,)))
        # Signed, and three file handles given back for as long as the act takes.
        log.close()
        try:
            yield under_way
        except BaseException as error:
            code = error.code if isinstance(error, PolegraphError) else _INTERRUPTED
            # What went wrong is told first; without this entry the one above says that the act did not come to its end.
            with suppress(Unlogged):
                put_on_record(log, replace(under_way.entry, outcome=(code,), details=under_way.details))
            raise
        put_on_record(log, replace(under_way.entry, details=under_way.details))
