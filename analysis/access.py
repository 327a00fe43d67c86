"""Who has looked at somebody, when and why: for professional standards, by the audit log."""

from __future__ import annotations

from datetime import datetime
from itertools import islice

from analysis.bound import DAY_S
from graph.answer import Page
from graph.audit import on_record, sought_in_log
from graph.errors import NotFound
from graph.open import Graph
from graph.read.entity import entity
from graph.read.page import Window
from security.audit import AuditLog
from security.audit.entry import moment
from security.audit.subject import ALWAYS, NEVER, Access, naming
from security.viewer import Viewer


def access_history(
    graph: Graph,
    viewer: Viewer,
    log: AuditLog,
    id_: str,
    span: tuple[datetime | None, datetime | None] = (None, None),
    window: tuple[int, str | None] = (50, None),
) -> Page[Access]:
    """The entries that name an entity or one of its records, newest first, from the first moment up to the second.

    Raises NotFound for what is hidden or absent, BadInput for a page that is none, Unlogged where the log cannot be
    read.
    """
    subject = entity(graph, viewer, id_)
    if subject is None:
        raise NotFound(f"nothing by the id {id_!r}")
    first, after = window
    page = Window(graph, viewer, f"accessHistory {subject.id} {span}", first, after)
    records = [row["node"]["id"] for row in graph.store.read(viewer, "entity/records_of", ids=[subject.id])]
    sought = sought_in_log([subject], records, id_)
    since, until = (_text(when, default) for when, default in zip(span, (ALWAYS, NEVER), strict=True))
    with on_record():
        found = naming(log, sought, page.position[0] if page.position else None, since, until)
        rows = [{"seq": one.seq, "access": one} for one in islice(found, page.limit)] if log.book.exists() else []
    return page.page(rows, lambda row: row["access"], lambda row: [row["seq"]])


def _text(when: datetime | None, default: str) -> str:
    """A time as entries say it, or a default."""
    return default if when is None else moment(when.timestamp())


def span_of(now: int, days: int) -> tuple[str, str]:
    """The last days up to a moment (epoch), as entries say it."""
    return moment(now - days * DAY_S), moment(now)
