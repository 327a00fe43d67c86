"""An analyst's word on who is whom: written down, heeded in the same transaction, taken back as if never said.

Words are data: appended, retracted, never deleted. What follows from them is derived, so that taking one back gives the
graph as it would be without it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.answer import EntityView, day_of
from graph.errors import BadInput, Conflict, Forbidden, NotFound
from graph.ids import entity_of
from graph.marking_numbers import StoredMarkings
from graph.open import Graph
from graph.read.entity import entities_by_id
from graph.read.record import DecisionView, decision, decision_view
from graph.store import Transaction
from loaders.settle import settle, settle_within, silent
from resolution.chain import Words, told
from resolution.merge import merge, opened_token, scope_of
from resolution.published import standing_model
from resolution.split import split, split_scope
from resolution.two import Two, two
from resolution.why import why_not
from security.marking import Marking, MarkingError, parse_marking
from security.viewer import Viewer

LONGEST_REASON = 2_000


class Verdict(StrEnum):
    """What an analyst may say of two records, as it is stored."""

    SAME = "SAME_AS"
    DIFFERENT = "DIFFERENT_FROM"
    POSSIBLY_SAME = "POSSIBLY_SAME"


@dataclass(frozen=True, slots=True)
class Saying:
    """What somebody says of two records or entities, and why; `marking`: None for the default."""

    a: str
    b: str
    verdict: Verdict
    reason: str
    token: str | None = None
    marking: str | None = None


@dataclass(frozen=True, slots=True)
class DecidedView:
    """A word as it stands, and the entities of its two records after it: one or two, as the viewer may see."""

    decision: DecisionView
    entities: tuple[EntityView, ...]


def decide(graph: Graph, viewer: Viewer, saying: Saying) -> DecidedView:
    """Write down a word and settle what it reaches.

    SAME needs the token of a preview of the two. The marking is by default what the token's preview showed, without
    one that of the records. Raises BadInput, NotFound, Forbidden for a marking that the viewer does not hold, and
    Conflict where the preview is stale, the word stands already, or words that stand contradict it.
    """
    reason = _reason(saying.reason)
    if saying.verdict is Verdict.SAME and saying.token is None:
        raise BadInput(
            "previewToken: SAME needs the token of mergePreview for these two; look at what it shows, then decide"
        )
    given = None if saying.marking is None else _marking(graph, viewer, saying.marking)
    found = graph.store.look(lambda transaction: two(transaction, viewer, saying.a, saying.b))
    score = why_not(graph, viewer, *found.ids).weight
    stored = StoredMarkings(graph.store)

    def say(transaction: Transaction) -> str:
        known = two(transaction, viewer, saying.a, saying.b)
        shown = _shown(transaction, graph, viewer, known, saying)
        words = Words.around(transaction, viewer, known.ids)
        marking = given or shown or _of_records(graph, known)
        _refuse_said(graph, words, known, saying.verdict, marking)
        number = _times(transaction, known, saying.verdict, stored.number(marking))
        word = {
            "id": graph.ids.decision(*known.ids, saying.verdict, marking.text, str(number)),
            "a": known.a.id,
            "b": known.b.id,
            "verdict": saying.verdict.value,
            "basis": "ANALYST",
            "by": viewer.user,
            "at": graph.clock(),
            "reason": reason,
            "mk": stored.number(marking),
            "model": standing_model(graph).of(known.kind).version,
            "score": score,
        }
        transaction.run("decide/append", decision=word)
        return str(word["id"])

    return _done(graph, viewer, _settled(graph, stored, say))


def retract(graph: Graph, viewer: Viewer, id_: str, reason: str, token: str | None = None) -> DecidedView:
    """Take back a word that stands and settle what that reaches.

    `token`: of the preview of taking it back that was looked at. Raises NotFound for a word that is hidden or absent,
    BadInput for one that nobody said or an empty reason, Conflict where it has been taken back already, and where what
    the preview showed is not so any more.
    """
    reason = _reason(reason)
    stored = StoredMarkings(graph.store)

    def take_back(transaction: Transaction) -> str:
        rows = transaction.run("entity/decision", id=id_, allowed=list(viewer.allowed))
        if not rows:
            raise NotFound(
                f"decision: there is none by the id {id_!r}; whyResolved and node answer with ids of decisions"
            )
        known = decision_view(rows[0]["decision"])
        if known.basis != "ANALYST":
            raise BadInput(
                f"decision: {id_!r} is the {known.basis.lower()}'s, which follows from data; decide otherwise"
            )
        if known.retracted_at is not None:
            raise Conflict(
                f"decision: {id_!r} was taken back already, by {known.retracted_by} on {day_of(known.retracted_at)}"
            )
        if token is not None:
            _refuse_other_split(transaction, graph, viewer, known, token)
        transaction.run("decide/retract", id=id_, at=graph.clock(), by=viewer.user, reason=reason)
        return id_

    return _done(graph, viewer, _settled(graph, stored, take_back))


def _settled(graph: Graph, stored: StoredMarkings, change: Callable[[Transaction], str]) -> str:
    """What a change of words returns, once it is committed with all that follows from it."""

    def work(transaction: Transaction) -> tuple[str, bool]:
        transaction.run("load/lock")
        changed = change(transaction)
        return changed, settle_within(graph, transaction, stored)

    changed, at_rest = stored.within(lambda: graph.store.write(work))
    if not at_rest:
        settle(graph, stored, progress=silent)
    return changed


def _done(graph: Graph, viewer: Viewer, id_: str) -> DecidedView:
    # A marking that the word made known is the viewer's as well.
    graph.catalogue.refresh()
    viewer = graph.catalogue.viewer(viewer.user, viewer.grants, viewer.purpose)
    word = decision(graph, viewer, id_)
    if word is None:
        raise Conflict(f"the decision {id_!r} is written, but one of its records was taken back meanwhile")
    views = entities_by_id(graph, viewer, [entity_of(word.a), entity_of(word.b)])
    return DecidedView(word, tuple({view.id: view for view in views.values()}.values()))


def _shown(transaction: Transaction, graph: Graph, viewer: Viewer, known: Two, saying: Saying) -> Marking | None:
    """The marking of what a preview showed; raises Conflict where that is not as it was."""
    token = saying.token
    if token is None:
        return None
    if saying.verdict is Verdict.DIFFERENT:
        opened = opened_token(graph, viewer, split_scope(known, None), token)
        if opened is not None:
            return _unchanged(opened, split(transaction, graph, viewer, known, None).seal, "splitPreview")
    opened = opened_token(graph, viewer, scope_of(known), token)
    if opened is None:
        raise BadInput(
            "previewToken: this is no token of a preview of these two for this viewer; ask mergePreview for one"
        )
    return _unchanged(opened, merge(transaction, graph, viewer, known, standing_model(graph)).seal, "mergePreview")


def _refuse_other_split(transaction: Transaction, graph: Graph, viewer: Viewer, word: DecisionView, token: str) -> None:
    """Nothing; raises BadInput for no token of a preview of taking this word back, Conflict where that has changed."""
    known = two(transaction, viewer, word.a, word.b)
    opened = opened_token(graph, viewer, split_scope(known, word.id), token)
    if opened is None:
        raise BadInput("previewToken: this is no token of a preview of this for this viewer; ask splitPreview for one")
    _unchanged(opened, split(transaction, graph, viewer, known, word.id).seal, "splitPreview")


def _unchanged(opened: tuple[str, str], seal: str, question: str) -> Marking:
    """The marking of what a preview showed; raises Conflict where what it would show now has another seal."""
    shown, marking = opened
    if shown != seal:
        raise Conflict(
            "previewToken: what the preview showed has changed since: records, words or who is whom; "
            f"ask {question} again"
        )
    return parse_marking(marking)


def _refuse_said(graph: Graph, words: Words, known: Two, verdict: Verdict, marking: Marking) -> None:
    """Raise Conflict where visible words on these two, or words that lead from one to the other, say otherwise.

    The same once more is refused too, but under a marking that more people may read.
    """
    for word in words.on(*known.ids):
        again = word.verdict == verdict and graph.catalogue.marking(word.mk).at_or_below(marking)
        if again or (verdict is Verdict.POSSIBLY_SAME and word.verdict != verdict):
            raise Conflict(f"this is decided already: {told([word])}; take that back first to decide otherwise")
    against = words.against(*known.ids, verdict)
    if against:
        raise Conflict(f"analysts' words say otherwise: {told(against)}; take one of them back first")


def _times(transaction: Transaction, known: Two, verdict: Verdict, mk: int) -> int:
    """How often just this was said under this marking before: it has been taken back since, or the reason changed."""
    rows = transaction.run("entity/decisions_about", ids=[known.a.id], allowed=[known.a.mk, known.b.mk, mk])
    views: Sequence[DecisionView] = [decision_view(row["decision"]) for row in rows]
    return sum((view.b, view.verdict, view.mk) == (known.b.id, verdict.value, mk) for view in views)


def _reason(text: str) -> str:
    reason = text.strip()
    if not reason:
        raise BadInput("reason: it is empty; say why, for whoever reads the decision later")
    if len(reason) > LONGEST_REASON:
        raise BadInput(f"reason: {len(reason):,} characters are more than {LONGEST_REASON:,}")
    return reason


def _of_records(graph: Graph, known: Two) -> Marking:
    return graph.catalogue.marking(known.a.mk).join(graph.catalogue.marking(known.b.mk))


def _marking(graph: Graph, viewer: Viewer, text: str) -> Marking:
    """The marking of a text; only what the viewer holds, in clauses that are in use, so that no slip hides a word."""
    try:
        marking = parse_marking(text)
    except MarkingError as error:
        raise BadInput(f"marking: {error}") from None
    if not viewer.grants.satisfies(marking):
        raise Forbidden(f"marking: {text!r} is above what you hold; choose one that you may read yourself")
    known = {clause for mk in viewer.allowed for clause in graph.catalogue.marking(mk).clauses}
    unknown = sorted(f"{name}={'|'.join(sorted(values))}" for name, values in marking.clauses - known)
    if unknown:
        raise BadInput(f"marking: {unknown[0]!r} is in no marking that is in use here; declare it in the markings file")
    return marking
