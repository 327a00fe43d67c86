"""Resolvers of the questions about networks as a whole."""

from __future__ import annotations

from typing import Annotated

import strawberry

from analysis.community import CommunityView
from analysis.community import communities as communities_of
from analysis.key_player import KeyPlayerView, Method
from analysis.key_player import key_players as key_players_of
from analysis.suggestion import LinkSuggestionView
from analysis.suggestion import link_suggestions as link_suggestions_of
from api.context import Asked
from api.limit import within
from api.schema.input import NetworkScope

Id = Annotated[strawberry.ID, strawberry.argument(name="id")]
MOST = 100


def key_players(
    info: Asked, scope: NetworkScope, method: Method | None = Method.FRAGMENTATION, first: int | None = 10
) -> list[KeyPlayerView]:
    """Who holds a network together."""
    most = within("first", 10 if first is None else first, 1, MOST)
    found = info.context.ask(key_players_of, scope.scope(), method or Method.FRAGMENTATION, most)
    info.context.cut("keyPlayers", found.truncated)
    info.context.meet(view.entity for view in found.items)
    return list(found.items)


def communities(info: Asked, scope: NetworkScope, first: int | None = 20) -> list[CommunityView]:
    """Which groups a network falls into."""
    most = within("first", 20 if first is None else first, 1, MOST)
    found = info.context.ask(communities_of, scope.scope(), most)
    info.context.cut("communities", found.truncated)
    for view in found.items:
        info.context.meet([*(member.entity for member in view.members), *view.bridges])
    return list(found.items)


def link_suggestions(info: Asked, id_: Id, first: int | None = 10) -> list[LinkSuggestionView]:
    """Who is probably linked."""
    most = within("first", 10 if first is None else first, 1, MOST)
    found = info.context.ask(link_suggestions_of, id_, most)
    info.context.cut("linkSuggestions", found.truncated)
    for view in found.items:
        info.context.meet([view.entity, *view.through])
    return list(found.items)
