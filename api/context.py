"""The context of one operation: the graph, the viewer, what was cut, and loaders that read keys together."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from strawberry.types import Info

from analysis.course import Course, in_time
from analysis.kept_events import Kept
from api.alarm import Alarm
from api.limit import Limits
from api.loader import Loader
from graph.answer import EntityView, LinkView, Page, RecordView, Truncation
from graph.audit import Named
from graph.errors import BadInput, TimedOut, TooCostly
from graph.ids import is_id
from graph.open import Graph
from graph.read.dispute import DisputeView, disputes_of_records
from graph.read.entity import degree, entities_by_id
from graph.read.link import Listed, entity_with_links, links
from graph.read.quality import QualityView, quality
from graph.read.record import records_by_id
from graph.read.source import sources
from security.audit import AuditLog
from security.break_glass import BreakGlass
from security.viewer import Viewer

if TYPE_CHECKING:
    from api.compiled import Selections
    from api.jobs import Jobs

T = TypeVar("T")
_NO_GLASS, _NO_ALARM = BreakGlass(Path("none"), ()), Alarm(None)
Question: TypeAlias = Callable[..., T]


class Context:
    """What resolvers of one operation share; made for each operation and thrown away with it."""

    def __init__(
        self,
        graph: Graph,
        viewer: Viewer,
        limits: Limits,
        cost: int,
        log: AuditLog,
        gone: Callable[[], bool] = lambda: False,
        deadline: float | None = None,
        *,
        glass: BreakGlass = _NO_GLASS,
        alarm: Alarm = _NO_ALARM,
        kept: Kept | None = None,
        jobs: Jobs | None = None,
    ) -> None:
        self.graph = graph
        self.log = log
        self.viewer = viewer
        self.limits = limits
        self.cost = cost
        self.glass = glass
        self.alarm = alarm
        self.kept = kept
        self.jobs = jobs
        # What goes on record of a change beside the ids that it names.
        self.details: dict[str, Any] = {}
        self.truncated: list[dict[str, Any]] = []
        self.named = Named()
        self.questions: tuple[str, ...] = ()
        self.selections: Selections | None = None
        self._reads = 0
        self._gone = gone
        self.deadline = time.monotonic() + limits.operation_s if deadline is None else deadline
        self._know_nothing()

    def _know_nothing(self) -> None:
        self._qualities: dict[int, Mapping[int, QualityView]] = {}
        # Lists of links that the selection of an entity asks for, by its id, and those that came with it.
        self.ahead: dict[str, list[Listed]] = {}
        self._pages: dict[tuple[str, Listed], Page[LinkView]] = {}
        self.entities: Loader[EntityView] = Loader(self._entities)
        self.degrees: Loader[int] = Loader(lambda ids: self.ask(degree, ids))
        self.records: Loader[RecordView] = Loader(self._records)
        self.disputes: Loader[tuple[DisputeView, ...]] = Loader(lambda ids: self.ask(disputes_of_records, ids))

    def change(self, change: Question[T], *args: Any) -> T:  # noqa: ANN401 - whatever the change takes
        """What a change of the graph answers; nothing that was read before it is answered after it."""
        changed = self.ask(change, *args)
        viewer = self.viewer
        again = self.graph.catalogue.viewer(viewer.user, viewer.grants, viewer.purpose, viewer.role)
        self.viewer = replace(again, broken=viewer.broken)
        self._know_nothing()
        return changed

    def ask(self, question: Question[T], *args: Any, **named: Any) -> T:  # noqa: ANN401 - whatever the read takes
        """What a read answers for this viewer; raises TooCostly or TimedOut where the operation used up its share."""
        self._reads += 1
        if self._reads > self.limits.database_reads:
            raise TooCostly(
                f"the operation asks the database more than {self.limits.database_reads} times: "
                "nest fewer lists, or ask in several operations"
            )
        self._stay()
        return question(self.graph, self.viewer, *args, **named)

    def course(self) -> Course:
        """The course of long work for this operation: it ends where nobody waits for the answer any more."""

        def check() -> None:
            self._stay()
            in_time()

        return Course(check)

    def _stay(self) -> None:
        if self._gone():
            raise TimedOut("whoever asked is gone")

    def quality(self, failing: int) -> Mapping[int, QualityView]:
        """The quality of every source, judged once however many sources are asked about."""
        if failing not in self._qualities:
            numbers = [status.source.n for status in self.ask(sources)]
            self._qualities[failing] = self.ask(quality, numbers, failing)
        return self._qualities[failing]

    def links(self, entity_id: str, listed: Listed) -> Page[LinkView]:
        """A page of an entity's links, which may have come with it."""
        came = self._pages.get((entity_id, listed))
        return came if came is not None else self.ask(links, entity_id, *listed)

    def _entities(self, ids: list[str]) -> Mapping[str, EntityView]:
        lists = self.ahead.pop(ids[0], None) if len(ids) == 1 and is_id(ids[0], "e_") else None
        if lists is None:
            return self.ask(entities_by_id, ids)
        try:
            view, pages = self.ask(entity_with_links, ids[0], lists)
        except BadInput:
            # Of a list, of which the entity knows nothing: it is said where the list is asked for.
            return self.ask(entities_by_id, ids)
        self._pages.update(((ids[0], listed), page) for listed, page in pages.items())
        return {} if view is None else {ids[0]: view}

    def _records(self, ids: list[str]) -> Mapping[str, RecordView]:
        # Announced here, for all at once: a resolver meets only the records of its own link.
        found = self.ask(records_by_id, ids)
        self.meet_records(found.values())
        return found

    def meet(self, entities: Iterable[EntityView]) -> None:
        """Announce entities of a list."""
        self.degrees.announce([view.id for view in entities])

    def meet_links(self, links: Iterable[LinkView]) -> None:
        """Announce the ends and records of links of a list."""
        for link in links:
            self.degrees.announce((link.origin.id, link.target.id))
            self.records.announce(link.records)

    def meet_records(self, records: Iterable[RecordView]) -> None:
        """Announce the entities of records of a list."""
        found = list(records)
        self.entities.announce([record.entity for record in found if record.entity is not None])
        self.disputes.announce([record.id for record in found])

    def cut(self, field: str, truncated: Truncation | None) -> None:
        """Note that a plain list was cut, if it was; `extensions.truncated` tells."""
        if truncated is not None:
            self.named.add(truncated.entity)
            self.truncated.append(
                {"field": field, "reason": truncated.reason, "suppressed": truncated.suppressed}
                | ({"entity": truncated.entity.id} if truncated.entity is not None else {})
            )

    @property
    def extensions(self) -> Mapping[str, Any]:
        """What the answer's `extensions` say."""
        told = {"marking": self.named.marking(self.graph.catalogue), "truncated": self.truncated}
        cost = {"requested": self.cost, "limit": self.limits.cost}
        return ({"cost": cost} if self.cost else {}) | {name: value for name, value in told.items() if value}


Asked: TypeAlias = Info[Context, None]
