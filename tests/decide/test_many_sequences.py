"""Many short sequences of words, their taking back, edits, retractions and loads again, side by side in one graph.

Populations that share no key do not know of each other, so each is a sequence of its own, and one rebuild judges all of
them. Of every twenty populations one has its words said through the API, one by one; those of the others are written
and taken back by the same statements in one transaction, and settled together. After each of these transactions the
links that are kept for networks, brought there step by step, are what a reading of all gives.

`POLEGRAPH_TEST_SEQUENCES` sequences are done, `POLEGRAPH_TEST_ABREAST` at a time, from `POLEGRAPH_TEST_SEED` on; `-s`
says how far it is and what was done.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson
import pytest

from graph.marking_numbers import StoredMarkings
from graph.store import Transaction
from loaders.decide import Verdict
from loaders.settle import settle, settle_within, silent
from tests.analysis.followed import Followed
from tests.conftest import MARKINGS, NOW, prepare
from tests.decide.parish import DECIDE, Parish, preview, unsay
from tests.decide.plan import PEOPLE, Change, Plan, Row, plans
from tests.decide.saying import Said, assert_obeyed, marking_of

pytestmark = pytest.mark.database

SEQUENCES = int(os.environ.get("POLEGRAPH_TEST_SEQUENCES", "30"))
ABREAST = int(os.environ.get("POLEGRAPH_TEST_ABREAST", "200"))
SEED = int(os.environ.get("POLEGRAPH_TEST_SEED", "1"))
_STEPS = 6
_BY_API = 20  # of so many populations one has its words said through the API
# No two that meet are of one sound, which would be heard once.
_SOUNDS = ("bdfgk", "lmnrst")
_BEFORE = 90  # years that the first populations are born before their plan says, so that none is born in the future


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
        # Nobody outside shares a part of a name, nor how it sounds, a postcode district or a phone, nor a day of birth
        # with the initials.
        self._names = {name: _sound(number, last) for name, last in (("jon", "l"), ("ann", "r"), ("smith", "n"))}
        self.words: dict[str, Said] = {}
        self.by_api = number % _BY_API == 0
        self._accepted: list[str] = []
        self._said = 0

    def row(self, who: int, row: Row) -> Row:
        """A planned row as this population says it."""
        crime = f"{row['crime']}-{self.number}-{who % 3 == 2:d}" if row["crime"] else ""
        phone = f"07700{self.number:05}{row['phone']}" if row["phone"] else ""
        name = row["name"].format(**self._names).title()
        area = f"Z{'BDEGHKLNPR'[self.number // 99]}{self.number % 99 + 1}"
        born = f"{int(row['dob'][:4]) + self.number // len(_SOUNDS[0]) - _BEFORE}{row['dob'][4:]}" if row["dob"] else ""
        row = {**row, "postcode": f"{area} {row['postcode']}", "dob": born}
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
        word = change.told
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

    def decision(self, word: Said) -> dict[str, Any]:
        """A word as it is written down."""
        a, b = sorted((self.id(word.a), self.id(word.b)))
        verdict = Verdict.SAME if word.verdict == "SAME" else Verdict.DIFFERENT
        self._said += 1
        id_ = self.parish.graph.ids.decision(a, b, verdict, word.marking, str(self._said))
        mk = MARKINGS.index(word.marking)
        given = {"id": id_, "a": a, "b": b, "verdict": verdict.value, "mk": mk, "basis": "ANALYST", "by": "tester"}
        return {**given, "at": NOW, "reason": "seen", "model": "", "score": 0.0}

    def keep(self, id_: str | None, change: Change) -> None:
        """Take note of a word that stays, if it was not refused."""
        if id_ is not None:
            self.words[id_] = change.told
            self._accepted.append(id_)

    def take_back(self, change: Change) -> str:
        """Take note that a word is taken back; returns its id."""
        id_ = self._accepted[change.taken]
        del self.words[id_]
        return id_


class Village:
    """Populations side by side."""

    def __init__(self, parish: Parish, planned: Iterable[Plan]) -> None:
        self.parish, self.graph = parish, parish.graph
        self.of = [Population(parish, number, plan) for number, plan in enumerate(planned)]
        prepare(self.graph.store)
        parish.rows.clear()
        parish.deliver([each.row(who, row) for each in self.of for who, row in enumerate(each.plan.rows)])
        self.followed = Followed(self.graph.store)

    def round(self, step: int) -> Iterator[Change]:
        """One change of each population; yields what was done."""
        changes = [(each, change) for each in self.of if (change := each.change(step)) is not None]
        told = [(each, change) for each, change in changes if change.sort in ("edited", "dropped", "loaded again")]
        if told:
            rows = [each.row(change.who, change.row) for each, change in told if change.row is not None]
            self.parish.deliver(rows, gone=[each.name(change.who) for each, change in told if change.sort == "dropped"])
            self.followed.follow()
        undone = [(each, change) for each, change in changes if change.sort == "undone"]
        if undone:
            before = self.parish.dump(words=False)
            ids = self._say(undone)
            self._unsay([(each, id_) for (each, _), id_ in zip(undone, ids, strict=True) if id_ is not None])
            self._same(before, self.parish.dump(words=False), "a word and its taking back leave what was")
            self.followed.follow()
        said = [(each, change) for each, change in changes if change.sort == "said"]
        for (each, change), id_ in zip(said, self._say(said), strict=True):
            each.keep(id_, change)
        self.followed.follow()
        self._unsay([(each, each.take_back(change)) for each, change in changes if change.sort == "taken back"])
        self.followed.follow()
        yield from (change for _, change in changes)

    def _say(self, told: Sequence[tuple[Population, Change]]) -> list[str | None]:
        """Say words; returns their ids, in order, None for those that are refused."""
        together = {
            at: each.decision(change.told)
            for at, (each, change) in enumerate(told)
            if not each.by_api and not change.refused
        }
        self._write("decide/append", [{"decision": word} for word in together.values()])
        return [
            each.say(change) if each.by_api else together[at]["id"] if at in together else None
            for at, (each, change) in enumerate(told)
        ]

    def _unsay(self, told: Sequence[tuple[Population, str]]) -> None:
        together = [id_ for each, id_ in told if not each.by_api]
        self._write(
            "decide/retract", [{"id": id_, "at": NOW, "by": "tester", "reason": "mistaken"} for id_ in together]
        )
        for each, id_ in told:
            if each.by_api:
                unsay(self.parish, id_)

    def _write(self, statement: str, given: Sequence[dict[str, Any]]) -> None:
        """Write words down or take them back, and settle, all in one transaction as one word is."""
        markings = StoredMarkings(self.graph.store)

        def work(transaction: Transaction) -> bool:
            transaction.run("load/lock")
            for each in given:
                transaction.run(statement, **each)
            return settle_within(self.graph, transaction, markings)

        if given and not markings.within(lambda: self.graph.store.write(work)):
            settle(self.graph, markings, progress=silent)

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
        done["sequences, words by the API"] += sum(each.by_api for each in village.of)
        done["links for networks patched"] += village.followed.patched
        done["read whole again"] += village.followed.read
        _tell(", ".join(f"{sort} {times:,}" for sort, times in sorted(done.items())))
    assert done["sequences"] == len(planned)
    assert done["links for networks patched"] > done["read whole again"]
