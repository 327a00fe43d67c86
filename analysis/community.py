"""Which groups a network falls into, who is of each, and who ties it to others."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.course import Course
from analysis.doubt import low_high, worlds
from analysis.key_player import KeyPlayerView, world_count
from analysis.network import Floats, Ints, Network, Ties
from analysis.partition import leiden
from analysis.pull import left_out, pull
from analysis.scope import MOST, Scope
from graph.answer import EntityView
from graph.open import Graph
from graph.read.event import Listed
from graph.read.page import cut_to, within
from graph.read.walk import joined, views_of
from graph.relevance import ScorePart
from security.viewer import Viewer


@dataclass(frozen=True, slots=True)
class CommunityView:
    """A group of two or more; `density`: the share of its pairs that are tied; the same members have the same id.

    `members`: most ties within the group first, then by id; `bridges`: members tied to others, most such ties first.
    """

    id: str
    size: int
    density: float
    members: tuple[KeyPlayerView, ...]
    bridges: tuple[EntityView, ...]


def communities(
    graph: Graph, viewer: Viewer, scope: Scope, first: int = 20, course: Course | None = None
) -> Listed[CommunityView]:
    """The communities of a scope's network, largest first, then by least id; who is tied to nobody is in none.

    Raises what `pull` and `course` raise, and BadInput where `first` is not 1 to 100.
    """
    within("first", first, 1, MOST)
    course = course or Course()
    course.at("reading the network")
    network = pull(graph, viewer, scope, large=True)
    course.at("finding groups")
    labels = leiden(network.ties)
    groups = groups_of(labels)
    shown, cut = cut_to(groups, first, "largest {} communities")
    views = views_of(graph, viewer, [network.ids[node] for group in shown for node in group.tolist()])
    rated = Rated(network, labels, course)
    items = tuple(rated.community(group, views) for group in shown)
    return Listed(items, joined([cut, left_out(network)]))


def groups_of(labels: Ints) -> list[Ints]:
    """The nodes of each community of two or more, in the order of the communities' numbers."""
    order = np.argsort(labels, kind="stable").astype(np.int32)
    groups = np.split(order, np.cumsum(np.bincount(labels))[:-1]) if len(labels) else []
    return [group for group in groups if len(group) > 1]


def community_id(ids: Sequence[str]) -> str:
    """The id of a community: of its members alone."""
    digest = hashlib.blake2b(" ".join(sorted(ids)).encode(), digest_size=10).digest()
    return "c_" + base64.b32encode(digest).decode().lower()


class Rated:
    """The ties of each node within its community and beyond, here and in the worlds where links are dropped."""

    def __init__(self, network: Network, labels: Ints, course: Course) -> None:
        self._network = network
        self._labels = labels
        self._inside, self._outside = _degrees(network.ties, labels)
        count = world_count(network.ties)
        drawn_worlds = course.through(worlds(network, count), count, "measuring world")
        drawn = np.array([_degrees(world, labels)[0] for world in drawn_worlds])
        self._low, self._high = low_high(self._inside, drawn.reshape(count, network.size))

    def community(self, group: Ints, views: Mapping[str, EntityView]) -> CommunityView:
        """The community of these nodes."""
        size, ids = len(group), self._network.ids
        order = group[np.lexsort((group, -self._inside[group]))]
        members = tuple(self._member(node, rank, size, views[ids[node]]) for rank, node in enumerate(order.tolist(), 1))
        across = group[np.lexsort((group, -self._outside[group]))]
        return CommunityView(
            community_id([ids[node] for node in group.tolist()]),
            size,
            round(float(self._inside[group].sum()) / (size * (size - 1)), 9),
            members,
            tuple(views[ids[node]] for node in across.tolist() if self._outside[node]),
        )

    def _member(self, node: int, rank: int, size: int, view: EntityView) -> KeyPlayerView:
        inside, outside = int(self._inside[node]), int(self._outside[node])
        parts = [
            ScorePart(
                "ties", round(inside / (size - 1), 9), 1.0, f"Tied to {inside} of {size - 1} others of the group."
            )
        ]
        if outside:
            share = round(outside / (inside + outside), 9)
            parts.append(ScorePart("bridge", share, 0.0, f"Tied to {outside} who are of other groups."))
        low, high = float(self._low[node]), float(self._high[node])
        return KeyPlayerView(view, float(inside), low, high, rank, tuple(parts))


def _degrees(ties: Ties, labels: Ints) -> tuple[Floats, Floats]:
    """The ties of each labelled node within its community and beyond; nodes after the labelled are of none."""
    own = np.concatenate([labels, np.full(ties.size - len(labels), -1, np.int32)])
    same = own[ties.low] == own[ties.high]
    ends, both = np.concatenate([ties.low, ties.high]), np.concatenate([same, same])
    inside = np.bincount(ends[both], minlength=ties.size)[: len(labels)]
    outside = np.bincount(ends[~both], minlength=ties.size)[: len(labels)]
    return inside.astype(np.float64), outside.astype(np.float64)
