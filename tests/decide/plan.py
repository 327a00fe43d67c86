"""Sequences of changes planned before they are done: one state machine of hypothesis is one sequence of one population.

The machine knows what a population is told and which words stand, so that only what makes sense is planned: nobody who
is gone is spoken of. Many plans are then carried out side by side, in one graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from tests.decide.saying import ACORN, OPEN, Said, contradicts, marking_of

PEOPLE = 4
Row = dict[str, str]
# Two given names and a surname are the population's own.
_ROW: st.SearchStrategy[Row] = st.fixed_dictionaries(
    {
        "name": st.sampled_from(
            (
                "{jon} {smith}",
                "{jon}e {smith}",
                "{jon} {smith}e",
                "{jon} {smith} {jon}n",
                "{ann} {smith}",
                "{ann}a {smith}e",
            )
        ),
        "dob": st.sampled_from(("1980-02-03", "1980-03-02", "1991-11-05", "")),
        "postcode": st.sampled_from(("1AA", "1AB", "2AA")),
        "phone": st.sampled_from(("1", "2", "")),
        "gender": st.sampled_from(("Male", "Female", "")),
        "crime": st.sampled_from(("c1", "c2", "")),
    }
)
_SOMEBODY = st.integers(0, PEOPLE - 1)
_TWO = st.lists(_SOMEBODY, min_size=2, max_size=2, unique=True)


@dataclass(frozen=True, slots=True)
class Change:
    """What happens: `edit` and `drop` of somebody, `reload` of all as they are, a `word`, one `undone`, one taken back.

    `taken`: the number of the word, among those that were accepted, that is taken back; `refused`: words that stand
    contradict this one.
    """

    sort: Literal["edited", "dropped", "loaded again", "said", "undone", "taken back"]
    who: int = 0
    row: Row | None = None
    word: Said | None = None
    refused: bool = False
    taken: int = 0

    @property
    def told(self) -> Said:
        """The word that is said."""
        assert self.word is not None
        return self.word


@dataclass(frozen=True, slots=True)
class Plan:
    """Whom a population is made of, and what happens to it, in order."""

    rows: tuple[Row, ...]
    changes: tuple[Change, ...]


class _Planner(RuleBasedStateMachine):
    plans: list[Plan]

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.changes: list[Change] = []
        self.gone: set[int] = set()
        self.words: list[Said] = []
        self.taken: set[int] = set()

    @initialize(rows=st.lists(_ROW, min_size=PEOPLE, max_size=PEOPLE))
    def begin(self, rows: list[Row]) -> None:
        self.rows = rows

    @rule(who=_SOMEBODY, row=_ROW)
    def edit(self, who: int, row: Row) -> None:
        self.gone.discard(who)
        self.changes.append(Change("edited", who, row))

    @precondition(lambda self: len(self.gone) < PEOPLE - 2)
    @rule(who=_SOMEBODY)
    def drop(self, who: int) -> None:
        if who not in self.gone:
            self.gone.add(who)
            self.changes.append(Change("dropped", who))

    @precondition(lambda self: not self.changes or self.changes[-1].sort != "loaded again")
    @rule()
    def load_again(self) -> None:
        self.changes.append(Change("loaded again"))

    @rule(two=_TWO, verdict=st.sampled_from(("SAME", "DIFFERENT")), secret=st.integers(0, 3))
    def say(self, two: list[int], verdict: str, secret: int) -> None:
        if saying := self._saying(two, verdict, secret == 0):
            refused = contradicts(saying, self._standing())
            self.changes.append(Change("said", word=saying, refused=refused))
            if not refused:
                self.words.append(saying)

    @rule(two=_TWO)
    def undo(self, two: list[int]) -> None:
        if saying := self._saying(two, "SAME", secret=False):
            self.changes.append(Change("undone", word=saying, refused=contradicts(saying, self._standing())))

    @precondition(lambda self: len(self.words) > len(self.taken))
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        taken = data.draw(st.sampled_from([at for at in range(len(self.words)) if at not in self.taken]))
        self.taken.add(taken)
        self.changes.append(Change("taken back", taken=taken))

    def _standing(self) -> list[Said]:
        return [word for at, word in enumerate(self.words) if at not in self.taken]

    def _saying(self, two: list[int], verdict: str, secret: bool) -> Said | None:
        if self.gone.intersection(two):
            return None
        return Said(two[0], two[1], verdict, ACORN if secret or ACORN in map(marking_of, two) else OPEN)

    def teardown(self) -> None:
        if self.changes:
            self.plans.append(Plan(tuple(self.rows), tuple(self.changes)))


def plans(count: int, steps: int, first: int) -> list[Plan]:
    """About so many sequences of so many changes at most, begun from a seed."""

    class Here(_Planner):
        plans: list[Plan] = []  # noqa: RUF012 - one list for all machines of this class

    chosen = settings(
        max_examples=count,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seed(first)(Here), settings=chosen)
    return Here.plans
