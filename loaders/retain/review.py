"""Somebody's word on how long something is kept: a hold, retaining until a day, or disposal when it is due."""

from __future__ import annotations

from enum import StrEnum
from secrets import token_hex

from graph.errors import BadInput, NotFound
from graph.open import Graph
from graph.store import Transaction

LONGEST_REASON = 2_000


class Verdict(StrEnum):
    """What may be said.

    HOLD: nothing of it goes until that is withdrawn (a legal hold); RETAIN: not before a day; DISPOSE: it goes when it
    is due, also where its group asks for a review first; of a person, when it was said of all records since the last
    notice.
    """

    HOLD = "HOLD"
    RETAIN = "RETAIN"
    DISPOSE = "DISPOSE"


def review(graph: Graph, id_: str, verdict: Verdict, reason: str, by: str, until: int | None = None) -> list[str]:
    """Write down a review of a record, of all records of a person, or of an event; returns the reviews' ids.

    Raises NotFound where there is nothing by that id, BadInput for RETAIN without a day, a day without RETAIN, and no
    reason.
    """
    text = reason.strip()
    if not text or len(text) > LONGEST_REASON:
        raise BadInput(f"--reason: say why, in 1 to {LONGEST_REASON:,} characters")
    if (verdict is Verdict.RETAIN) != (until is not None):
        raise BadInput("--until: RETAIN needs the day until which it is kept; nothing else has one")
    if until is not None and until <= graph.clock():
        raise BadInput("--until: that day is past")

    def write(transaction: Transaction) -> list[str]:
        transaction.run("load/lock")
        records = [row["record"] for row in transaction.run("retain/subject", id=id_)]
        if not records:
            raise NotFound(f"there is no record, person or event by the id {id_!r}; take one that a search answered")
        ids = []
        for record in sorted(records):
            word = {"id": f"v_{token_hex(10)}", "record": record, "verdict": verdict.value, "reason": text}
            stored = word | {"by": by, "at": graph.clock(), "until": until}
            ids += [row["id"] for row in transaction.run("retain/append", review=stored)]
        return ids

    return graph.store.write(write)


def withdraw(graph: Graph, id_: str, by: str) -> str:
    """Take back a review; returns its id. Raises NotFound where none by that id stands."""

    def write(transaction: Transaction) -> list[str]:
        transaction.run("load/lock")
        return [row["id"] for row in transaction.run("retain/withdraw_review", id=id_, at=graph.clock(), by=by)]

    found = graph.store.write(write)
    if not found:
        raise NotFound(f"no review by the id {id_!r} stands; `polegraph retention queue --json` has those that do")
    return found[0]
