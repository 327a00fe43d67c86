"""Whom each analytic that singles people out picks, and from whom: what a report of disparity compares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from analysis.at_risk import SHARED, vulnerable_in_network
from analysis.community import communities
from analysis.emerging import Recent, emerging_networks
from analysis.indicator import Pattern, indicators
from analysis.key_player import key_players
from analysis.life import MOST_USUAL, Life, pattern_of_life
from analysis.pull import parties, pull, surroundings
from analysis.repeat import RepeatKind, Repeats, repeats
from analysis.scope import MOST, Scope, group_of
from analysis.suggestion import link_suggestions
from graph.answer import EntityView
from graph.open import Graph
from graph.read.associate import associates
from graph.read.event import co_offenders
from graph.read.event_context import MOST_ACTIVITIES, RelevantActivity, event_context
from graph.read.page import LONGEST
from security.viewer import Viewer

# What a question shows where nothing else is asked for: who comes first of all that were looked at is picked.
_SHOWN_ASSOCIATES = 20
_SHOWN_CONTACTS = 10
_SHOWN_ACTIVITIES = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, of which area or, where an analytic is asked of something, of what."""

    graph: Graph
    viewer: Viewer
    area: str | None = None
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picked:
    """Ids of whom an analytic picked, and of all whom it picked from."""

    picked: set[str]
    among: set[str]


def _everywhere(asked: Asked, picked: Iterable[str]) -> Picked:
    return Picked(set(picked), parties(asked.graph, asked.viewer, asked.area))


def _players(asked: Asked) -> Picked:
    found = key_players(asked.graph, asked.viewer, Scope(area=asked.area), first=MOST).items
    return _everywhere(asked, (view.entity.id for view in found))


def _communities(asked: Asked) -> Picked:
    found = communities(asked.graph, asked.viewer, Scope(area=asked.area), MOST).items
    return _everywhere(asked, (member.entity.id for view in found for member in view.members))


def _emerging(asked: Asked) -> Picked:
    found = emerging_networks(asked.graph, asked.viewer, Recent(asked.area), MOST).items
    return _everywhere(asked, (member.entity.id for view in found for member in view.community.members))


def _indicated(asked: Asked) -> Picked:
    found = [
        view for each in Pattern for view in indicators(asked.graph, asked.viewer, each, asked.area, first=MOST).items
    ]
    return _everywhere(asked, _people(entity for view in found for entity in view.entities))


def _repeated(asked: Asked) -> Picked:
    kinds = (RepeatKind.VICTIM, RepeatKind.CALLER)
    found = [
        view
        for kind in kinds
        for view in repeats(asked.graph, asked.viewer, Repeats(kind, area=asked.area), LONGEST).items
    ]
    return _everywhere(asked, _people(view.entity for view in found))


def _associated(asked: Asked, id_: str) -> Picked:
    tied = [view.entity for view in associates(asked.graph, asked.viewer, id_, LONGEST).items]
    acting = [view.entity for view in co_offenders(asked.graph, asked.viewer, id_, first=LONGEST).items]
    return Picked(_people([*tied[:_SHOWN_ASSOCIATES], *acting[:_SHOWN_ASSOCIATES]]), _people([*tied, *acting]))


def _suggested(asked: Asked, id_: str) -> Picked:
    found = link_suggestions(asked.graph, asked.viewer, id_).items
    own = group_of(asked.graph, asked.viewer, id_, "linkSuggestions")
    return Picked({view.entity.id for view in found}, set(surroundings(asked.graph, asked.viewer, own).ids) - set(own))


def _at_risk(asked: Asked, id_: str) -> Picked:
    found = vulnerable_in_network(asked.graph, asked.viewer, id_, first=MOST).items
    own = group_of(asked.graph, asked.viewer, id_, "vulnerableInNetwork")
    network = pull(asked.graph, asked.viewer, Scope(ids=tuple(own), kinds=SHARED))
    return Picked({view.entity.id for view in found}, set(network.ids))


def _usual(asked: Asked, id_: str) -> Picked:
    contacts = pattern_of_life(asked.graph, asked.viewer, id_, Life(), MOST_USUAL).contacts
    met = [view.entity for view in contacts]
    return Picked(_people(met[:_SHOWN_CONTACTS]), _people(met))


def _around(asked: Asked, id_: str) -> Picked:
    found = event_context(asked.graph, asked.viewer, id_, first=MOST_ACTIVITIES).activities
    return Picked(_on_ways(found[:_SHOWN_ACTIVITIES]), _on_ways(found))


def _on_ways(found: Iterable[RelevantActivity]) -> set[str]:
    return _people(node for view in found if view.path is not None for node in view.path.nodes)


def _people(entities: Iterable[EntityView]) -> set[str]:
    return {entity.id for entity in entities if entity.kind == "Person"}


# Of everybody in an area, or everybody.
AT_LARGE: Mapping[str, Callable[[Asked], Picked]] = {
    "communities": _communities,
    "emerging-networks": _emerging,
    "indicators": _indicated,
    "key-players": _players,
    "repeats": _repeated,
}
# Of those around somebody or something.
AROUND: Mapping[str, Callable[[Asked, str], Picked]] = {
    "associates": _associated,
    "event-context": _around,
    "link-suggestions": _suggested,
    "pattern-of-life": _usual,
    "vulnerable-in-network": _at_risk,
}


def picked(name: str, asked: Asked) -> Picked:
    """Whom an analytic of these two tables picks, and from whom; raises what the analytic raises."""
    if name in AT_LARGE:
        return AT_LARGE[name](asked)
    found = [AROUND[name](asked, id_) for id_ in asked.of]
    return Picked(set().union(*(each.picked for each in found)), set().union(*(each.among for each in found)))
