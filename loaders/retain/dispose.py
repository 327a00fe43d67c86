"""What is due, which rows may go, and letting them go; nothing goes that was not shown before.

A row is erased as a whole, and only where everybody and every event that it speaks of may go: what is left of somebody
is what rows about others say, who are still kept.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.batch import batched
from graph.errors import Conflict
from graph.open import Graph
from loaders.hold import only_load
from loaders.present import source_numbers
from loaders.retain.due import RESTRICTED, Event, Person, Standing, Word, standings, years_after
from loaders.retain.erase import erase
from loaders.retain.policy import Policy
from loaders.retain.reject import Sought, forget_rejects, sought_of
from loaders.retain.taken_back import kept_back, said_by, taken_back
from loaders.settle import Progress
from standards.date import DateTextError, from_text

_IDS = 2_000


@dataclass(frozen=True, slots=True)
class Disposal:
    """What may go now: rows, who stands how, and the words that stand; `token` names just this.

    `waiting`: rows that are due and have to stay, because of others whom they speak of or of somebody's word.
    """

    standings: tuple[Standing, ...]
    words: tuple[Word, ...]
    rows: tuple[str, ...]
    waiting: int
    token: str

    @property
    def ready(self) -> list[Standing]:
        """Who may go, those first that have been due for longest."""
        return sorted((each for each in self.standings if each.ready), key=_oldest)

    @property
    def asking(self) -> list[Standing]:
        """Of whom somebody has to say what becomes of them, those first that have been due for longest."""
        return sorted((each for each in self.standings if each.asks and not each.held), key=_oldest)

    @property
    def held(self) -> list[Standing]:
        """On whom a hold or restriction stands, those first that have been due for longest."""
        return sorted((each for each in self.standings if each.held), key=_oldest)


def _oldest(standing: Standing) -> tuple[int, str]:
    return (standing.due or 0, standing.id)


def planned(graph: Graph, policy: Policy) -> Disposal:
    """What may go as things stand today. Reads only."""
    now = graph.clock()
    people = _people(graph)
    words = _words(graph)
    found = standings(policy, now, _events(graph), people, words)
    records = {each.id: each.records for each in people}
    owners = {record: person.id for person in people for record in person.records}
    owners |= {each.id: each.id for each in found if each.kind != "Person"}
    wanted = [id_ for each in found if each.ready for id_ in (records.get(each.id) or (each.id,))]
    rows = {row["row"] for part in batched(wanted, _IDS) for row in graph.store.internal("retain/rows", ids=part)}
    old = taken_back(graph, years_after(now, -policy.withdrawn_years))
    kept = {word.record for word in words if word.keeps(now)}
    near, stating = kept_back(graph, sorted(rows.union(old)), kept)
    _wait_with(found, records, near)
    # Of things that had a part, as a vehicle, what else is said of them goes as it would.
    living = near.intersection(owners).union(kept)
    ready = {each.id for each in found if each.ready}
    held = {each.id for each in found if each.held}
    may_go, waiting = [], 0
    for row, said in said_by(graph, sorted(rows.union(old))):
        subjects = {owners[id_] for id_ in said if id_ in owners}
        others = subjects - ready if row in rows else subjects & held
        # What was taken back belongs to nobody any more: a word on it is found by its own id.
        if others or said & (living if row in rows else near) or row in stating:
            waiting += 1
        else:
            may_go.append(row)
    token = hashlib.sha256("\n".join(may_go).encode()).hexdigest()[:16]
    return Disposal(tuple(found), tuple(words), tuple(may_go), waiting, token)


def _wait_with(found: Sequence[Standing], records: Mapping[str, tuple[str, ...]], near: set[str]) -> None:
    """Let everybody and everything wait of whom a part is near what is kept, and add the rest of them to that."""
    for each in found:
        own = records.get(each.id, (each.id,))
        if not near.isdisjoint(own):
            near.update(own)
            if each.ready:
                each.ready, each.because = False, f"{each.because}; waits with what is kept of an event they were in"


@dataclass(frozen=True, slots=True)
class Disposed:
    """What went: how it was planned, ids of records, events and values, files of rejects."""

    plan: Disposal
    ids: tuple[str, ...]
    files: tuple[Path, ...]


def dispose(graph: Graph, shown: str, policy: Policy, rejects: Path | None, progress: Progress) -> Disposed:
    """Let go what was shown by this token, and what lies below `rejects` and has a row with a key of it.

    Raises Conflict where something else would go by now. Loads wait meanwhile.
    """
    with only_load(graph, sorted(source_numbers(graph.store)), progress):
        found = planned(graph, policy)
        if found.token != shown:
            raise Conflict(
                f"--as-shown: {shown!r} is not what would go now ({found.token}): look at --dry-run again, say that"
            )
        # First, because after a kill nothing would lead to them.
        files = [] if rejects is None else forget_rejects(rejects, _sought(graph, found.rows))
        return Disposed(found, tuple(erase(graph, found.rows, progress)), tuple(files))


def _sought(graph: Graph, rows: Sequence[str]) -> set[tuple[str, Sought]]:
    return {
        (row["source"], texts)
        for part in batched(rows, _IDS)
        for row in graph.store.internal("retain/keys", rows=part)
        for texts in sought_of(row["key"], row["raw"])
    }


def _events(graph: Graph) -> Iterator[Event]:
    for row in graph.store.stream("retain/events"):
        yield Event(row["id"], row["kind"], row["type"], row["at"], row["group"], _epoch(row["review_on"]))


def _words(graph: Graph) -> list[Word]:
    """What reviews say that stand, and restrictions."""
    stored = [row["properties"] for row in graph.store.internal("retain/reviews")]
    words = [Word(each["record"], each["verdict"], each.get("until"), each["at"], each["id"]) for each in stored]
    restricted = graph.store.internal("retain/restricted")
    return words + [Word(each["record"], RESTRICTED, None, each["at"], each["id"]) for each in restricted]


def _people(graph: Graph) -> list[Person]:
    """Everybody, those who are one across compartments as one."""
    stored = {row["id"]: row for row in graph.store.stream("retain/people")}
    first = {id_: id_ for id_ in stored}

    def head(id_: str) -> str:
        while first[id_] != id_:
            first[id_] = first[first[id_]]
            id_ = first[id_]
        return id_

    for tie in graph.store.stream("retain/ties"):
        a, b = sorted((head(tie["a"]), head(tie["b"])))
        first[b] = a
    members: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for id_ in sorted(stored):
        members[head(id_)].append(stored[id_])
    return [_person(each) for each in members.values()]


def _person(rows: Sequence[Mapping[str, Any]]) -> Person:
    records = [record for row in rows for record in row["records"]]
    return Person(
        tuple(row["id"] for row in rows),
        tuple(id_ for id_, *_ in records),
        # The youngest that anything says: what may go at an age goes later, not sooner.
        max((born for row in rows if (born := _born(row)) is not None), default=None),
        max((as_of for _, as_of, *_ in records if as_of is not None), default=None),
        tuple((event, role) for row in rows for event, role in row["parts"]),
        min((group for _, _, group, _ in records if group is not None), default=None),
        max((day for *_, text in records if (day := _epoch(text)) is not None), default=None),
    )


def _born(row: Mapping[str, Any]) -> int | None:
    found = _epoch(row["born"])
    return _epoch(str(row["year"])) if found is None and row["year"] is not None else found


def _epoch(text: str | None) -> int | None:
    try:
        return None if text is None else from_text(text).epoch
    except DateTextError:
        return None
