"""Questions about networks that are answered as a job: what is kept of an answer, and the answer made of it again.

Kept are ids, numbers and sentences without names. Who is named is read anew each time, as the owner may see it by then;
whoever is hidden or gone since is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass
from enum import StrEnum
from typing import Any, TypeVar

import orjson

from analysis.community import CommunityView, communities
from analysis.course import Course
from analysis.key_player import KeyPlayerView, Method, key_players
from analysis.scope import MOST, Scope
from graph.answer import EntityView, Truncation
from graph.job import JobView, job
from graph.open import Graph
from graph.read.entity import entities_by_id
from graph.read.event import Listed
from graph.read.page import within
from graph.read.walk import joined
from graph.relevance import ScorePart
from security.viewer import Viewer

T = TypeVar("T")
Kept = dict[str, Any]


class Question(StrEnum):
    """What may be asked as a job."""

    KEY_PLAYERS = "keyPlayers"
    COMMUNITIES = "communities"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question with its arguments."""

    question: Question
    scope: Scope
    method: Method | None
    first: int

    def check(self) -> None:
        """Nothing; raises BadInput and TooCostly for what cannot be asked, before anybody waits for it."""
        within("first", self.first, 1, MOST)
        self.scope.check()


def answer(graph: Graph, viewer: Viewer, wanted: Wanted, course: Course) -> str:
    """What is kept of the answer; raises what the question and `course` raise."""
    found: Listed[KeyPlayerView] | Listed[CommunityView]
    if wanted.question is Question.KEY_PLAYERS:
        method = wanted.method or Method.FRAGMENTATION
        players = found = key_players(graph, viewer, wanted.scope, method, wanted.first, course)
        items = [_kept_player(view) for view in players.items]
    else:
        groups = found = communities(graph, viewer, wanted.scope, wanted.first, course)
        items = [_kept_community(view) for view in groups.items]
    cut = found.truncated
    left = None if cut is None else [cut.reason, cut.suppressed]
    return orjson.dumps({"items": items, "truncated": left}).decode()


def key_players_of(graph: Graph, viewer: Viewer, view: JobView) -> Listed[KeyPlayerView] | None:
    """The key players that a job found, None where it found none of these (yet)."""
    return _told(graph, viewer, view, Question.KEY_PLAYERS, _player)


def communities_of(graph: Graph, viewer: Viewer, view: JobView) -> Listed[CommunityView] | None:
    """The communities that a job found, None where it found none of these (yet)."""
    return _told(graph, viewer, view, Question.COMMUNITIES, _community)


def _told(
    graph: Graph,
    viewer: Viewer,
    view: JobView,
    question: Question,
    make: Callable[[Kept, Mapping[str, EntityView]], T | None],
) -> Listed[T] | None:
    if view.question != question or not view.over:
        return None
    # Of a list of jobs the answers were not read.
    found = view if view.answer is not None else job(graph, viewer, view.id)
    if found is None or found.answer is None:
        return None
    kept = orjson.loads(found.answer)
    ids = {id_ for item in kept["items"] for id_ in _named(item)}
    views = entities_by_id(graph, viewer, sorted(ids))
    items = tuple(made for item in kept["items"] if (made := make(item, views)) is not None)
    cut = None if kept["truncated"] is None else Truncation(*kept["truncated"])
    gone = len(ids - views.keys())
    missing = Truncation(f"{gone} who were found then are not there any more", gone) if gone else None
    return Listed(items, joined([cut, missing]))


def _kept_player(view: KeyPlayerView) -> Kept:
    numbers = {"score": view.score, "low": view.low, "high": view.high, "rank": view.rank}
    return {"id": view.entity.id, "numbers": numbers, "because": [astuple(part) for part in view.because]}


def _player(kept: Kept, views: Mapping[str, EntityView]) -> KeyPlayerView | None:
    because = tuple(ScorePart(*part) for part in kept["because"])
    return KeyPlayerView(views[kept["id"]], **kept["numbers"], because=because) if kept["id"] in views else None


def _kept_community(view: CommunityView) -> Kept:
    return {
        "community": view.id,
        "numbers": {"size": view.size, "density": view.density},
        "members": [_kept_player(member) for member in view.members],
        "bridges": [bridge.id for bridge in view.bridges],
    }


def _community(kept: Kept, views: Mapping[str, EntityView]) -> CommunityView | None:
    members = tuple(made for each in kept["members"] if (made := _player(each, views)) is not None)
    bridges = tuple(views[id_] for id_ in kept["bridges"] if id_ in views)
    return CommunityView(kept["community"], **kept["numbers"], members=members, bridges=bridges) if members else None


def _named(kept: Kept) -> list[str]:
    return [kept["id"]] if "id" in kept else [each["id"] for each in kept["members"]]
