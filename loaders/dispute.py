"""What somebody says against a record about them: written down beside it, ended, and gone with the record."""

from __future__ import annotations

from typing import Any

from graph.answer import LinkView, RecordView
from graph.errors import BadInput, NotFound
from graph.open import Graph
from graph.read.dispute import DataRight, DisputeView, dispute_view
from graph.read.record import record
from graph.store import Transaction
from security.viewer import Viewer

LONGEST_REASON, LONGEST_STATEMENT, LONGEST_REFERENCE = 2_000, 10_000, 200


def dispute(
    graph: Graph,
    viewer: Viewer,
    record_id: str,
    right: DataRight,
    reason: str,
    statement: str | None = None,
    reference: str | None = None,
) -> DisputeView:
    """Write down what stands against a record, whatever is asked for; nothing that the record says changes.

    `statement`: the person's own, for what is not rectified. Raises NotFound for a record that is hidden or absent,
    BadInput for a text that is empty or too long, and for RECTIFIED, which rectifying writes down.
    """
    if right is DataRight.RECTIFIED:
        raise BadInput("right: RECTIFIED is written down by `polegraph record rectify`; say DISPUTED or RESTRICTED")
    said = {
        "right": right.value,
        "reason": text_of("reason", reason, LONGEST_REASON),
        "statement": _optional("statement", statement, LONGEST_STATEMENT),
        "reference": _optional("reference", reference, LONGEST_REFERENCE),
    }
    found = record(graph, viewer, record_id)
    if found is None:
        raise NotFound(f"record: there is none by the id {record_id!r}; `records` of an entity answers with them")
    return put(graph, found, viewer.user, said)


def put_of_link(graph: Graph, viewer: Viewer, of: LinkView, said: dict[str, str | None]) -> list[DisputeView]:
    """Write down at both ends of a link, as far as they are records that are there, what was done with it.

    Seen by whoever might see the link, and gone with either end.
    """
    found = [each for id_ in of.records if (each := record(graph, viewer, id_)) is not None]
    others = {id_: next((other for other in of.records if other != id_), None) for id_ in of.records}
    return [put(graph, each, viewer.user, said, of.mk, others[each.id]) for each in found]


def put(
    graph: Graph,
    about: RecordView,
    by: str,
    said: dict[str, str | None],
    mk: int | None = None,
    other: str | None = None,
) -> DisputeView:
    """Write it down as it is. `mk`: seen by who sees that too; `other`: the record that it goes with, too."""
    stored = {"record": about.id, "by": by, "at": graph.clock(), **said, "mk": mk, "other": other}

    def write(transaction: Transaction) -> dict[str, Any]:
        transaction.run("load/lock")
        # By what it says and by how many there are: whoever may not see other records learns nothing of them by it.
        (known,) = transaction.run("dispute/count", record=about.id, mk=mk)
        what: tuple[str, ...] = (about.id, str(said["right"]), str(stored["at"]), str(known["disputes"]))
        what += () if mk is None else (graph.catalogue.marking(mk).text,)
        noted = stored | {"id": graph.ids.dispute(*what)}
        transaction.run("dispute/append", dispute=noted)
        return noted

    return dispute_view(graph.store.write(write), about.mk if mk is None else mk)


def close(graph: Graph, viewer: Viewer, id_: str, reason: str) -> DisputeView:
    """End what stands against a record; it stays to be read. Raises NotFound where none stands that may be seen."""
    text = text_of("reason", reason, LONGEST_REASON)

    def write(transaction: Transaction) -> dict[str, Any]:
        transaction.run("load/lock")
        given = {"id": id_, "at": graph.clock(), "by": viewer.user, "reason": text}
        found = transaction.run("dispute/close", allowed=list(viewer.allowed), **given)
        if not found:
            # Within, so that nothing changed: not even how often something did.
            raise NotFound(f"dispute: none by the id {id_!r} stands; `disputes` of a record answers with them")
        return found[0]

    found = graph.store.write(write)
    return dispute_view(found["dispute"], found["mk"])


def text_of(name: str, text: str, longest: int) -> str:
    """The text without what is around it; raises BadInput where nothing is left or too much."""
    found = text.strip()
    if not found or len(found) > longest:
        raise BadInput(f"{name}: say it in 1 to {longest:,} characters")
    return found


def _optional(name: str, text: str | None, longest: int) -> str | None:
    return None if text is None else text_of(name, text, longest)
