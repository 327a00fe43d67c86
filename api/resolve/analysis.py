"""Resolvers of the questions about networks as a whole."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

import strawberry
from strawberry import Parent

from analysis.at_risk import AtRiskView
from analysis.at_risk import vulnerable_in_network as vulnerable_in_network_of
from analysis.community import CommunityView
from analysis.community import communities as communities_of
from analysis.emerging import EmergingNetworkView, Recent
from analysis.emerging import emerging_networks as emerging_networks_of
from analysis.indicator import IndicatorView, Pattern
from analysis.indicator import indicators as indicators_of
from analysis.key_player import KeyPlayerView, Method
from analysis.key_player import key_players as key_players_of
from analysis.suggestion import LinkSuggestionView
from analysis.suggestion import link_suggestions as link_suggestions_of
from api.context import Asked
from api.resolve.value import epoch_of, filled
from api.schema.input import NetworkScope
from graph.read.event import Listed

Id = Annotated[strawberry.ID, strawberry.argument(name="id")]


def key_players(
    info: Asked, scope: NetworkScope, method: Method | None = Method.FRAGMENTATION, first: int | None = 10
) -> list[KeyPlayerView]:
    """Who holds a network together."""
    found = info.context.ask(
        key_players_of, scope.scope(), method or Method.FRAGMENTATION, filled(first, 10), info.context.course()
    )
    info.context.cut("keyPlayers", found.truncated)
    info.context.meet(view.entity for view in found.items)
    return list(found.items)


def communities(info: Asked, scope: NetworkScope, first: int | None = 20) -> list[CommunityView]:
    """Which groups a network falls into."""
    found = info.context.ask(communities_of, scope.scope(), filled(first, 20), info.context.course())
    info.context.cut("communities", found.truncated)
    for view in found.items:
        meet_community(info, view)
    return list(found.items)


def meet_community(info: Asked, view: CommunityView) -> None:
    """Announce all that a community shows."""
    info.context.meet([*(member.entity for member in view.members), *view.bridges])


def emerging_networks(
    info: Asked,
    area: strawberry.ID | None = None,
    window_days: int | None = 90,
    first: int | None = 10,
    as_of: datetime | None = None,
) -> list[EmergingNetworkView]:
    """Which groups are new or changed."""
    recent = Recent(area, filled(window_days, 90), epoch_of(as_of))
    return meet_emerging(info, info.context.ask(emerging_networks_of, recent, filled(first, 10), info.context.course()))


def meet_emerging(info: Asked, found: Listed[EmergingNetworkView]) -> list[EmergingNetworkView]:
    """These networks, with what was left out said and everybody whom they name noted."""
    info.context.cut("emergingNetworks", found.truncated)
    for view in found.items:
        meet_community(info, view.community)
        info.context.meet_links(view.evidence)
    return list(found.items)


def since(root: Parent[EmergingNetworkView]) -> date:
    """The day of its first event in the window."""
    return datetime.fromtimestamp(root.since, UTC).date()


def link_suggestions(
    info: Asked, id_: Id, first: int | None = 10, as_of: datetime | None = None
) -> list[LinkSuggestionView]:
    """Who is probably linked."""
    found = info.context.ask(link_suggestions_of, id_, filled(first, 10), epoch_of(as_of))
    info.context.cut("linkSuggestions", found.truncated)
    for view in found.items:
        info.context.meet([view.entity, *view.through])
    return list(found.items)


def vulnerable_in_network(
    info: Asked, id_: Id, hops: int | None = 2, first: int | None = 20, as_of: datetime | None = None
) -> list[AtRiskView]:
    """Who in a network is marked as vulnerable."""
    found = info.context.ask(vulnerable_in_network_of, id_, filled(hops, 2), filled(first, 20), epoch_of(as_of))
    info.context.cut("vulnerableInNetwork", found.truncated)
    for view in found.items:
        info.context.meet([*view.path, *(each.entity for each in view.offenders)])
        info.context.meet_links(view.evidence)
    return list(found.items)


def indicators(
    info: Asked,
    pattern: Pattern,
    area: strawberry.ID | None = None,
    window_days: int | None = 90,
    first: int | None = 20,
    as_of: datetime | None = None,
) -> list[IndicatorView]:
    """Where a pattern of harm shows."""
    found = info.context.ask(indicators_of, pattern, area, filled(window_days, 90), filled(first, 20), epoch_of(as_of))
    info.context.cut("indicators", found.truncated)
    for view in found.items:
        info.context.meet(view.entities)
        info.context.meet_links(view.evidence)
    return list(found.items)
