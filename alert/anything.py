"""Anything new on what is watched: what `changesSince` tells, in a sentence."""

from __future__ import annotations

from alert.fact import Fact, and_of
from alert.watch import WatchPattern
from graph.open import Graph
from resolution.change import ChangeType, ChangeView, Owners, Span, changes_within
from security.viewer import Viewer


def anything(graph: Graph, viewer: Viewer, owners: Owners, span: Span, limit: int) -> list[Fact]:
    """The first so many changes of a span."""
    found = changes_within(graph, viewer, owners, span, limit)
    return [
        Fact(each.at, WatchPattern.ANYTHING, each.what.value, each.id, _sentence(graph, each), each.subjects, each)
        for each in found
    ]


def _sentence(graph: Graph, change: ChangeView) -> str:
    whom = and_of([view.label for view in change.subjects] or ["Something watched"])
    if change.link is not None:
        link = change.link
        role = "" if link.role is None else f" ({link.role})"
        told = "is said no longer" if change.what is ChangeType.RETRACTED_LINK else "is new"
        return f"{whom}: {link.origin.label} {link.type}{role} {link.target.label} {told}."
    if change.decision is not None:
        taken = change.what is ChangeType.RETRACTED_DECISION
        by = change.decision.retracted_by if taken else change.decision.by
        return f"{whom}: the word {change.decision.verdict} {'was taken back' if taken else 'was said'} by {by}."
    if change.property is not None:
        before = "nothing" if change.before is None else change.before
        return f"{whom}: {change.property} is {change.now}, where it was {before}."
    source = "a source" if change.record is None else graph.catalogue.source(change.record.source).name
    what = "a new record" if change.what is ChangeType.NEW_RECORD else "another statement of a record"
    return f"{whom}: {what} from {source}."
