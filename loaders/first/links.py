"""The links of a first load: the statements of all rows, their ends bound to the things that there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from graph.marking_numbers import MarkingNumbers
from loaders.bind import Binder, Bound, Sought, Waiting, ends_of, sought
from loaders.first.files import Columns, ImportFile, ImportPart, columns_of
from loaders.first.known import Things
from loaders.first.rows import INSIDE, MAIN
from loaders.first.spill import Spill
from loaders.hang import Hung, Link, hang
from loaders.stored import StoredRow

AWAITED = "awaited"
Users = dict[tuple[str, str], list[Bound]]
_Found = dict[str, tuple[Bound, str]]


@dataclass(frozen=True, slots=True)
class LinksGiven:
    """What the step needs.

    `things`: the folder of their columns; `holders`: records by identifier, of those that rows name; `named`: the
    values that rows name, by the type of the link that tells who has them, and by thing; `made`: records that stand
    in; `users`: who uses those values; `write`: whether files are written.
    """

    out: Path
    things: Path
    markings: MarkingNumbers
    holders: Mapping[str, Sequence[tuple[str, int]]]
    named: Mapping[str, Mapping[str, str]]
    made: Collection[str]
    users: Users
    write: bool


@dataclass(slots=True)
class LinksDone:
    """What came of the statements of some rows.

    `users`: who uses the values that rows name; `asked`: ends to be made, `bound`: made records that links are bound
    to; `dangling`: live rows with ends that have not come, their sources and the types of those links. `strange`: a
    marking was met that has no number yet.
    """

    files: list[ImportFile] = field(default_factory=list)
    users: defaultdict[tuple[str, str], set[Bound]] = field(default_factory=lambda: defaultdict(set))
    asked: list[Waiting] = field(default_factory=list)
    bound: set[str] = field(default_factory=set)
    dangling: list[tuple[str, int, list[str]]] = field(default_factory=list)
    strange: bool = False

    def add(self, other: LinksDone) -> None:
        """Take over what came of other rows."""
        self.files += other.files
        for who, bound in other.users.items():
            self.users[who] |= bound
        self.asked += other.asked
        self.bound |= other.bound
        self.dangling += other.dangling


def linked_rows(given: LinksGiven, task: tuple[str, Spill[StoredRow]]) -> LinksDone:
    """Hang the links of rows; `task` names their files."""
    name, group = task
    numbers = len(given.markings.texts())
    rows = [row.properties for row in group]
    stated = [orjson.loads(row["links"]) for row in rows]
    asked = sought(ends_of(stated))
    found = _found(given, asked)
    binder = _binder(given, asked, found)
    hung = [hang(row, links, binder) for row, links in zip(rows, stated, strict=True)]
    done = LinksDone(strange=len(given.markings.texts()) > numbers)
    for row, one in zip(rows, hung, strict=True):
        if one.waiting.make:
            done.asked.append(one.waiting)
        if one.dangling and row["live"]:
            done.dangling.append((row["id"], row["source"], one.dangling))
        if given.named or given.made:
            _note(given, found, one.links, done)
    if given.write:
        done.files = _written(given.out, name, rows, hung)
    return done


def _found(given: LinksGiven, asked: Sought) -> _Found:
    """What is known of all that is asked for."""
    holders = (record for identifier in asked.identifiers for record, _ in given.holders.get(identifier, ()))
    return Things(given.things).among({*asked.ids, *holders}, given.made)


def _binder(given: LinksGiven, asked: Sought, found: _Found) -> Binder:
    holders = {
        identifier: [found[record][0] for record, _ in given.holders.get(identifier, ()) if record in found]
        for identifier in asked.identifiers
    }
    things = {id_: bound for id_, (bound, _) in found.items()}
    return Binder(given.markings, things, holders, given.users)


def _note(given: LinksGiven, found: _Found, links: Iterable[Link], done: LinksDone) -> None:
    """Note who uses a value that rows name, and which made records are needed."""
    for link in links:
        origin = link.properties["a"]
        value = given.named[link.type].get(link.target) if link.type in given.named else None
        if value is not None:
            done.users[found[origin][1], value].add(Bound(origin, link.origin, link.properties["mk"]))
        done.bound.update(end for end in (origin, link.properties["b"]) if end in given.made)


def _written(out: Path, name: str, rows: Sequence[dict[str, Any]], hung: Sequence[Hung]) -> list[ImportFile]:
    part = ImportPart(out, name)
    settled: Columns = {
        "linked": [True] * len(hung),
        "bound": [one.bound for one in hung],
        "dangling": [one.dangling for one in hung],
    }
    part.nodes("Row", MAIN, {**columns_of(rows), **settled})
    awaits = [(row["id"], each) for row, one in zip(rows, hung, strict=True) for each in one.waiting.ids]
    part.links("AWAITS", (MAIN, AWAITED), [row for row, _ in awaits], [each for _, each in awaits], {})
    by_type: defaultdict[str, list[Link]] = defaultdict(list)
    for one in hung:
        for link in one.links:
            by_type[link.type].append(link)
    for type_, links in sorted(by_type.items()):
        starts, stops = [link.origin for link in links], [link.target for link in links]
        part.links(type_, INSIDE, starts, stops, columns_of([link.properties for link in links]))
    return part.files


def all_users(*found: Mapping[tuple[str, str], set[Bound]]) -> Users:
    """Who uses each value, in an order of their own."""
    users: defaultdict[tuple[str, str], set[Bound]] = defaultdict(set)
    for each in found:
        for who, bound in each.items():
            users[who] |= bound
    return {who: sorted(bound, key=lambda one: one.record) for who, bound in users.items()}
