"""Any sequence of words, their taking back, edits and retractions: the graph is what its records and words make of it.

`POLEGRAPH_TEST_STEPS` is about how many changes there are, `POLEGRAPH_TEST_SEED` begins from other ones.
"""

from __future__ import annotations

import math
import os
from collections import Counter
from typing import Any, ClassVar

import orjson
import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from graph.marking_numbers import StoredMarkings
from loaders.settle import settle, silent
from tests.analysis.followed import Followed
from tests.conftest import prepare
from tests.decide.parish import DECIDE, STRANGERS, Parish, preview, unsay
from tests.decide.saying import ACORN, OPEN, Said, assert_obeyed, contradicts
from tests.decide.saying import marking_of as _marking
from tests.decide.test_kept import let_stand

pytestmark = pytest.mark.database

STEPS = int(os.environ.get("POLEGRAPH_TEST_STEPS", "14"))
# One sequence has so many changes at most; more begin anew. So many are enough for each to come.
LONGEST, MANY = 60, 200
SEED = int(os.environ.get("POLEGRAPH_TEST_SEED", "1"))
PEOPLE = 9
FIELDS: dict[str, st.SearchStrategy[str]] = {
    "name": st.sampled_from(("John Smith", "Jon Smyth", "John Smith Khan", "Anna Nowak", "Ana Novak")),
    "dob": st.sampled_from(("1980-02-03", "1980-03-02", "1991-11-05", "")),
    "phone": st.sampled_from(("07700900101", "07700900102", "")),
    "gender": st.sampled_from(("Male", "Female", "")),
    "crime": st.sampled_from(("c1", "c2", "")),
}
ROW = st.fixed_dictionaries(FIELDS)
SOMEBODY = st.integers(0, PEOPLE - 1)


