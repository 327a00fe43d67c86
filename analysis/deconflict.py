"""Deconfliction: who else asked about a subject in whom somebody has an interest that not everybody may know of.

Told to whoever holds the interest, when they ask. Nothing is asked, kept or answered otherwise for whoever looks: so
neither an answer, nor its cost, nor its time, can tell them that somebody holds their subject too. And what an inquiry
rests on is told to no other: that somebody gave the subject's id is told whatever they were answered; that a check
found the subject, only where the holder might have been answered the same; that other answers held it, never.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from analysis.access import span_of
from graph.answer import EntityView, Truncation
from graph.audit import on_record
from graph.errors import BadInput, NotFound
from graph.ids import entity_of
from graph.open import Graph
from graph.read.entity import entity
from graph.read.page import cut_to, within
from security.audit import AuditLog
from security.audit.subject import Access, Sought, acts
from security.viewer import Viewer

_MOST_DAYS = 366
# The dimension whose values are inquiries, each with people of its own. Of others, as of a force that marks all that
# is its own, everybody holds records: whoever held one could ask who looks at whom.
_INQUIRY = "operation"


@dataclass(frozen=True, slots=True)
class InterestView:
    """What one other user asked about the subject, for one purpose and reference; `last`: as the log says."""

    entity: EntityView
    user: str
    purpose: str | None
    reference: str | None
    looks: int
    last: str


@dataclass(frozen=True, slots=True)
class Interests:
    """The interests of others, those that looked last first."""

    items: tuple[InterestView, ...]
    truncated: Truncation | None


def deconfliction(graph: Graph, viewer: Viewer, log: AuditLog, id_: str, days: int = 90, first: int = 50) -> Interests:
    """Who else asked about a subject of which the viewer holds a record under an operation, in the last days.

    By its id, or by a check that found it and named nothing above what the viewer may see.

    Raises NotFound for what is hidden or absent, BadInput where the viewer holds no such record (who looked at whom is
    else for professional standards alone), Unlogged where the log cannot be read.
    """
    within("windowDays", days, 1, _MOST_DAYS)
    within("first", first, 1, 500)
    subject = entity(graph, viewer, id_)
    if subject is None:
        raise NotFound(f"nothing by the id {id_!r}")
    found = graph.store.read(viewer, "access/interest", id=subject.id)
    mks = {mk for row in found for mk in (row["mk"], *row["mks"]) if mk is not None}
    if not any(name == _INQUIRY for mk in mks for name, _ in graph.catalogue.marking(mk).clauses):
        raise BadInput(f"id: you hold no record of {id_!r} under an operation; who else looks is told to those who do")
    ids = {id_, subject.id, *(each for row in found for each in (row["id"], *row["records"]))}
    ids |= {entity_of(each) for row in found for each in row["records"]}
    since, until = span_of(graph.clock() + 1, days)
    with on_record():
        looks = acts(log, Sought(ids), since, until) if log.book.exists() else []
    told = [look for look in looks if _is_look(look, viewer.user) and _may_be_told(look, ids, viewer)]
    items, truncated = cut_to(_grouped(subject, told), first)
    return Interests(tuple(items), truncated)


def _is_look(look: Access, own: str) -> bool:
    """Whether somebody else asked the API, whatever came of it: who is told must not hang on what they may not see."""
    return look.user != own and look.component == "api"


def _may_be_told(look: Access, ids: Collection[str], viewer: Viewer) -> bool:
    """Whether it tells nothing of what the viewer may not see, be it there or not."""
    return not {*look.asked}.isdisjoint(ids) or (
        not {*look.found}.isdisjoint(ids) and viewer.grants.shows(look.marking)
    )


def _grouped(subject: EntityView, looks: list[Access]) -> list[InterestView]:
    """Newest first, as the looks come."""
    by_why: dict[tuple[str, str | None, str | None], list[Access]] = {}
    for look in looks:
        by_why.setdefault((look.user, look.purpose, look.reference), []).append(look)
    return [InterestView(subject, *why, len(each), each[0].at) for why, each in by_why.items()]
