"""How analysts' words lead from one record to another: the words that contradict what somebody is about to say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from graph.answer import day_of
from graph.read.record import DecisionView, decision_view
from graph.store import Transaction
from security.viewer import Viewer

# Records that words lead to from one: beyond them a chain is not looked for.
_MOST = 2_000


class Words:
    """The words that stand, that a viewer may see, and that lead anywhere from some records."""

    def __init__(self, told: Iterable[DecisionView]) -> None:
        self.told = tuple(sorted(told, key=lambda word: word.id))
        self._same: defaultdict[str, list[tuple[str, DecisionView]]] = defaultdict(list)
        for word in self.told:
            if word.verdict == "SAME_AS":
                self._same[word.a].append((word.b, word))
                self._same[word.b].append((word.a, word))

    @staticmethod
    def around(transaction: Transaction, viewer: Viewer, records: Iterable[str]) -> Words:
        """All visible words about these records and about those that a SAME leads to from them."""
        told: dict[str, DecisionView] = {}
        known: set[str] = set()
        frontier = set(records)
        while frontier and len(known) < _MOST:
            rows = transaction.run("entity/decisions_about", ids=sorted(frontier), allowed=list(viewer.allowed))
            found = [decision_view(row["decision"]) for row in rows]
            told |= {word.id: word for word in found if word.retracted_at is None and word.basis == "ANALYST"}
            known |= frontier
            frontier = {end for word in told.values() if word.verdict == "SAME_AS" for end in (word.a, word.b)} - known
        return Words(told.values())

    def on(self, a: str, b: str) -> tuple[DecisionView, ...]:
        """The words on just these two."""
        return tuple(word for word in self.told if {word.a, word.b} == {a, b})

    def against(self, a: str, b: str, verdict: str) -> list[DecisionView]:
        """The words that alone contradict a verdict on two records, in a row from one to the other; empty for none."""
        if verdict == "SAME_AS":
            return self._parting(a, b)
        direct = [word for word in self.on(a, b) if word.verdict == "SAME_AS"]
        return direct[:1] if direct else self._ways(a).get(b, []) if verdict == "DIFFERENT_FROM" else []

    def _parting(self, a: str, b: str) -> list[DecisionView]:
        """The first DIFFERENT between what is one with `a` and what is one with `b`, with the words that lead there."""
        left, right = self._ways(a), self._ways(b)
        chains = []
        for word in self.told:
            if word.verdict == "DIFFERENT_FROM":
                for near, far in ((word.a, word.b), (word.b, word.a)):
                    if near in left and far in right:
                        chains.append([*left[near], word, *reversed(right[far])])
        return min(chains, key=lambda chain: (len(chain), [word.id for word in chain]), default=[])

    def _ways(self, start: str) -> Mapping[str, list[DecisionView]]:
        """The records that are one with this by words, each with the fewest words that lead there."""
        ways: dict[str, list[DecisionView]] = {start: []}
        frontier = [start]
        while frontier:
            reached: list[str] = []
            for here in frontier:
                for there, word in sorted(self._same[here], key=lambda step: (step[0], step[1].id)):
                    if there not in ways:
                        ways[there] = [*ways[here], word]
                        reached.append(there)
            frontier = reached
        return ways


def told(chain: Sequence[DecisionView]) -> str:
    """A chain in words: who said what of which records, and when."""
    return "; ".join(_said(word) for word in chain)


def _said(word: DecisionView) -> str:
    verdict = {"SAME_AS": "the same as", "DIFFERENT_FROM": "different from"}.get(word.verdict, "possibly the same as")
    day = day_of(word.at)
    return f"{word.a} is {verdict} {word.b} ({word.id}, {word.by}, {day})"
