"""A person who is marked as vulnerable, and one with an offender's role to whom they are newly tied.

It is for the protection of the one: that they were the victim of the other is told, though such a part ties nobody in
what ranks. A part of the other as a victim or witness tells nothing, nor does a stop and search that found nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from alert.fact import Fact, loaded_at, row_of
from alert.watch import WatchPattern
from graph.answer import LinkView
from graph.errors import TooCostly
from graph.open import Graph
from graph.read.denied import NOTHING_FOUND, WITHHELD_ROLES
from graph.read.event import ACCUSED_ROLES
from graph.read.link import view_of
from graph.read.projection import entity_view
from graph.store import Rows
from resolution.change import Owners
from security.viewer import Viewer

MOST_RESIDENTS = 2_000
MOST_TIED = 20_000


def vulnerable(graph: Graph, viewer: Viewer, owners: Owners, *, area: bool) -> Iterator[Fact]:
    """Each two of whom one is marked and one has such a role, since their first tie and both of that; in no order.

    Of the watched, or of who lives in the watched area, one is one of the two. Raises TooCostly where they are many.
    """
    people = sorted(owners)
    if area:
        rows = graph.store.read(viewer, "alert/residents", ids=people, most=MOST_RESIDENTS + 1)
        people = [row["id"] for row in rows]
        if len(people) > MOST_RESIDENTS:
            raise TooCostly(f"area: more than {MOST_RESIDENTS:,} people live there; watch a smaller one")
    rows = tied(graph, viewer, people)
    if len(rows) > MOST_TIED:
        raise TooCostly(f"more than {MOST_TIED:,} people are tied to the watched; watch fewer")
    yield from told_of(graph, viewer, rows)


def tied(graph: Graph, viewer: Viewer, people: Sequence[str]) -> Rows:
    """To whom these people are tied where one of the two is marked and the other acted; at most MOST_TIED and one."""
    denied = {"withheld": WITHHELD_ROLES, "nothing": NOTHING_FOUND}
    given = {"ids": people, "roles": list(ACCUSED_ROLES), "limit": MOST_TIED + 1, **denied}
    return graph.store.read(viewer, "alert/tied", **given) if people else []


def told_of(graph: Graph, viewer: Viewer, rows: Sequence[Mapping[str, Any]]) -> Iterator[Fact]:
    """The facts of what `tied` gives."""
    ties = [[tuple(view_of(each) for each in tie) for tie in row["ties"]] for row in rows]
    said = {row_of(link) for some in ties for tie in some for link in tie}
    told = loaded_at(graph, viewer, said.union(*(row[name] for row in rows for name in ("marked", "acted"))))
    # Two who are both watched are told once.
    facts = {fact.id: fact for fact in (_fact(row, some, told) for row, some in zip(rows, ties, strict=True))}
    yield from facts.values()


def _fact(row: Mapping[str, Any], ties: Sequence[tuple[LinkView, ...]], told: Mapping[str, int]) -> Fact:
    def since(tie: tuple[LinkView, ...]) -> int:
        return max(told.get(row_of(link), 0) for link in tie)

    first = min(ties, key=lambda tie: (since(tie), [link.id for link in tie]))
    one, other = entity_view(row["node"]), entity_view(row["other"])
    weak, strong = (other, one) if row["reverse"] else (one, other)
    known = (min((told.get(each, 0) for each in row[name]), default=0) for name in ("marked", "acted"))
    return Fact(
        max(since(first), *known),
        WatchPattern.VULNERABLE,
        "VULNERABLE",
        f"{weak.id}:{strong.id}",
        f"{weak.label}, who is marked as vulnerable, is newly linked to {strong.label}, who has an offender's role.",
        (weak, strong),
        links=tuple({link.id: link for link in first}.values()),
        events=tuple({end.id: end for link in first for end in (link.target,) if link.type == "INVOLVED_IN"}.values()),
    )
