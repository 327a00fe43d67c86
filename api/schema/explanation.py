"""Types that explain who is whom: candidates, evidence, decisions."""

from __future__ import annotations

from datetime import datetime

import strawberry

from api.resolve import identity as of_identity
from api.schema.choice import Verdict
from api.schema.entity import Entity, Node, Record
from api.schema.field import served, shown
from graph.read.record import DecisionView


@strawberry.type(description="One comparison: the two values, the level they reached and the bits it is worth.")
class Evidence:
    """One comparison."""

    field: str
    left: str | None
    right: str | None
    level: str
    bits: float
    sentence: str


@strawberry.type(description="Somebody it may be.")
class IdentityCandidate:
    """Somebody it may be."""

    entity: Entity
    weight: float = shown("Log2 posterior odds in bits, prior included.")
    probability: float = shown("0..1")
    evidence: list[Evidence]


@strawberry.type(description="A word on two records, with who said it, when and why.")
class Decision(Node):
    """A word on two records."""

    a: Record = served(of_identity.decision_a)
    b: Record = served(of_identity.decision_b)
    verdict: Verdict = served(of_identity.verdict)
    basis: str = shown("RULE, MODEL or ANALYST.")
    weight: float | None = served(of_identity.decision_weight, description="Bits.")
    evidence: list[Evidence] = served(of_identity.decision_evidence)
    model: str | None
    by: str
    at: datetime
    reason: str | None
    marking: str = served(of_identity.decision_marking, description="Who may know of it.")
    retracted_at: datetime | None
    retracted_by: str | None
    retracted_reason: str | None

    @classmethod
    def is_type_of(cls, view: object, _: object) -> bool:
        """True for the views of decisions."""
        return type(view) is DecisionView


@strawberry.type(description="What would be said if a field were not known.")
class Counterfactual:
    """What would be said if a field were not known."""

    without: str
    bits: float
    verdict: Verdict
    sentence: str


@strawberry.type(description="Two records compared.")
class PairExplanation:
    """Two records compared."""

    a: Record
    b: Record
    weight: float = shown("Log2 posterior odds in bits, prior included.")
    probability: float = shown("0..1")
    verdict: Verdict = served(of_identity.verdict)
    evidence: list[Evidence]
    sentence: str
    prior: float | None = shown("Bits before anything is compared; null where identity is not a matter of evidence.")
    runner_up: str | None = shown("What two people they would be, if they are not one.")
    counterfactuals: list[Counterfactual] = shown("What would be said without each field, what matters most first.")
    decisions: list[Decision] = shown("What was decided about these two, where `whyNot` was asked.")
    together: str | None = shown("What all records of the two entities say together, where `whyNot` was asked.")
    rival: PairExplanation | None = shown("Whom one of the two may as well be, which keeps apart what would join.")


@strawberry.type(
    description="A step by which two groups of records became one: their two records, or the first of each."
)
class MergeStep:
    """A step by which two groups of records became one."""

    a: Record
    b: Record
    decision: Decision | None = shown("The analyst's word that joined them.")
    pair: PairExplanation | None = shown("Else the evidence that did: of the two, or of both groups taken together.")
    sentence: str


@strawberry.type(description="Why these records are one entity.")
class ResolutionExplanation:
    """Why these records are one entity."""

    entity: Entity | None
    records: list[Record]
    decisions: list[Decision]
    sentence: str
    nearest_miss: PairExplanation | None = shown("The best record that did not join, and why not.")
    path: list[MergeStep] = shown(
        "The course by which they became one: words, pairs from the best down, groups; of the newest twenty records."
    )
