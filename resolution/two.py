"""Two records that somebody asks about together, found by the ids of records or entities; as the viewer may see."""

from __future__ import annotations

from dataclasses import dataclass

from graph.answer import RecordView
from graph.errors import BadInput, Conflict, NotFound
from graph.ids import record_of
from graph.model import RESOLVED
from graph.read.projection import record_view
from graph.store import Transaction
from security.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Two:
    """Two records of one kind, each in an entity; the lesser id first."""

    a: RecordView
    b: RecordView

    @property
    def kind(self) -> str:
        """The kind of both."""
        return self.a.kind

    @property
    def ids(self) -> tuple[str, str]:
        """Their ids."""
        return self.a.id, self.b.id

    @property
    def entities(self) -> list[str]:
        """Where they belong now: one entity or two."""
        return sorted({str(self.a.entity), str(self.b.entity)})


def two(transaction: Transaction, viewer: Viewer, a: str, b: str) -> Two:
    """The two records that these ids name; an entity's id names the record that seeds it, wherever that is now.

    Raises NotFound for what is hidden or absent, BadInput for one record twice, two kinds, or a kind of which nobody
    decides, Conflict where a record's source has taken it back.
    """
    rows = transaction.run("entity/record", ids=[_record_id(a), _record_id(b)], allowed=list(viewer.allowed))
    known = {row["asked"]: record_view(row["node"], row["entity"]) for row in rows}
    found = []
    for name, id_ in (("a", a), ("b", b)):
        view = known.get(_record_id(id_))
        if view is None:
            raise NotFound(f"{name}: there is no record or entity by the id {id_!r}; take one that a search answered")
        if view.kind not in RESOLVED:
            raise BadInput(f"{name}: {id_!r} is a {view.kind}; only of {', '.join(RESOLVED)} is it decided who is whom")
        found.append(view)
    one, other = sorted(found, key=lambda view: view.id)
    if one.id == other.id:
        raise BadInput(f"a and b: {a!r} and {b!r} name one record; name two records, or two entities")
    if one.kind != other.kind:
        raise BadInput(f"a and b: a {found[0].kind} and a {found[1].kind} cannot be one; name two of one kind")
    for view in (one, other):
        if view.entity is None:
            raise Conflict(f"the record {view.id!r} is not among what its source says now; decide on one that is")
    return Two(one, other)


def _record_id(id_: str) -> str:
    return record_of(id_) if id_.startswith("e_") else id_
