"""What is held about a person, for the person: what each source says, their links, words on them, what has left.

Source: Data Protection Act 2018, section 45(2): the data, its origin, its categories, the purposes, the recipients.
A person is all that is one across compartments, as the viewer may see. Other people are not named: whoever was with
them in an event has rights of their own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from graph.answer import EntityView, LinkView, RecordView, iso
from graph.audit import on_record, sought_in_log
from graph.errors import BadInput, NotFound
from graph.open import Graph
from graph.read.dispute import DisputeView, disputes_of_records
from graph.read.entity import entity, groups
from graph.read.link import links, view_of
from graph.read.projection import model_properties
from graph.read.record import DecisionView, decisions_about, record, records_of
from graph.workspace import NoteView, notes_at
from security.audit import AuditLog
from security.audit.subject import Access, disclosures
from security.viewer import Viewer

_PAGE = 500
# What an event or thing is told by: nothing in which others are described, as the text of a report may.
_TOLD = ("type", "reference", "occurred_from", "occurred_to", "outcome", "status", "vrm", "postcode", "value")
_TOLD_OF = {"Address": (*_TOLD, "text"), "Marker": (*_TOLD, "text")}
# What tells somebody's machine that whom they watch was met.
_WATCHING = "webhook"
_OTHERS = "left out; free text of records, reasons and notes may hold some: read it before it is handed over"
_NOT_IN_IT = (
    "what is above the markings that it was written with",
    "whether they are watched, alerts of it that were delivered among it, and which words name them",
    "records of them that their source took back, with the events that only these named: ask for each by its r_ id",
    "who of the force decided, noted or took what: its role where that is on record",
)


@dataclass(frozen=True, slots=True)
class ReviewView:
    """What was said of how long a record is kept: HOLD, RETAIN or DISPOSE, when (epoch), until when, and why."""

    record: str
    verdict: str
    at: int
    until: int | None
    reason: str
    withdrawn_at: int | None


@dataclass(frozen=True, slots=True)
class FormerLink:
    """A link that was superseded or taken back by its source, and when (epoch)."""

    link: LinkView
    until: int


@dataclass(frozen=True, slots=True)
class FormerWord:
    """What a source said of a record, since when and until when (epoch)."""

    says: Mapping[str, Any]
    since: int | None
    until: int | None


@dataclass(frozen=True, slots=True)
class HeldView:
    """A person, everything visible that is held about them, and when something of it was disclosed.

    `members`: the person under each marking, the one asked for among them; nobody where all that was asked for is a
    record that its source took back. `former`, `said_before`: what was so and is kept as history, links and words on
    each record by its id. `above`: how many more disclosures showed what the viewer may not see. `disputes`: what
    stands or stood against each record, by its id. `decisions`, `reviews`: what somebody said of who they are, and of
    how long they are kept. `notes`: what officers noted at them in workspaces.
    """

    subject: str
    members: tuple[EntityView, ...]
    records: tuple[RecordView, ...]
    links: tuple[LinkView, ...]
    former: tuple[FormerLink, ...]
    said_before: Mapping[str, tuple[FormerWord, ...]]
    disclosed: tuple[Access, ...]
    above: int
    disputes: Mapping[str, tuple[DisputeView, ...]]
    decisions: tuple[DecisionView, ...]
    reviews: tuple[ReviewView, ...]
    notes: tuple[NoteView, ...]

    def as_json(self, graph: Graph, viewer: Viewer) -> dict[str, Any]:
        """The report, as it is to be read before it is handed over."""
        own = {view.id for view in self.members}
        records = {record.id for record in self.records}
        return {
            "subject": self.subject,
            "held_as": [{"id": each.id, "marking": _marking(graph, each.mk)} for each in self.members],
            "written_with": viewer.grants.seal,
            "records": [self._record(graph, each) for each in self.records],
            "links": [_link(graph, own, each) for each in self.links],
            "former_links": [_link(graph, own, each.link) | {"superseded": iso(each.until)} for each in self.former],
            "decisions": [_decision(graph, records, each) for each in self.decisions],
            "reviews": [_review(each) for each in self.reviews],
            "notes": [{"workspace": each.id, "saved": iso(each.saved), "note": each.text} for each in self.notes],
            "disclosed": [_disclosure(each) for each in self.disclosed],
            "disclosed_above": self.above,
            "names_of_others": _OTHERS,
            "not_in_it": list(_NOT_IN_IT),
        }

    def _record(self, graph: Graph, record: RecordView) -> dict[str, Any]:
        return {
            "id": record.id,
            "source": graph.catalogue.source(record.source).name,
            "key": record.key,
            "marking": _marking(graph, record.mk),
            "first_held": iso(record.recorded_at),
            "as_of": iso(record.as_of),
            "says": _plain(record.properties),
            "said_before": [_former(each) for each in self.said_before.get(record.id, ())],
            "disputes": [_dispute(each) for each in self.disputes.get(record.id, ())],
        }


def held_about(graph: Graph, viewer: Viewer, log: AuditLog, id_: str) -> HeldView:
    """What is held about a person that the viewer may see, by their id or that of a record of theirs.

    Of a record that its source took back what is kept of it. Raises NotFound, BadInput for what is no person.
    """
    subject, members, records = _whose(graph, viewer, id_)
    ids, own = [record.id for record in records], [view.id for view in members]
    # By whatever id they had when they were shown to somebody, or somebody put them in a workspace.
    sought = sought_in_log(members, ids, id_)
    with on_record():
        told = [*disclosures(log, sought)] if log.book.exists() else []
    told = [each for each in told if each.operation != _WATCHING]
    disclosed = tuple(each for each in told if viewer.grants.shows(each.marking))
    return HeldView(
        subject,
        members,
        records,
        tuple(_links(graph, viewer, members)),
        tuple(FormerLink(view_of(row), row["until"]) for row in _rows(graph, viewer, "subject/former_links", own)),
        _said_before(graph, viewer, ids),
        disclosed,
        len(told) - len(disclosed),
        disputes_of_records(graph, viewer, ids),
        decisions_about(graph, viewer, ids),
        tuple(ReviewView(**row) for row in _rows(graph, viewer, "subject/reviews", ids)),
        notes_at(graph, viewer, sought.ids),
    )


def _whose(graph: Graph, viewer: Viewer, id_: str) -> tuple[str, tuple[EntityView, ...], tuple[RecordView, ...]]:
    """The id, the person under each marking, and all records; of a record that was taken back itself alone."""
    asked = record(graph, viewer, id_)
    if asked is not None and asked.entity is None and asked.kind == "Person":
        return id_, (), (asked,)
    subject = entity(graph, viewer, id_ if asked is None or asked.entity is None else asked.entity)
    if subject is None:
        raise NotFound(f"there is nobody by the id {id_!r}; take one that a search answered, or a record's")
    if subject.kind != "Person":
        raise BadInput(f"{id_!r} is a {subject.kind}: access is a person's right to what is held about them")
    members = _everywhere(graph, viewer, subject)
    by_member = records_of(graph, viewer, [view.id for view in members])
    return subject.id, members, tuple(each for view in members for each in by_member.get(view.id, ()))


def _rows(graph: Graph, viewer: Viewer, name: str, ids: list[str]) -> list[dict[str, Any]]:
    return graph.store.read(viewer, name, ids=ids) if ids else []


def _said_before(graph: Graph, viewer: Viewer, ids: list[str]) -> dict[str, tuple[FormerWord, ...]]:
    found: dict[str, tuple[FormerWord, ...]] = {}
    for row in _rows(graph, viewer, "subject/formerly_said", ids):
        says = model_properties({"kind": "Person", **orjson.loads(row["said"])})
        found[row["record"]] = (*found.get(row["record"], ()), FormerWord(says, row["since"], row["until"]))
    return found


def _everywhere(graph: Graph, viewer: Viewer, subject: EntityView) -> tuple[EntityView, ...]:
    """All that is visibly one with somebody, however long the chain of ties, by id."""
    found = {subject.id: subject}
    wanted = [subject.id]
    while wanted:
        near = {view.id: view for group in groups(graph, viewer, wanted).values() for view in group}
        wanted = [id_ for id_ in near if id_ not in found]
        found = near | found
    return tuple(found[id_] for id_ in sorted(found))


def _links(graph: Graph, viewer: Viewer, members: Iterable[EntityView]) -> Iterator[LinkView]:
    """Each link once; what ties the members to each other says nothing that they do not."""
    seen = set[str]()
    for view in members:
        for link in _links_of(graph, viewer, view.id):
            if link.type != "SAME_IDENTITY" and link.id not in seen:
                seen.add(link.id)
                yield link


def _links_of(graph: Graph, viewer: Viewer, id_: str) -> Iterator[LinkView]:
    after = None
    while True:
        page = links(graph, viewer, id_, first=_PAGE, after=after)
        yield from page.items
        if not page.has_next:
            return
        after = page.cursors[-1]


def _former(word: FormerWord) -> dict[str, Any]:
    return {"says": _plain(word.says), "from": iso(word.since), "until": iso(word.until)}


def _dispute(dispute: DisputeView) -> dict[str, Any]:
    return {
        "right": dispute.right.value,
        "since": iso(dispute.at),
        "until": iso(dispute.closed_at),
        "closed_because": dispute.closed_reason,
        "reference": dispute.reference,
        "reason": dispute.reason,
        "statement": dispute.statement,
        "rectified": dispute.rectified,
    }


def _link(graph: Graph, own: Collection[str], link: LinkView) -> dict[str, Any]:
    other = link.target if link.origin.id in own else link.origin
    told = {"kind": other.kind}
    if other.kind not in ("Person", "Officer"):
        said = _plain(other.properties)
        told |= {"id": other.id, **{name: said[name] for name in _TOLD_OF.get(other.kind, _TOLD) if name in said}}
    return {
        "type": link.type,
        "role": link.role,
        "status": link.status,
        "to": told,
        "from": iso(link.valid_from),
        "until": iso(link.valid_to),
        "source": None if link.source is None else graph.catalogue.source(link.source).name,
        "marking": _marking(graph, link.mk),
    }


def _decision(graph: Graph, records: Collection[str], decision: DecisionView) -> dict[str, Any]:
    """A word on who they are; of whoever else it is about not even an id."""
    return {
        "verdict": decision.verdict,
        "basis": decision.basis,
        "records": [id_ for id_ in (decision.a, decision.b) if id_ in records],
        "at": iso(decision.at),
        "reason": decision.reason,
        "taken_back": iso(decision.retracted_at),
        "taken_back_because": decision.retracted_reason,
        "marking": _marking(graph, decision.mk),
    }


def _review(review: ReviewView) -> dict[str, Any]:
    return {
        "record": review.record,
        "verdict": review.verdict,
        "at": iso(review.at),
        "until": iso(review.until),
        "reason": review.reason,
        "withdrawn": iso(review.withdrawn_at),
    }


def _disclosure(access: Access) -> dict[str, Any]:
    """When and by what, and to whom: the category is the role of whoever took it, where that is on record."""
    return {
        "at": access.at,
        "by": access.operation,
        "to": list(access.recipients),
        "role": access.role,
        "purpose": access.purpose,
        "outcome": list(access.outcome),
    }


def _marking(graph: Graph, mk: int | None) -> str | None:
    return None if mk is None else graph.catalogue.marking(mk).text


def _plain(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Properties as JSON has them."""
    return {name: [*value] if isinstance(value, tuple) else value for name, value in properties.items()}
