"""What a change makes of the records around it: the part of the graph that it reaches, and what is said of that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.marking_numbers import MarkingNumbers
from graph.store import Transaction
from resolution.assign import Assignment, Word, as_words, assign_part
from resolution.fetch import Held
from resolution.model import Model
from resolution.part import Part
from resolution.region import region


def reached(transaction: Transaction, kind: str, changed: Sequence[Held], model: Model) -> Part:
    """The part of a resolved kind that these changed records reach."""
    return region(transaction, changed, model.of(kind))


def outcome(
    transaction: Transaction,
    kind: str,
    part: Part,
    model: Model,
    markings: MarkingNumbers,
    further: Iterable[Word] = (),
    without: str | None = None,
) -> Assignment:
    """What the core of a part becomes by evidence and by the words that stand.

    `further`: words that might be said; `without`: the id of one that might be taken back.
    """
    rows = transaction.run("resolve/decisions_of", ids=[record.id for record in part.held])
    words = as_words(row for row in rows if row["id"] != without)
    return assign_part(kind, part, [*words, *further], model, markings)
