"""What is held about a person, for the person: what each source says, their links, what has left.

Source: Data Protection Act 2018, section 45(2): the data, its origin, its categories, the purposes, the recipients.
Other people are not named: whoever was with them in an event has rights of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph.answer import EntityView, LinkView, RecordView, iso
from graph.audit import on_record
from graph.errors import BadInput, NotFound
from graph.ids import entity_of
from graph.open import Graph
from graph.read.dispute import DisputeView, disputes_of_records
from graph.read.entity import entity
from graph.read.link import links
from graph.read.record import records_of
from graph.workspace import NoteView, notes_at
from security.audit import Act, AuditLog
from security.audit.subject import naming
from security.viewer import Viewer

_PAGE = 500
_ALWAYS, _NEVER = "0001-01-01", "9999-12-31"
# What an event or thing is told by: nothing in which others are described.
_TOLD = ("type", "reference", "occurred_from", "occurred_to", "outcome", "status", "vrm", "text", "postcode", "value")


@dataclass(frozen=True, slots=True)
class HeldView:
    """A person, everything visible that is held about them, and when something of it was disclosed (date, what).

    `disputes`: what stands or stood against each record, by its id. `notes`: what officers noted at them in workspaces.
    """

    subject: EntityView
    records: tuple[RecordView, ...]
    links: tuple[LinkView, ...]
    disclosed: tuple[tuple[str, str], ...]
    disputes: Mapping[str, tuple[DisputeView, ...]]
    notes: tuple[NoteView, ...]

    def as_json(self, graph: Graph) -> dict[str, Any]:
        """The report, as it is to be read before it is handed over."""
        return {
            "subject": self.subject.id,
            "records": [_record(graph, each, self.disputes.get(each.id, ())) for each in self.records],
            "links": [_link(graph, self.subject.id, each) for each in self.links],
            "notes": [{"workspace": each.id, "saved": iso(each.saved), "note": each.text} for each in self.notes],
            "disclosed": [{"at": at, "by": operation} for at, operation in self.disclosed],
            "names_of_others": "left out; free text of the records may hold some: read it before it is handed over",
        }


def held_about(graph: Graph, viewer: Viewer, log: AuditLog, id_: str) -> HeldView:
    """What is held about a person that the viewer may see; raises NotFound, BadInput for what is no person."""
    subject = entity(graph, viewer, id_)
    if subject is None:
        raise NotFound(f"there is nobody by the id {id_!r}; take one that a search answered")
    if subject.kind != "Person":
        raise BadInput(f"{id_!r} is a {subject.kind}: access is a person's right to what is held about them")
    records = records_of(graph, viewer, [subject.id]).get(subject.id, ())
    ids = {id_, subject.id, *(record.id for record in records)}
    with on_record():
        looks = list(naming(log, ids, None, _ALWAYS, _NEVER)) if log.book.exists() else []
    disclosed = tuple((look.at, look.operation) for look in looks if look.act == Act.DISCLOSURE)
    disputes = disputes_of_records(graph, viewer, [record.id for record in records])
    # By whatever id they had when somebody put them there.
    notes = notes_at(graph, viewer, {*ids, *(entity_of(record.id) for record in records)})
    return HeldView(subject, records, tuple(_links(graph, viewer, subject.id)), disclosed, disputes, notes)


def _links(graph: Graph, viewer: Viewer, id_: str) -> Iterator[LinkView]:
    after = None
    while True:
        page = links(graph, viewer, id_, first=_PAGE, after=after)
        yield from page.items
        if not page.has_next:
            return
        after = page.cursors[-1]


def _record(graph: Graph, record: RecordView, disputes: Iterable[DisputeView]) -> dict[str, Any]:
    return {
        "id": record.id,
        "source": graph.catalogue.source(record.source).name,
        "key": record.key,
        "marking": graph.catalogue.marking(record.mk).text,
        "first_held": iso(record.recorded_at),
        "as_of": iso(record.as_of),
        "says": _plain(record.properties),
        "disputes": [_dispute(each) for each in disputes],
    }


def _dispute(dispute: DisputeView) -> dict[str, Any]:
    return {
        "right": dispute.right.value,
        "since": iso(dispute.at),
        "until": iso(dispute.closed_at),
        "reference": dispute.reference,
        "reason": dispute.reason,
        "statement": dispute.statement,
        "rectified": dispute.rectified,
    }


def _link(graph: Graph, subject: str, link: LinkView) -> dict[str, Any]:
    other = link.target if link.origin.id == subject else link.origin
    told = {"kind": other.kind}
    if other.kind not in ("Person", "Officer"):
        said = _plain(other.properties)
        told |= {"id": other.id, **{name: said[name] for name in _TOLD if name in said}}
    return {
        "type": link.type,
        "role": link.role,
        "status": link.status,
        "to": told,
        "from": iso(link.valid_from),
        "until": iso(link.valid_to),
        "source": None if link.source is None else graph.catalogue.source(link.source).name,
        "marking": graph.catalogue.marking(link.mk).text,
    }


def _plain(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Properties as JSON has them."""
    return {name: [*value] if isinstance(value, tuple) else value for name, value in properties.items()}
