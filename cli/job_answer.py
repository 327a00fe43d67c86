"""What `polegraph jobs` prints of an answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import typer

from analysis.community import CommunityView
from analysis.emerging import EmergingNetworkView
from analysis.job import communities_of, emerging_networks_of, key_players_of
from analysis.key_player import KeyPlayerView
from cli.account import Consultation
from cli.console import out, say, show_json
from graph.answer import iso
from graph.job import JobState, JobView
from graph.read.event import Listed

T = TypeVar("T")


def tell(asking: Consultation, view: JobView, *, json: bool) -> None:
    """Print what a job found, once that is on record; ends the command with 1 where it found nothing to print."""
    if view.state is not JobState.DONE:
        asking.answer(view)
        say(f"{view.id}: {view.state.value}, {view.error or view.step}")
        raise typer.Exit(1)
    for find, as_json, line in _ANSWERS:
        found = find(asking.graph, asking.viewer, view)
        if found is not None:
            _print(asking.answer(found), as_json, line, json=json)


def _print(found: Listed[T], as_json: Callable[[T], object], line: Callable[[T], str], *, json: bool) -> None:
    if found.truncated is not None:
        say(f"{found.truncated.reason}; {found.truncated.suppressed:,} are left out")
    if json:
        show_json([as_json(item) for item in found.items])
        return
    for item in found.items:
        out.print(line(item), markup=False)
    if not found.items:
        say("nobody is tied so")


def _player(view: KeyPlayerView) -> dict[str, Any]:
    told = {"id": view.entity.id, "label": view.entity.label, "rank": view.rank, "score": view.score}
    because = [part.sentence for part in view.because]
    return {**told, "low": view.low, "high": view.high, "because": because}


def _player_line(view: KeyPlayerView) -> str:
    scores = f"{view.score:.3f} ({view.low:.3f} to {view.high:.3f})"
    return f"{view.rank:3}  {scores}  {view.entity.label}  {view.entity.id}"


def _community(view: CommunityView) -> dict[str, Any]:
    members, bridges = [_player(member) for member in view.members], [bridge.id for bridge in view.bridges]
    return {"id": view.id, "size": view.size, "density": view.density, "members": members, "bridges": bridges}


def _community_line(view: CommunityView) -> str:
    return f"{view.size:3} of density {view.density:.2f}: {_members(view)}"


def _network(view: EmergingNetworkView) -> dict[str, Any]:
    told = {"change": view.change, "growth": view.growth, "since": iso(view.since), "sentence": view.sentence}
    return {**told, "community": _community(view.community), "evidence": [link.id for link in view.evidence]}


def _network_line(view: EmergingNetworkView) -> str:
    return f"{view.change:6}  {view.sentence} {_members(view.community)}"


def _members(view: CommunityView) -> str:
    return ", ".join(f"{member.entity.label} ({member.entity.id})" for member in view.members)


_ANSWERS: tuple[tuple[Any, Any, Any], ...] = (
    (key_players_of, _player, _player_line),
    (communities_of, _community, _community_line),
    (emerging_networks_of, _network, _network_line),
)
