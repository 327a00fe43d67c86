"""What a new model keeps of the one before it: pairs that the former joined and that the new one at least bears.

A model's weights move a little whenever it is trained again, and with them pairs come under the cut that nobody has
learnt anything new about. Such a pair is written down as a word of the former model, once, when all of its kind are
first resolved by the new one; from then on it is read like any decision, so that who is whom stays a function of
records, decisions and model. The word makes no pair one: it lets the pair join from `keep` on instead of from `join`,
under every rule and guard. An analyst's word goes before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from graph.batch import batched
from graph.marking_numbers import MarkingNumbers
from graph.open import Graph
from graph.store import Transaction
from resolution.assign import Compared, Word, as_words, compared
from resolution.cluster import among, packed, reaching
from resolution.fetch import Held
from resolution.model import Model
from resolution.score import judge

_WORDS = 5_000  # written in one transaction


@dataclass(frozen=True, slots=True)
class Kept:
    """Two records, the lesser id first, that a former model joined at `before` bits and the new one puts at `now`."""

    a: str
    b: str
    mk: int
    before: float
    now: float


def inherit(
    graph: Graph, kind: str, held: Sequence[Held], models: tuple[Model, Model], markings: MarkingNumbers
) -> list[Word]:
    """Write down what is kept of a former model (the first of the two); returns all words that stand then.

    The records are as the former model left them. Cut short, it is done again to the same end.
    """
    former, model = (one.of(kind) for one in models)
    words = as_words(graph.store.internal("resolve/decisions"))
    live = [record for record in held if record.live]
    ties = {frozenset((row["from"], row["to"])) for row in graph.store.stream("resolve/same_identity", kind=kind)}
    found = {(kept.a, kept.b): kept for kept in _found(kind, live, words, ties, (former, model), markings)}
    ids = {record.id for record in live}
    standing = {
        (row["a"], row["b"]): row["id"] for row in graph.store.internal("resolve/kept") if {row["a"], row["b"]} <= ids
    }
    said = _said(graph, model)
    told = [_word(graph, kept, former, model) | said for at, kept in found.items() if at not in standing]
    ended = [id_ for at, id_ in standing.items() if at not in found]
    for some in batched(told, _WORDS):
        _write(graph, "resolve/inherit", words=some)
    reason = f"{model.version} joins them by itself, or does not bear it"
    for ids_ in batched(ended, _WORDS):
        _write(graph, "resolve/disinherit", ids=ids_, reason=reason, **said)
    _write(graph, "resolve/inherited", version=former.version)
    return as_words(graph.store.internal("resolve/decisions"))


def _word(graph: Graph, kept: Kept, former: Model, model: Model) -> dict[str, Any]:
    return {
        "id": graph.ids.decision(kept.a, kept.b, "SAME_AS", "kept", former.version, model.version),
        "a": kept.a,
        "b": kept.b,
        "verdict": "SAME_AS",
        "basis": "MODEL",
        "mk": kept.mk,
        "model": former.version,
        "score": kept.before,
        "reason": f"{former.version} joined them at {kept.before:.1f} bits; {model.version} puts them at "
        f"{kept.now:.1f}, which it bears from {model.keep:g} on",
    }


def _found(
    kind: str,
    live: Sequence[Held],
    words: Iterable[Word],
    ties: set[frozenset[str]],
    models: tuple[Model, Model],
    markings: MarkingNumbers,
) -> Iterator[Kept]:
    """Pairs of one entity or tie that the former model joined, and the new one puts from `keep` to `join`."""
    former, model = models
    all_pairs = compared(kind, live, words, model, markings)
    judged = all_pairs.judged
    between = np.nonzero((judged.bits >= model.keep) & (judged.bits < model.join) & (judged.veto == 0))[0]
    places = [place for place in between.tolist() if _together(all_pairs, place, live, ties)]
    left, right, now = all_pairs.left[places], all_pairs.right[places], judged.bits[places]
    before = judge(all_pairs.table, left, right, former)
    kept = among(left, right, packed(all_pairs.kept, len(live)), len(live))
    joined = reaching(before.bits, kept, former) & (before.veto == 0)
    for place in np.nonzero(joined)[0].tolist():
        a, b = sorted((live[left[place]], live[right[place]]), key=lambda record: record.id)
        yield Kept(a.id, b.id, markings.join(a.mk, b.mk), float(before.bits[place]), float(now[place]))


def _together(pairs: Compared, place: int, live: Sequence[Held], ties: set[frozenset[str]]) -> bool:
    a, b = live[pairs.left[place]].entity, live[pairs.right[place]].entity
    return a is not None and b is not None and (a == b or frozenset((a, b)) in ties)


def _said(graph: Graph, model: Model) -> dict[str, Any]:
    """Who let the model stand, whose word it is; and when it is written down."""
    by = next((row["by"] for row in graph.store.internal("resolve/model", version=model.version)), "")
    return {"by": by, "at": graph.clock()}


def _write(graph: Graph, statement: str, **given: object) -> None:
    def work(transaction: Transaction) -> None:
        transaction.run("load/lock")
        transaction.run(statement, **given)

    graph.store.write(work)
