"""Many short sequences of words, their taking back, edits, retractions and loads again, side by side in one graph.

Populations that share no key do not know of each other, so each is a sequence of its own, and one rebuild judges all of
them. `POLEGRAPH_TEST_SEQUENCES` sequences are done, `POLEGRAPH_TEST_ABREAST` at a time, from `POLEGRAPH_TEST_SEED` on;
`-s` says how far it is and what was done.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import orjson
import pytest

from graph.marking_numbers import StoredMarkings
from loaders.settle import settle, silent
from tests.conftest import prepare
from tests.decide.parish import DECIDE, Parish, preview, unsay
from tests.decide.plan import PEOPLE, Change, Plan, Row, plans
from tests.decide.saying import Said, assert_obeyed, marking_of

pytestmark = pytest.mark.database

SEQUENCES = int(os.environ.get("POLEGRAPH_TEST_SEQUENCES", "30"))
ABREAST = int(os.environ.get("POLEGRAPH_TEST_ABREAST", "200"))
SEED = int(os.environ.get("POLEGRAPH_TEST_SEED", "1"))
_STEPS = 6
# No two that meet are of one sound, which would be heard once.
_SOUNDS = ("bdfgk", "lmnrst")


def _sound(number: int, last: str) -> str:
    """A name that sounds like that of no other population, and of no other last letter."""
    name = ""
    for sounds in _SOUNDS * 2:
        number, at = divmod(number, len(sounds))
        name += f"{sounds[at]}a"
    return name + last


class Population:
    """One sequence under way."""

    def __init__(self, parish: Parish, number: int, plan: Plan) -> None:
        self.parish, self.number, self.plan = parish, number, plan
        # Nobody outside shares a part of a name, nor how it sounds, a postcode district or a phone.
        self._names = {name: _sound(number, last) for name, last in (("jon", "l"), ("ann", "r"), ("smith", "n"))}
        self.words: dict[str, Said] = {}
        self._accepted: list[str] = []

    def row(self, who: int, row: Row) -> Row:
        """A planned row as this population says it."""
        crime = f"{row['crime']}-{self.number}-{who % 3 == 2:d}" if row["crime"] else ""
        phone = f"07700{self.number:05}{row['phone']}" if row["phone"] else ""
        name = row["name"].format(**self._names).title()
        area = f"Z{'BDEGHKLNPR'[self.number // 99]}{self.number % 99 + 1}"
        row = {**row, "postcode": f"{area} {row['postcode']}"}
        return {**row, "name": name, "phone": phone, "crime": crime, "id": self.name(who), "marking": marking_of(who)}

    def name(self, who: int) -> str:
        """What the source calls somebody."""
        return f"n{self.number}-{who}"

    def id(self, who: int) -> str:
        """The id of somebody's record."""
        return self.parish.record(self.name(who), marking_of(who))

    def change(self, step: int) -> Change | None:
        """What happens to it in a round."""
        return self.plan.changes[step] if step < len(self.plan.changes) else None

    def say(self, change: Change) -> str | None:
        """Say a word; returns its id, None where it is refused as it has to be."""
        word = change.word
        assert word is not None
        a, b = self.id(word.a), self.id(word.b)
        token = preview(self.parish, a, b)["token"] if word.verdict == "SAME" else None
        body: dict[str, Any] = self.parish.ask.post(
            DECIDE, a=a, b=b, verdict=word.verdict, reason="seen", token=token, marking=word.marking
        )
        assert ("errors" in body) == change.refused, (self.plan, body)
        if "errors" in body:
            assert body["errors"][0]["extensions"]["code"] == "CONFLICT", (self.plan, body)
            return None
        return str(body["data"]["decide"]["decision"]["id"])

    def keep(self, change: Change) -> None:
        """Say a word that stays."""
        if (id_ := self.say(change)) is not None and change.word is not None:
            self.words[id_] = change.word
            self._accepted.append(id_)

    def take_back(self, change: Change) -> None:
        """Take back a word that stayed until now."""
        id_ = self._accepted[change.taken]
        del self.words[id_]
        unsay(self.parish, id_)


class Village:
    """Populations side by side."""

    def __init__(self, parish: Parish, planned: Iterable[Plan]) -> None:
        self.parish, self.graph = parish, parish.graph
        self.of = [Population(parish, number, plan) for number, plan in enumerate(planned)]
        prepare(self.graph.store)
        parish.rows.clear()
        parish.deliver([each.row(who, row) for each in self.of for who, row in enumerate(each.plan.rows)])

    def round(self, step: int) -> Iterator[Change]:
        """One change of each population; yields what was done."""
        changes = [(each, change) for each in self.of if (change := each.change(step)) is not None]
        told = [(each, change) for each, change in changes if change.sort in ("edited", "dropped", "loaded again")]
        if told:
            rows = [each.row(change.who, change.row) for each, change in told if change.row is not None]
            self.parish.deliver(rows, gone=[each.name(change.who) for each, change in told if change.sort == "dropped"])
        undone = [(each, change) for each, change in changes if change.sort == "undone"]
        if undone:
            before = self.parish.dump(words=False)
            ids = [id_ for each, change in undone if (id_ := each.say(change)) is not None]
            for id_ in ids:
                unsay(self.parish, id_)
            self._same(before, self.parish.dump(words=False), "a word and its taking back leave what was")
        for each, change in changes:
            if change.sort == "said":
                each.keep(change)
            elif change.sort == "taken back":
                each.take_back(change)
        yield from (change for _, change in changes)

    def check(self) -> None:
        """Every record is in one entity, words are obeyed, and all again from records and words is what is there."""
        held: dict[str, str] = {}
        for row in self.graph.store.stream("dump/records"):
            record = row["properties"]
            assert record["id"] not in held, "in one entity only"
            assert record["live"] == (row["entity"] is not None)
            held[record["id"]] = row["entity"]
        rows = self.graph.store.stream("dump/links")
        ties = {frozenset((row["from"], row["to"])) for row in rows if row["type"] == "SAME_IDENTITY"}
        owner: dict[str, int] = {}
        for each in self.of:
            there = {who: held[each.id(who)] for who in range(PEOPLE) if each.name(who) in self.parish.rows}
            assert_obeyed(each.words.values(), there, ties, each.plan)
            for entity in there.values():
                assert owner.setdefault(entity, each.number) == each.number, "populations do not know of each other"
        before = self.parish.dump()
        settle(self.graph, StoredMarkings(self.graph.store), rebuild=True, progress=silent)
        self._same(before, self.parish.dump(), "a rebuild changes nothing")

    def _same(self, before: list[bytes], after: list[bytes], told: str) -> None:
        assert [orjson.loads(line) for line in {*before} ^ {*after}] == [], told


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")


@pytest.mark.timeout(600 + 2 * SEQUENCES)
def test_many_sequences_end_where_their_records_and_words_lead(empty: Parish) -> None:
    done: Counter[str] = Counter()
    planned = plans(SEQUENCES, _STEPS, SEED)
    _tell(f"{len(planned):,} sequences, {len({*map(repr, planned)}):,} of them different")
    for first in range(0, len(planned), ABREAST):
        village = Village(empty, planned[first : first + ABREAST])
        for step in range(_STEPS):
            done.update(f"{change.sort}{', refused' * change.refused}" for change in village.round(step))
            village.check()
        done["sequences"] += len(village.of)
        _tell(", ".join(f"{sort} {times:,}" for sort, times in sorted(done.items())))
    assert done["sequences"] == len(planned)
