"""Anything new on what is watched: what `changesSince` tells, in a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from alert.fact import Fact, and_of
from alert.watch import WatchPattern
from graph.open import Graph
from resolution.change import ChangeType, ChangeView, Owners, Span, changes_within
from security.viewer import Viewer


def anything(graph: Graph, viewer: Viewer, owners: Owners, span: Span, limit: int) -> list[Fact]:
    """The first so many changes of a span."""
    return [_fact(graph, each) for each in changes_within(graph, viewer, owners, span, limit)]


def _fact(graph: Graph, change: ChangeView) -> Fact:
    sentence = _sentence(graph, change)
    return Fact(change.at, WatchPattern.ANYTHING, change.what.value, change.id, sentence, change.subjects, change)


def anything_of(
    graph: Graph, viewer: Viewer, many: Mapping[str, Owners], spans: Mapping[str, Span], limit: int
) -> dict[str, list[Fact]]:
    """All changes of several, each in a span of its own without a position, asked together.

    Those are left out of which there may be more than so many: they are to be asked alone.
    """
    if not many:
        return {}
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for each in many.values():
        for id_, own in each.items():
            owners[id_].update(own)
    widest = Span(min(spans[name].since for name in many), max(spans[name].until for name in many), None)
    changes = changes_within(graph, viewer, {id_: sorted(own) for id_, own in owners.items()}, widest, limit + 1)
    if len(changes) <= limit:
        return {name: _own(graph, changes, each, spans[name]) for name, each in many.items()}
    names = sorted(many, key=lambda name: (spans[name].since, name))
    if len(names) == 1:
        return {}
    halves = names[: len(names) // 2], names[len(names) // 2 :]
    found = [anything_of(graph, viewer, {name: many[name] for name in half}, spans, limit) for half in halves]
    return found[0] | found[1]


def _own(graph: Graph, changes: Iterable[ChangeView], owners: Owners, span: Span) -> list[Fact]:
    """Those of the changes that are of what one has, as it would have them alone."""
    own = frozenset(each for some in owners.values() for each in some)
    mine = [replace(each, of=each.of & own) for each in changes if each.of & own and each in span]
    shown = [replace(each, subjects=tuple(view for view in each.subjects if view.id in each.of)) for each in mine]
    return [_fact(graph, each) for each in shown]


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
