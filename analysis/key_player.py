"""Who holds a network together: six ways to ask, each with how far the answer is to be trusted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from analysis import measure, removal
from analysis.course import Course
from analysis.doubt import low_high, worlds
from analysis.network import Floats, Ints, Network, Ties
from analysis.pull import left_out, pull
from analysis.scope import MOST, Scope
from graph.answer import EntityView, Truncation
from graph.open import Graph
from graph.read.event import Listed
from graph.read.page import within
from graph.read.walk import joined, views_of
from graph.relevance import ScorePart
from security.viewer import Viewer

# Steps along ties, of which rustworkx takes some 60 million a second: more are sampled.
_MOST_STEPS = 15_000_000
_ALL_STEPS = 300_000_000
_SOURCES = 200
_SOURCES_OF_WORLD = 48
_WORLDS, _FEWEST_WORLDS = 100, 20
# The ranks that are told hold nine in ten worlds.
_RANKS = (0.05, 0.95)


class Method(StrEnum):
    """What makes a key player."""

    BETWEENNESS = "BETWEENNESS"
    PAGERANK = "PAGERANK"
    EIGENVECTOR = "EIGENVECTOR"
    DEGREE = "DEGREE"
    FRAGMENTATION = "FRAGMENTATION"
    REACH = "REACH"


# What these take grows hardly faster than the network.
_LINEAR = (Method.PAGERANK, Method.EIGENVECTOR, Method.DEGREE)


@dataclass(frozen=True, slots=True)
class KeyPlayerView:
    """Somebody of a network: the score, its range in 49 of 50 worlds, the rank (1 first), and what it rests on."""

    entity: EntityView
    score: float
    low: float
    high: float
    rank: int
    because: tuple[ScorePart, ...]


def key_players(
    graph: Graph,
    viewer: Viewer,
    scope: Scope,
    method: Method = Method.FRAGMENTATION,
    first: int = 10,
    course: Course | None = None,
) -> Listed[KeyPlayerView]:
    """The key players of a scope's network, best first, then by id; only who is tied to somebody.

    FRAGMENTATION and REACH pick a set: each has the score (0..1) that it adds to those before it. BETWEENNESS counts
    unordered pairs, DEGREE ties; PAGERANK adds up to 1, EIGENVECTOR has length 1. Raises what `pull` raises, what
    `course` raises, and BadInput where `first` is not 1 to 100.
    """
    within("first", first, 1, MOST)
    course = course or Course()
    course.at("reading the network")
    network = pull(graph, viewer, scope, large=method in _LINEAR or (course.patient and method is Method.BETWEENNESS))
    course.at("measuring everybody")
    tied = int((measure.degree(network.ties) > 0).sum())
    if not tied:
        return Listed((), left_out(network))
    found = (_chosen if method in _SETS else _measured)(network, method, min(first, tied), course)
    views = views_of(graph, viewer, [network.ids[node] for node in found.nodes])
    items = tuple(
        KeyPlayerView(
            views[network.ids[node]],
            _told(found.scores[place]),
            _told(found.low[place]),
            _told(found.high[place]),
            place + 1,
            (found.parts[place], _ties_part(network.ties, node), _doubt_part(found, place, method)),
        )
        for place, node in enumerate(found.nodes)
    )
    beyond = Truncation(f"the first {len(items)} are shown", tied - len(items)) if len(items) < tied else None
    return Listed(items, joined([beyond, left_out(network)]))


@dataclass(frozen=True, slots=True)
class _Found:
    """Nodes in rank order with scores and ranges; in how many of so many worlds each is among these.

    `ranks`: the best and worst rank of each in nine of ten worlds; None where a set is picked.
    """

    nodes: Sequence[int]
    scores: Floats
    low: Floats
    high: Floats
    parts: Sequence[ScorePart]
    among: Sequence[int]
    worlds: int
    ranks: Sequence[tuple[int, int]] | None = None


def _measured(network: Network, method: Method, first: int, course: Course) -> _Found:
    ties = network.ties
    score, sampled = _score_of(ties, method, _SOURCES, course)
    order = np.argsort(_ranks(score, ties))[:first]
    count = _world_count(ties, method)
    drawn, ranks = np.zeros((count, len(order))), np.zeros((count, len(order)), np.int32)
    for place, world in enumerate(course.through(worlds(network, count), count, "measuring world")):
        here, _ = _score_of(world, method, _SOURCES_OF_WORLD, course)
        drawn[place], ranks[place] = here[order], _ranks(here, world)[order]
    low, high = low_high(score[order], drawn)
    best, worst = np.quantile(ranks, _RANKS, axis=0, method="nearest")
    chosen: list[int] = order.tolist()
    parts = _score_parts(score, chosen, method, sampled)
    among = (ranks <= first).sum(axis=0).tolist()
    return _Found(
        chosen, score[order], low, high, parts, among, count, list(zip(best.tolist(), worst.tolist(), strict=True))
    )


def _ranks(score: Floats, ties: Ties) -> Ints:
    """The rank of each node by score, 1 first, of equal ones by number; who is tied to nobody comes last."""
    told = np.where(measure.degree(ties) > 0, np.round(score, 9), -1.0)
    ranks = np.empty(len(told), np.int32)
    ranks[np.argsort(-told, kind="stable")] = np.arange(1, len(told) + 1)
    return ranks


def _score_of(ties: Ties, method: Method, sources: int, course: Course) -> tuple[Floats, Floats | None]:
    """The score of each node, and the standard error of each where it is estimated from some sources."""
    if method is Method.BETWEENNESS:
        if ties.size * ties.count * 2 > _MOST_STEPS:
            return measure.sampled_betweenness(ties, sources, check=course.check)
        return measure.betweenness_centrality(ties), None
    plain: dict[Method, Callable[[Ties], Floats]] = {
        Method.PAGERANK: measure.pagerank,
        Method.EIGENVECTOR: measure.eigenvector_centrality,
    }
    return (plain[method](ties) if method in plain else measure.degree(ties).astype(np.float64)), None


def _world_count(ties: Ties, method: Method) -> int:
    """How many worlds: fewer of a network that takes long, by its size and never by the clock."""
    if method is not Method.BETWEENNESS:
        return world_count(ties)
    return int(np.clip(_ALL_STEPS // max(ties.size * ties.count * 2, 1), _FEWEST_WORLDS, _WORLDS))


def world_count(ties: Ties) -> int:
    """How many worlds a measure is drawn for that takes as long as the network is large."""
    return int(np.clip(_ALL_STEPS // max(100 * (ties.count + ties.size), 1), _FEWEST_WORLDS, _WORLDS))


def _chosen(network: Network, method: Method, first: int, course: Course) -> _Found:
    choose, again = _SETS[method]
    picked = choose(network.ties, first)
    count = _world_count(network.ties, method)
    drawn_worlds = course.through(worlds(network, count), count, "measuring world")
    drawn = np.array([again(world, picked.nodes) for world in drawn_worlds]).reshape(count, -1)
    low, high = low_high(picked.gains, drawn)
    together = np.cumsum(picked.gains)
    # A node that adds something in a world is of use there.
    among = (drawn > 0).sum(axis=0)
    parts = [_set_part(method, place, together, picked.bound) for place in range(len(picked.nodes))]
    return _Found(picked.nodes, picked.gains, low, high, parts, among.tolist(), count)


_SETS = {
    Method.FRAGMENTATION: (removal.fragmenting, removal.fragmented),
    Method.REACH: (removal.reaching, removal.reached),
}
_SAID = {
    Method.BETWEENNESS: "Of the shortest ways between two others, counted by pairs, {score:.6g} lead through here",
    Method.PAGERANK: "Who goes from tie to tie by chance is here {score:.4%} of the time",
    Method.EIGENVECTOR: "Tied to the well tied: {score:.4f} of a vector of length 1",
    Method.DEGREE: "Tied to {score:.0f} others",
}


def _score_parts(score: Floats, order: Sequence[int], method: Method, sampled: Floats | None) -> list[ScorePart]:
    most = float(score.max()) if len(score) else 0.0
    parts = []
    for node in order:
        said = _SAID[method].format(score=float(score[node]))
        if sampled is not None:
            said += f", estimated from {_SOURCES} sources with a standard error of {float(sampled[node]):.6g}"
        value = float(score[node]) / most if most else 0.0
        parts.append(ScorePart(method.value.lower(), _told(value), 1.0, f"{said}; the most of anybody is {most:.6g}."))
    return parts


def _set_part(method: Method, place: int, together: Floats, bound: float) -> ScorePart:
    who = "this one" if place == 0 else f"the first {place + 1}"
    if method is Method.FRAGMENTATION:
        said = f"Without {who} {together[place]:.1%} of all pairs no longer reach each other by what is left."
    else:
        said = f"Within {removal.REACH_STEPS} ties {who} reach{'es' if place == 0 else ''} {together[place]:.1%}."
    if place == len(together) - 1:
        said += f" No {place + 1} {'part' if method is Method.FRAGMENTATION else 'reach'} more than {bound:.1%}."
    return ScorePart(method.value.lower(), _told(together[place]), 1.0, said)


def _ties_part(ties: Ties, node: int) -> ScorePart:
    around = len(ties.around(node))
    return ScorePart("ties", _told(around / max(ties.size - 1, 1)), 0.0, f"Tied to {around} of {ties.size - 1} others.")


def _doubt_part(found: _Found, place: int, method: Method) -> ScorePart:
    share = int(found.among[place]) / found.worlds
    what = "Adds something" if method in _SETS else f"Among the first {len(found.nodes)}"
    said = (
        f"{what} in {share:.0%} of {found.worlds} worlds drawn from the grades of links, the doubt of merges and what "
        f"goes unreported; the score is between {found.low[place]:.4g} and {found.high[place]:.4g} in 49 of 50"
    )
    if found.ranks is None:
        said += "."
    else:
        best, worst = found.ranks[place]
        said += f", the rank {best if best == worst else f'between {best} and {worst}'} in nine of ten."
    return ScorePart("doubt", _told(share), 0.0, said)


def _told(value: float) -> float:
    return round(float(value), 9)
