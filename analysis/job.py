"""Questions about networks that are answered as a job: what is kept of an answer, and the answer made of it again.

Kept are ids, numbers and sentences without names. Who is named is read anew each time, as the owner may see it by then;
whoever is hidden or gone since is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass
from enum import StrEnum
from typing import Any, TypeVar

import orjson

from analysis.community import CommunityView, communities
from analysis.course import Course
from analysis.emerging import EmergingNetworkView, Recent, emerging_networks, evidence_among
from analysis.key_player import KeyPlayerView, Method, key_players
from analysis.scope import MOST, Scope
from graph.answer import EntityView, LinkView, Truncation
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
    EMERGING_NETWORKS = "emergingNetworks"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question with its arguments."""

    question: Question
    of: Scope | Recent
    first: int
    method: Method | None = None

    def check(self, graph: Graph) -> None:
        """Nothing; raises BadInput and TooCostly for what cannot be asked, before anybody waits for it."""
        within("first", self.first, 1, MOST)
        if isinstance(self.of, Scope):
            self.of.check()
        else:
            self.of.window(graph)


def answer(graph: Graph, viewer: Viewer, wanted: Wanted, course: Course) -> str:
    """What is kept of the answer; raises what the question and `course` raise."""
    found: Listed[KeyPlayerView] | Listed[CommunityView] | Listed[EmergingNetworkView]
    if isinstance(wanted.of, Recent):
        networks = found = emerging_networks(graph, viewer, wanted.of, wanted.first, course)
        items = [_kept_network(view) for view in networks.items]
    elif wanted.question is Question.KEY_PLAYERS:
        method = wanted.method or Method.FRAGMENTATION
        players = found = key_players(graph, viewer, wanted.of, method, wanted.first, course)
        items = [_kept_player(view) for view in players.items]
    else:
        groups = found = communities(graph, viewer, wanted.of, wanted.first, course)
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


def emerging_networks_of(graph: Graph, viewer: Viewer, view: JobView) -> Listed[EmergingNetworkView] | None:
    """The networks that a job found to have changed, None where it found none of these (yet)."""
    return _told(graph, viewer, view, Question.EMERGING_NETWORKS, _network)


@dataclass(frozen=True, slots=True)
class _Seen:
    """Who of an answer may be seen now, and the statements that bear it out, by id."""

    views: Mapping[str, EntityView]
    links: Mapping[str, LinkView]


def _told(
    graph: Graph, viewer: Viewer, view: JobView, question: Question, make: Callable[[Kept, _Seen], T | None]
) -> Listed[T] | None:
    if view.question != question or not view.over:
        return None
    # Of a list of jobs the answers were not read.
    found = view if view.answer is not None else job(graph, viewer, view.id)
    if found is None or found.answer is None:
        return None
    kept = orjson.loads(found.answer)
    ids = {id_ for item in kept["items"] for id_ in _named(item)}
    evidence, events = ({id_ for item in kept["items"] for id_ in item.get(of, ())} for of in ("evidence", "events"))
    seen = _Seen(entities_by_id(graph, viewer, sorted(ids)), _links(graph, viewer, ids | events) if evidence else {})
    items = tuple(made for item in kept["items"] if (made := make(item, seen)) is not None)
    cut = None if kept["truncated"] is None else Truncation(*kept["truncated"])
    gone = _gone("who", len(ids - seen.views.keys())), _gone("statements that", len(evidence - seen.links.keys()))
    return Listed(items, joined([cut, *gone]))


def _gone(what: str, count: int) -> Truncation | None:
    return Truncation(f"{count} {what} were found then are not there any more", count) if count else None


def _links(graph: Graph, viewer: Viewer, ids: Iterable[str]) -> dict[str, LinkView]:
    _, links, _ = evidence_among(graph, viewer, ids)
    return {link.id: link for link in links}


def _kept_player(view: KeyPlayerView) -> Kept:
    numbers = {"score": view.score, "low": view.low, "high": view.high, "rank": view.rank}
    return {"id": view.entity.id, "numbers": numbers, "because": [astuple(part) for part in view.because]}


def _player(kept: Kept, seen: _Seen) -> KeyPlayerView | None:
    because, view = tuple(ScorePart(*part) for part in kept["because"]), seen.views.get(kept["id"])
    return None if view is None else KeyPlayerView(view, **kept["numbers"], because=because)


def _kept_community(view: CommunityView) -> Kept:
    return {
        "community": view.id,
        "numbers": {"size": view.size, "density": view.density},
        "members": [_kept_player(member) for member in view.members],
        "bridges": [bridge.id for bridge in view.bridges],
    }


def _community(kept: Kept, seen: _Seen) -> CommunityView | None:
    members = tuple(made for each in kept["members"] if (made := _player(each, seen)) is not None)
    bridges = tuple(seen.views[id_] for id_ in kept["bridges"] if id_ in seen.views)
    return CommunityView(kept["community"], **kept["numbers"], members=members, bridges=bridges) if members else None


def _kept_network(view: EmergingNetworkView) -> Kept:
    return {
        "group": _kept_community(view.community),
        "told": {"change": view.change, "growth": view.growth, "since": view.since, "sentence": view.sentence},
        "evidence": [link.id for link in view.evidence],
        "events": sorted({link.target.id for link in view.evidence}),
    }


def _network(kept: Kept, seen: _Seen) -> EmergingNetworkView | None:
    community = _community(kept["group"], seen)
    evidence = tuple(seen.links[id_] for id_ in kept["evidence"] if id_ in seen.links)
    return None if community is None else EmergingNetworkView(community, **kept["told"], evidence=evidence)


def _named(kept: Kept) -> list[str]:
    of = kept.get("group", kept)
    return [of["id"]] if "id" in of else [each["id"] for each in of["members"]]
