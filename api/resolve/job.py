"""Resolvers of jobs: long questions about networks that are answered in the background."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated

import strawberry
from strawberry import Parent

from analysis.community import CommunityView
from analysis.emerging import EmergingNetworkView, Recent
from analysis.job import Question, Wanted, communities_of, emerging_networks_of, key_players_of
from analysis.key_player import KeyPlayerView, Method
from api.context import Asked
from api.resolve.analysis import meet_community, meet_emerging
from api.resolve.live import Watched
from api.resolve.value import epoch_of, filled
from api.schema.input import NetworkScope
from graph import job as kept
from graph.errors import BadInput, PolegraphError
from graph.job import JobView

Id = Annotated[strawberry.ID, strawberry.argument(name="id")]


def start_key_players(
    info: Asked, scope: NetworkScope, method: Method | None = Method.FRAGMENTATION, first: int | None = 10
) -> JobView:
    """Have it found who holds a network together."""
    return _begin(info, Wanted(Question.KEY_PLAYERS, scope.scope(), filled(first, 10), method))


def start_communities(info: Asked, scope: NetworkScope, first: int | None = 20) -> JobView:
    """Have it found which groups a network falls into."""
    return _begin(info, Wanted(Question.COMMUNITIES, scope.scope(), filled(first, 20)))


def start_emerging_networks(
    info: Asked,
    area: strawberry.ID | None = None,
    window_days: int | None = 90,
    first: int | None = 10,
    as_of: datetime | None = None,
) -> JobView:
    """Have it found which groups are new or changed."""
    recent = Recent(area, filled(window_days, 90), epoch_of(as_of))
    return _begin(info, Wanted(Question.EMERGING_NETWORKS, recent, filled(first, 10)))


def _begin(info: Asked, wanted: Wanted) -> JobView:
    if info.context.jobs is None:
        raise BadInput("jobs are worked at by `polegraph serve` alone")
    return info.context.change(info.context.jobs.begin, wanted)


def cancel_job(info: Asked, id_: Id) -> JobView:
    """End a job of the viewer's own."""
    return info.context.change(kept.cancel, id_)


def jobs(info: Asked) -> list[JobView]:
    """The viewer's own jobs."""
    return info.context.ask(kept.jobs)


def job(info: Asked, id_: Id) -> JobView | None:
    """A job of the viewer's own."""
    return info.context.ask(kept.job, id_)


def watch(info: Watched, id_: Id) -> AsyncIterator[JobView | PolegraphError | None]:
    """A job of the viewer's own, as it goes on."""
    return info.context.jobs.watched(info.context.viewer, id_)


def key_players(root: Parent[JobView], info: Asked) -> list[KeyPlayerView] | None:
    """The key players that it found."""
    found = info.context.ask(key_players_of, root)
    if found is None:
        return None
    info.context.cut("keyPlayers", found.truncated)
    info.context.meet(view.entity for view in found.items)
    return list(found.items)


def communities(root: Parent[JobView], info: Asked) -> list[CommunityView] | None:
    """The communities that it found."""
    found = info.context.ask(communities_of, root)
    if found is None:
        return None
    info.context.cut("communities", found.truncated)
    for view in found.items:
        meet_community(info, view)
    return list(found.items)


def emerging_networks(root: Parent[JobView], info: Asked) -> list[EmergingNetworkView] | None:
    """The networks that it found to have changed."""
    found = info.context.ask(emerging_networks_of, root)
    return None if found is None else meet_emerging(info, found)
