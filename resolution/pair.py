"""Two records compared as the viewer may see them: the score that decides, the evidence, and what else it could be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.answer import RecordView
from graph.errors import BadInput
from graph.model import RESOLVED
from graph.open import Graph
from graph.read.record import DecisionView
from resolution.explain import Evidence, PairScore, Weighed, explain, explain_together
from resolution.feature import features
from resolution.folded import read
from resolution.holder import Holders, holders
from resolution.model import PERSON, Model, probability
from resolution.published import standing_model
from resolution.score import asked_of
from security.viewer import Viewer

# What a class of pairs that are two is like, in plain words.
_LIKE = {
    "stranger": "strangers who have this in common by chance",
    "household": "two people of one family",
    "namesake": "two people of one name",
    "flatmate": "two people at one address",
    "alike": "two vehicles of one make and model",
    "sister": "two vehicles of one fleet",
    "neighbour": "two doors of one street",
    "tenant": "two organisations at one address",
    "branch": "two branches of one name",
}


_CERTAIN = 99.0


class Verdict(StrEnum):
    """What evidence alone says of a pair."""

    SAME = "SAME"
    POSSIBLY_SAME = "POSSIBLY_SAME"
    DIFFERENT = "DIFFERENT"


_BECOMES = {Verdict.SAME: "still joined", Verdict.POSSIBLY_SAME: "perhaps one, no join", Verdict.DIFFERENT: "no join"}


@dataclass(frozen=True, slots=True)
class CounterfactualView:
    """What would be said if a field were not known."""

    without: str
    bits: float
    verdict: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PairView:
    """Two records compared; `weighed`: what the score is made of, where it is made of evidence.

    `decisions`: what was decided about these two, retracted words too, where that was asked. `rule`: what forbids to
    join them. `together`: what all records of their two entities say, in a sentence; `rival`: the best pair
    of one of the two with somebody whom it may be as well.
    """

    a: RecordView
    b: RecordView
    weight: float
    probability: float
    verdict: str
    evidence: tuple[Evidence, ...]
    sentence: str
    weighed: Weighed | None = None
    decisions: tuple[DecisionView, ...] = ()
    rule: str = ""
    together: str | None = None
    rival: PairView | None = None

    def asks_nothing_of(self, rule: str) -> bool:
        """Whether one of the two does not know what a rule asks, so that the pair neither breaks nor keeps it."""
        told = {each.field for each in self.evidence}
        asked = {} if self.weighed is None else asked_of(self.weighed.model)
        return rule in asked and told.isdisjoint(asked[rule])

    @property
    def prior(self) -> float | None:
        """The bits before anything is compared; None where identity is not a matter of evidence."""
        return None if self.weighed is None else self.weighed.model.prior

    @property
    def join(self) -> float | None:
        """The bits from which on two records are joined; None where identity is not a matter of evidence."""
        return None if self.weighed is None else self.weighed.model.join

    @property
    def runner_up(self) -> str | None:
        """What two people they would be if they are not one, in plain words."""
        if self.weighed is None:
            return None
        name, bits = self.weighed.alternative()
        like = _LIKE.get(name, name.replace("_", " "))
        if self.verdict == Verdict.SAME:
            one = self.a.kind.lower()
            return f"if they are not one {one}, they agree like {like}: that is {bits:.1f} bits less likely"
        return f"they agree like {like}"

    @property
    def counterfactuals(self) -> tuple[CounterfactualView, ...]:
        """What would be said without each field, those first that matter most; a field that says nothing is none."""
        if self.weighed is None:
            return ()
        told = [_without(self.weighed, each.field) for each in self.evidence if each.field != "rule"]
        return tuple(sorted(told, key=lambda one: (-abs(one.bits - self.weight), one.without)))


def holding(graph: Graph, viewer: Viewer, views: Sequence[RecordView]) -> Holders:
    """The holders of what these records share, for `compare`."""
    model = standing_model(graph)
    people = [view for view in views if view.kind == PERSON]
    given = [features(view.properties) for view in people]
    return holders(graph, viewer, given, {view.mk for view in people}, model)


def compare(a: RecordView, b: RecordView, known: Holders) -> PairView:
    """Two records of one kind; raises BadInput where they are of two."""
    if a.kind != b.kind:
        raise BadInput(f"a {a.kind} and a {b.kind} cannot be compared")
    if a.kind not in RESOLVED:
        return _two_keys(a, b)
    model = known.model.of(a.kind)
    found = explain(read(a.kind, a.properties), read(b.kind, b.properties), model, known.inside(a.mk, b.mk))
    verdict = _verdict(found.bits, found.rule, model)
    return _view(a, b, found, verdict, found.sentence)


def compare_together(left: Sequence[RecordView], right: Sequence[RecordView], known: Holders) -> PairView:
    """Two groups of records of one kind, each compared as one; the pair's records are the first of each."""
    one, other = ([read(record.kind, record.properties) for record in side] for side in (left, right))
    model = known.model.of(left[0].kind)
    found = explain_together(one, other, model, known.inside(*{record.mk for record in (*left, *right)}))
    sides = " and ".join(f"{_records(len(side))} with {side[0].id}" for side in (left, right))
    sentence = f"taken together, {sides}: {found.sentence}"
    return _view(left[0], right[0], found, _verdict(found.bits, found.rule, model), sentence)


def _records(count: int) -> str:
    return "1 record" if count == 1 else f"{count} records"


def _view(a: RecordView, b: RecordView, found: PairScore, verdict: Verdict, sentence: str) -> PairView:
    return PairView(
        a, b, found.bits, found.probability, verdict, found.evidence, sentence, found.weighed, rule=found.rule
    )


def _verdict(bits: float, rule: str, model: Model) -> Verdict:
    if rule or bits < model.review:
        return Verdict.DIFFERENT
    return Verdict.SAME if bits >= model.join else Verdict.POSSIBLY_SAME


def _without(weighed: Weighed, field: str) -> CounterfactualView:
    bits, rule = weighed.judged(without=field)
    verdict = _verdict(bits, rule, weighed.model)
    sentence = f"without the {field.replace('_', ' ')}: {bits:.1f} bits, {_BECOMES[verdict]}"
    return CounterfactualView(field, bits, verdict, sentence)


def _two_keys(a: RecordView, b: RecordView) -> PairView:
    """What is known by its key alone is never the same under two."""
    sentence = f"a {a.kind} is known by its key; nothing that identifies one is shared"
    return PairView(a, b, -_CERTAIN, probability(-_CERTAIN), Verdict.DIFFERENT, (), sentence)