class Sequence(RuleBasedStateMachine):
    """A parish that changes."""

    parish: Parish
    done: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.words: dict[str, Said] = {}
        self.taken_back: set[str] = set()
        self.followed: Followed | None = None

    @initialize(rows=st.lists(ROW, min_size=PEOPLE, max_size=PEOPLE))
    def begin(self, rows: list[dict[str, str]]) -> None:
        prepare(self.parish.graph.store)
        self.parish.rows.clear()
        self.parish.deliver([*STRANGERS, *(self._row(number, row) for number, row in enumerate(rows))])

    def _row(self, number: int, row: dict[str, str]) -> dict[str, str]:
        crime = f"{row['crime']}-{number % 3 == 2:d}" if row["crime"] else ""
        return {**row, "crime": crime, "id": f"n{number}", "marking": _marking(number)}

    def _live(self, number: int) -> bool:
        return f"n{number}" in self.parish.rows

    def _id(self, number: int) -> str:
        return self.parish.record(f"n{number}", _marking(number))

    @rule(number=SOMEBODY, row=ROW)
    def edit(self, number: int, row: dict[str, str]) -> None:
        """Somebody is told of otherwise, or again."""
        self.parish.deliver([self._row(number, row)])
        self.done["edited"] += 1

    @precondition(lambda self: sum(self._live(number) for number in range(PEOPLE)) > 4)
    @rule(number=SOMEBODY)
    def drop(self, number: int) -> None:
        """A source takes somebody back."""
        if self._live(number):
            self.parish.deliver([], gone=[f"n{number}"])
            self.done["dropped"] += 1

    @rule(two=st.tuples(SOMEBODY, SOMEBODY), verdict=st.sampled_from(("SAME", "DIFFERENT")), secret=st.integers(0, 3))
    def say(self, two: tuple[int, int], verdict: str, secret: int) -> None:
        """An analyst says something, and is told where words that stand say otherwise."""
        a, b = two
        if a == b or not (self._live(a) and self._live(b)):
            return
        marking = ACORN if secret == 0 or ACORN in (_marking(a), _marking(b)) else OPEN
        saying = Said(a, b, verdict, marking)
        body = self._said(saying)
        if "errors" in body:
            assert body["errors"][0]["extensions"]["code"] == "CONFLICT", body
            self.done["refused"] += 1
            assert self._contradicts(saying), f"{saying} is refused without a reason: {body['errors'][0]['message']}"
            return
        assert not self._contradicts(saying), f"{saying} was taken, whatever stands"
        id_ = body["data"]["decide"]["decision"]["id"]
        assert id_ not in {*self.words, *self.taken_back}
        self.words[id_] = saying
        self.done[verdict] += 1

    def _said(self, saying: Said) -> dict[str, Any]:
        a, b = self._id(saying.a), self._id(saying.b)
        token = preview(self.parish, a, b)["token"] if saying.verdict == "SAME" else None
        return self.parish.ask.post(
            DECIDE, a=a, b=b, verdict=saying.verdict, reason="seen", token=token, marking=saying.marking
        )

    @rule(two=st.tuples(SOMEBODY, SOMEBODY))
    def say_and_take_back(self, two: tuple[int, int]) -> None:
        """A merge that is taken back leaves what was there, to the byte, but the word itself."""
        a, b = two
        if a == b or not (self._live(a) and self._live(b)):
            return
        before = self.parish.dump(words=False)
        saying = Said(a, b, "SAME", ACORN if ACORN in (_marking(a), _marking(b)) else OPEN)
        body = self._said(saying)
        if "errors" in body:
            assert self._contradicts(saying), body
            return
        id_ = body["data"]["decide"]["decision"]["id"]
        unsay(self.parish, id_)
        self.taken_back.add(id_)
        assert self.parish.dump(words=False) == before
        self.done["undone"] += 1

    @precondition(lambda self: self.words)
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        """An analyst takes a word back, also where its records are gone."""
        id_ = data.draw(st.sampled_from(sorted(self.words)))
        del self.words[id_]
        self.taken_back.add(id_)
        unsay(self.parish, id_)
        self.done["taken back"] += 1

    @rule(join=st.sampled_from((3.0, 6.0, 9.0)), keep=st.sampled_from((0.5, 2.5)))
    def publish(self, join: float, keep: float) -> None:
        """Another model stands, which keeps some of what the one before it joined."""
        let_stand(self.parish, join, keep)
        self.done["published"] += 1

    def _contradicts(self, saying: Said) -> bool:
        """Whether words that stand contradict one, or say it already; by brute force."""
        return contradicts(saying, self.words.values())

    @invariant()
    def what_words_say_is_so(self) -> None:
        """Every record is in one entity, and every word about records that are there is obeyed."""
        if not self.parish.rows:
            return
        held = self._entities()
        there = [number for number in range(PEOPLE) if self._live(number)]
        assert_obeyed(self.words.values(), {number: held[self._id(number)] for number in there}, self._ties())

    def _entities(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for row in self.parish.graph.store.stream("dump/records"):
            record = row["properties"]
            assert record["id"] not in found, "in one entity only"
            assert record["live"] == (row["entity"] is not None)
            found[record["id"]] = row["entity"]
        return found

    def _ties(self) -> set[frozenset[str]]:
        rows = self.parish.graph.store.stream("dump/links")
        return {frozenset((row["from"], row["to"])) for row in rows if row["type"] == "SAME_IDENTITY"}

    @invariant()
    def the_link_graph_follows(self) -> None:
        """What is kept of links for networks, brought here step by step, is what a reading of all gives."""
        if self.followed is None:
            self.followed = Followed(self.parish.graph.store)
        self.followed.follow()

    @invariant()
    def a_rebuild_changes_nothing(self) -> None:
        """All again from records and words gives the same graph."""
        if not self.parish.rows:
            return
        before = self.parish.dump()
        settle(self.parish.graph, StoredMarkings(self.parish.graph.store), rebuild=True, progress=silent)
        after = self.parish.dump()
        assert [orjson.loads(line) for line in {*before} ^ {*after}] == []


def test_any_sequence_ends_where_its_records_and_words_lead(empty: Parish) -> None:
    class Here(Sequence):
        parish = empty
        done: ClassVar[Counter[str]] = Counter()

    chosen = settings(
        max_examples=1 + math.ceil(STEPS / LONGEST),
        stateful_step_count=min(STEPS, LONGEST),
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seed(SEED)(Here), settings=chosen)
    if STEPS >= MANY:
        assert all(
            Here.done[name] for name in ("edited", "dropped", "SAME", "DIFFERENT", "refused", "undone", "taken back")
        )
