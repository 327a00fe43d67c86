"""Calls between phones: with whom, how often, when, and whom several have in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.answer import EntityView, Truncation
from graph.errors import BadInput, NotFound
from graph.open import Graph
from graph.read.entity import entities_by_id, groups
from graph.read.event import Listed
from graph.read.page import check_first, left_out
from graph.read.projection import entity_view
from graph.read.week import by_hour, zone_of
from security.viewer import Viewer

MOST_SUBJECTS = 20
_HOLDER_KINDS = ("Phone", "Person", "Organisation")


@dataclass(frozen=True, slots=True)
class CallContactView:
    """A phone that was in calls with the subject's: how many, from the subject, seconds, first and last (epoch)."""

    phone: EntityView
    calls: int
    outgoing: int
    seconds: int
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class CallAnalysisView:
    """The calls of a subject's phones.

    `by_hour`: calls begun in each hour of each weekday, Monday first, in the zone; undated ones are in none.
    `contacts`: most calls first, then by id. Numbers as in `CallContactView`.
    """

    subject: EntityView
    phones: tuple[EntityView, ...]
    calls: int
    outgoing: int
    seconds: int
    first: int | None
    last: int | None
    by_hour: tuple[tuple[int, ...], ...]
    contacts: tuple[CallContactView, ...]
    truncated: Truncation | None


@dataclass(frozen=True, slots=True)
class ContactOfView:
    """One of those who have a contact in common: how many calls, first and last (epoch)."""

    subject: EntityView
    calls: int
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class CommonContactView:
    """A phone that was in calls with at least two subjects: all calls, and those of each subject, by id."""

    phone: EntityView
    calls: int
    of: tuple[ContactOfView, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when, epoch seconds; None is no limit, and undated calls pass."""

    since: int | None = None
    until: int | None = None

    def params(self) -> dict[str, int | None]:
        """What the statements take."""
        return {"since": self.since, "until": self.until}


ALWAYS = Span()


def call_analysis(
    graph: Graph,
    viewer: Viewer,
    id: str,  # noqa: A002 - the contract's name
    span: Span = ALWAYS,
    zone: str = "Europe/London",
    first: int = 20,
) -> CallAnalysisView:
    """The calls of a phone, or of all phones that a person's or organisation's group uses.

    Raises NotFound for what is hidden or absent, BadInput for another kind or an unknown zone.
    """
    clock = zone_of(zone)
    (subject,) = _subjects(graph, viewer, [id])
    phones = [phone for phone, _ in _phones(graph, viewer, [subject])]
    hours = graph.store.read(viewer, "call/hours", ids=phones, **span.params()) if phones else []
    given = {"ids": phones, **span.params(), "limit": check_first(first)}
    rows = graph.store.read(viewer, "call/contacts", **given) if phones else []
    views = entities_by_id(graph, viewer, phones)
    return CallAnalysisView(
        subject,
        tuple(views[phone] for phone in phones if phone in views),
        sum(row["calls"] for row in hours),
        sum(row["outgoing"] for row in hours),
        sum(row["seconds"] for row in hours),
        min((row["first"] for row in hours if row["first"] is not None), default=None),
        max((row["last"] for row in hours if row["last"] is not None), default=None),
        by_hour(((row["hour"], row["calls"]) for row in hours if row["hour"] is not None), clock),
        tuple(_contact(row) for row in rows),
        left_out(rows, f"first {first} are shown"),
    )


def common_contacts(
    graph: Graph, viewer: Viewer, ids: Sequence[str], span: Span = ALWAYS, first: int = 20
) -> Listed[CommonContactView]:
    """The phones that were in calls with at least two of these: with most of them first, then most calls, then by id.

    Phones of the subjects themselves are not among them. Raises NotFound and BadInput as `call_analysis`, BadInput for
    fewer than two or more than 20.
    """
    asked = list(dict.fromkeys(ids))
    if not 2 <= len(asked) <= MOST_SUBJECTS:
        raise BadInput(f"ids: {len(asked)} different ones; contacts in common are those of 2 to {MOST_SUBJECTS}")
    subjects = {subject.id: subject for subject in _subjects(graph, viewer, asked)}
    phones = [{"id": phone, "owner": owner} for phone, owner in _phones(graph, viewer, subjects.values())]
    own = sorted({phone["id"] for phone in phones})
    given = {"phones": phones, "ids": own, **span.params(), "limit": check_first(first)}
    rows = graph.store.read(viewer, "call/common", **given) if phones else []
    found = tuple(
        CommonContactView(
            entity_view(row["node"]),
            row["calls"],
            tuple(ContactOfView(subjects[of["owner"]], of["calls"], of["first"], of["last"]) for of in row["owners"]),
        )
        for row in rows
    )
    return Listed(found, left_out(rows, f"first {first} are shown"))


def _subjects(graph: Graph, viewer: Viewer, ids: Sequence[str]) -> list[EntityView]:
    found = entities_by_id(graph, viewer, ids)
    for id_ in ids:
        if id_ not in found:
            raise NotFound(f"id: nothing by the id {id_!r}")
        if found[id_].kind not in _HOLDER_KINDS:
            raise BadInput(f"id: {id_!r} is a {found[id_].kind}; calls are those of a phone, a person, an organisation")
    return [found[id_] for id_ in ids]


def _phones(graph: Graph, viewer: Viewer, subjects: Iterable[EntityView]) -> list[tuple[str, str]]:
    """The phones of subjects' groups, each with the id of the subject; by both."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for owner, group in groups(graph, viewer, [subject.id for subject in subjects]).items():
        for member in group:
            owners[member.id].add(owner)
    rows = graph.store.read(viewer, "call/phones", ids=sorted(owners))
    return sorted({(row["phone"], owner) for row in rows for owner in owners[row["id"]]})


def _contact(row: Mapping[str, Any]) -> CallContactView:
    return CallContactView(
        entity_view(row["node"]), row["calls"], row["outgoing"], row["seconds"], row["first"], row["last"]
    )
