"""Watches for what is seeded in a played day, and whether they found it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cli.day_sender import Sender
from graph.errors import PolegraphError
from loaders.world.day import Day, Seeded, Subject

_FIND = """query($text: String!, $kind: Kind!) {
  search(text: $text, kinds: [$kind], first: 5) { edges { node { entity { id } } } } }"""
_WATCH = """mutation($name: String!, $ids: [ID!]!, $patterns: [WatchPattern!]) {
  watch(name: $name, ids: $ids, patterns: $patterns, metres: 500, minutes: 60, maxHops: 4) { id } }"""
_ALERTS = """query($watch: ID!, $after: String) {
  alerts(watch: $watch, first: 100, after: $after) {
    edges { node {
      id pattern
      events { ...reference } path { nodes { ...reference } } change { link { to { ...reference } } }
    } }
    pageInfo { hasNextPage endCursor }
  } }
fragment reference on Entity { ... on Incident { reference } ... on Sighting { reference } }"""
# What came in the running second is told later.
_SETTLES_S = 10.0
_SECOND_S = 1.1
_PAUSE_S = 0.5


@dataclass(frozen=True, slots=True)
class Watched:
    """A watch for a seeded pattern."""

    seeded: Seeded
    id: str


def watch_for(day: Day, sender: Sender) -> list[Watched]:
    """A watch for each pattern of a day whose prelude was sent; raises PolegraphError where somebody is not found."""
    made = [Watched(seeded, _watch(sender, seeded, f"{day.given.name} {seeded.name}")) for seeded in day.seeded]
    # What comes in the second in which a watch is made is not later than it.
    time.sleep(_SECOND_S)
    return made


def _watch(sender: Sender, seeded: Seeded, name: str) -> str:
    ids = [_found(sender, subject) for subject in seeded.subjects]
    made = sender.ask(_WATCH, {"name": name, "ids": ids, "patterns": [seeded.pattern]})
    id_: str = made["watch"]["id"]
    return id_


def _found(sender: Sender, subject: Subject) -> str:
    edges = sender.ask(_FIND, {"text": subject.identifier, "kind": subject.kind})["search"]["edges"]
    if not edges:
        raise PolegraphError(f"nothing is known by {subject.identifier}: were the day's first messages taken?")
    id_: str = edges[0]["node"]["entity"]["id"]
    return id_


def judged(sender: Sender, watches: Iterable[Watched], until: int) -> dict[str, bool]:
    """Whether each pattern that was due before a moment of the day (epoch) fired, or did not where it was not to."""
    found = {each.seeded.name: False for each in watches if each.seeded.due < until}
    given_up = time.monotonic() + _SETTLES_S
    while not all(found.values()):
        for each in watches:
            if found.get(each.seeded.name) is False:
                found[each.seeded.name] = right(each.seeded, alerts(sender, each.id))
        if time.monotonic() > given_up:
            break
        time.sleep(_PAUSE_S)
    return found


def alerts(sender: Sender, watch_id: str) -> list[Mapping[str, Any]]:
    """All alerts of a watch."""
    found: list[Mapping[str, Any]] = []
    after = None
    while True:
        page = sender.ask(_ALERTS, {"watch": watch_id, "after": after})["alerts"]
        found += [edge["node"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


def right(seeded: Seeded, found: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the alerts of its watch are what a pattern asks for."""
    named = [_references(alert) for alert in found if alert["pattern"] == seeded.pattern]
    wanted = set(seeded.events)
    if not seeded.fires:
        return not named
    if seeded.pattern == "ANYTHING":
        return wanted <= set().union(*named)
    return any(wanted <= each for each in named)


def _references(alert: Mapping[str, Any]) -> set[str]:
    """The references of the events that an alert names."""
    ends = [alert["change"]["link"]["to"]] if alert["change"] and alert["change"]["link"] else []
    nodes = alert["path"]["nodes"] if alert["path"] else []
    return {each["reference"] for each in (*alert["events"], *nodes, *ends) if each.get("reference")}
