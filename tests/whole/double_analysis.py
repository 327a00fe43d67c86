"""The questions about networks as a whole that are asked of both of two double worlds."""

from __future__ import annotations

import time
from typing import Any

import orjson

from tests.whole.double import Asker, Known
from tests.whole.double_client import body_of
from tests.whole.double_selection import LINK_TYPES, LISTS, SINCE, leaves, select

METHODS = ("BETWEENNESS", "PAGERANK", "EIGENVECTOR", "DEGREE", "FRAGMENTATION", "REACH")
SHARED = "kinds: [PHONE, EMAIL, ADDRESS, VEHICLE, CRIME, INCIDENT, CALL]"

EARLIER = "2026-01-01T00:00:00Z"


def scopes(known: Known) -> list[str]:
    """Networks of everybody, around somebody or something, and in a postcode; by every filter."""
    around = [*known.some("Person", 2), *known.some("Phone", 1), known.hidden[0]]
    places = [*known.some("Postcode", 1), *known.some("Address", 1), known.hidden[0]]
    starts = ", ".join(f'"{id_}"' for id_ in around)
    filters = (
        f"types: {LINK_TYPES}", f"since: {SINCE}", f"until: {SINCE}", f'knownAt: "{EARLIER}"',
        'minGrade: {source: 2, intelligence: "C"}',
    )  # fmt: skip
    return [
        "{}",
        f"{{{SHARED}}}",
        f"{{ids: [{starts}], hops: 1, {SHARED}}}",
        *(f'{{ids: ["{id_}"], {SHARED}}}' for id_ in around),
        *(f'{{area: "{id_}", {SHARED}}}' for id_ in places),
        *(f"{{{SHARED}, {given}}}" for given in filters),
    ]


def networks(ask: Asker, known: Known) -> None:
    """Key players by every method, and communities."""
    player, community = select("KeyPlayer", 2, LISTS), select("Community", 3, LISTS)
    for scope in scopes(known):
        for method in METHODS:
            ask.maybe(f"{{ keyPlayers(scope: {scope}, method: {method}, first: 4) {{ {player} }} }}")
        for first in (1, 50):
            ask.maybe(f"{{ communities(scope: {scope}, first: {first}) {{ {community} }} }}")


def jobs(ask: Asker, known: Known) -> None:
    """The same asked as jobs, of which nothing is told in between; one that is cancelled, and one that is nobody's."""
    fields, leaf = select("Job", 3, LISTS), leaves("Job")
    wanted = "query($id: ID!) { job(id: $id) { state } }"
    hidden = known.hidden[0]
    asked = [
        f"{question}scope: {scope}"
        for scope in known.few([*scopes(known)[:3], f'{{area: "{hidden}"}}'], 1)
        for question in ("startKeyPlayers(method: DEGREE, ", "startCommunities(")
    ]
    emerging = ("windowDays: 365", f'area: "{hidden}"', f'windowDays: 365, asOf: "{EARLIER}"')
    asked += [f"startEmergingNetworks({given}" for given in emerging]
    for question in asked:
        begun = ask(f"mutation {{ {question}, first: 4) {{ {leaf} }} }}")
        for id_ in [job["id"] for job in begun.values() if job]:
            while unseen(ask, wanted, id_)["job"]["state"] in ("WAITING", "RUNNING"):
                time.sleep(0.02)
            ask(f"query($id: ID!) {{ job(id: $id) {{ {fields} }} }}", id=id_)
            ask(f"mutation($id: ID!) {{ cancelJob(id: $id) {{ {leaf} }} }}", id=id_)
            ask.watch(f'subscription {{ job(id: "{id_}") {{ {leaf} }} }}')
    ask(f"{{ jobs {{ {fields} }} }}")
    ask(f"query($id: ID!) {{ job(id: $id) {{ {fields} }} }}", id="j_" + "a" * 20)


def unseen(ask: Asker, query: str, id_: str) -> dict[str, Any]:
    """What is answered meanwhile, which goes by the clock."""
    body = {"query": query, "variables": {"id": id_}}
    data: dict[str, Any] = orjson.loads(body_of(ask.client, body, ask.viewer))["data"]
    return data


def suggestions(ask: Asker, known: Known) -> None:
    """Who is probably linked to some."""
    fields = select("LinkSuggestion", 2, LISTS)
    for id_ in (*known.some("Person", 6), *known.some("Organisation", 1), *known.some("Phone", 1), known.hidden[0]):
        for given in ("first: 1", "first: 50", f'first: 50, asOf: "{EARLIER}"'):
            ask.maybe(f"query($id: ID!) {{ linkSuggestions(id: $id, {given}) {{ {fields} }} }}", id=id_)


def at_risk(ask: Asker, known: Known) -> None:
    """Who is marked as vulnerable around some."""
    fields = select("AtRisk", 2, LISTS)
    for id_ in (*known.some("Person", 6), *known.some("Organisation", 1), *known.some("Phone", 1), known.hidden[0]):
        for given in ("hops: 1", "hops: 3, first: 1", "first: 50", f'first: 50, asOf: "{EARLIER}"'):
            ask.maybe(f"query($id: ID!) {{ vulnerableInNetwork(id: $id, {given}) {{ {fields} }} }}", id=id_)


def emerging(ask: Asker, known: Known) -> None:
    """Which groups are new, everywhere and at some places."""
    fields = select("EmergingNetwork", 3, LISTS)
    places = [*known.some("Address", 2), *known.some("Postcode", 1), *known.some("Person", 1), known.hidden[0]]
    for area in ("", *(f'area: "{id_}", ' for id_ in places)):
        for given in ("windowDays: 330", "windowDays: 500, first: 1", f'windowDays: 3660, asOf: "{EARLIER}"'):
            ask.maybe(f"{{ emergingNetworks({area}{given}) {{ {fields} }} }}")


def patterns(ask: Asker, known: Known) -> None:
    """Patterns of harm, everywhere and at some places."""
    fields = select("Indicator", 2, LISTS)
    places = [*known.some("Address", 2), *known.some("Postcode", 1), *known.some("Person", 1), known.hidden[0]]
    for pattern in ("COUNTY_LINES", "CUCKOOING", "REPEAT_VICTIM", "SHARED_BURNER_PHONE"):
        for area in ("", *(f', area: "{id_}"' for id_ in places)):
            for given in ("windowDays: 500", f'windowDays: 3660, first: 1, asOf: "{EARLIER}"'):
                ask.maybe(f"{{ indicators(pattern: {pattern}{area}, {given}) {{ {fields} }} }}")
