"""What a record holds: the normalised union of its live rows, newest first; a pure function of the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson
from neo4j.spatial import WGS84Point

from graph.label import label
from graph.marking_numbers import text_index
from graph.model import KINDS, RESOLVED, Identity
from graph.search_text import search_text
from loaders.row import FAILED
from resolution.key import folded
from resolution.thing import thing_keys
from standards.date import DateTextError, from_text

_UNDATED = -(2**62)


@dataclass(frozen=True, slots=True)
class RowClaim:
    """One row's word on a node, with what orders it among others; `as_of` values are epoch seconds or None."""

    row: str
    live: bool
    first_as_of: int | None
    last_as_of: int | None
    hash: str
    name: str
    properties: str
    grade: int | None


@dataclass(frozen=True, slots=True)
class Content:
    """What a node holds now: properties, version, grade, dates, and whether any live row speaks of it."""

    properties: dict[str, Any]
    version: int
    grade: int | None
    recorded_at: int
    as_of: int | None
    live: bool


def age(last_as_of: int | None, content: str) -> tuple[int, str]:
    """What orders the contents of one row: the live one has the greatest."""
    return (_UNDATED if last_as_of is None else last_as_of, content)


def union(kind: str, claims: Iterable[RowClaim]) -> Content:
    """The content that these claims make of a node of that kind."""
    known = list(claims)
    live = sorted((c for c in known if c.live), key=lambda c: (*age(c.last_as_of, c.hash), c.name), reverse=True)
    return Content(
        _merged(kind, live),
        len({(c.properties, c.grade) for c in known}),
        live[0].grade if live else None,
        min(c.first_as_of or 0 for c in known),
        live[0].last_as_of if live else None,
        bool(live),
    )


def _merged(kind: str, live: Sequence[RowClaim]) -> dict[str, Any]:
    if len(live) == 1:
        return dict(orjson.loads(live[0].properties))
    merged: dict[str, Any] = {}
    for text in dict.fromkeys(claim.properties for claim in live):
        for name, value in orjson.loads(text).items():
            if name not in merged:
                merged[name] = value
            elif _repeatable(kind, name):
                merged[name] = list(dict.fromkeys([*merged[name], *value]))
    return merged


@cache
def _repeatable(kind: str, name: str) -> bool:
    declared = KINDS[kind].by_name.get(name)
    return name == FAILED or (declared is not None and declared.repeatable)


def node_map(
    node: str, kind: str, key: str, mk: int, source: int, content: Content, keys: Mapping[str, int] | None = None
) -> dict[str, Any]:
    """All properties of the record or keyed thing in the graph; `keys`: its `keys_of`, where they are known already."""
    properties = content.properties
    if "location" in properties:
        latitude, longitude = properties["location"]
        properties = {**properties, "location": WGS84Point((longitude, latitude))}
    common = {
        "id": node,
        "kind": kind,
        "key": key,
        "mk": mk,
        "source": source,
        "version": content.version,
        "grade": content.grade,
        "recorded_at": content.recorded_at,
        "as_of": content.as_of,
    }
    if KINDS[kind].identity is Identity.KEYED:
        return {**properties, **common, **_shown(kind, mk, properties)}
    return {**properties, **(keys_of(kind, properties) if keys is None else keys), **common, "live": content.live}


def keys_of(kind: str, properties: Mapping[str, Any]) -> dict[str, int]:
    """What a record of a resolved kind is found by when others of its kind are resolved."""
    if kind == "Person":
        return folded(properties).keys
    return thing_keys(kind, properties) if kind in RESOLVED else {}


def _shown(kind: str, mk: int, properties: dict[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = {"label": label(kind, properties), text_index(mk): search_text(kind, properties)}
    if KINDS[kind].event or kind == "Marker":
        for name, given in (("at", ("occurred_from", "valid_from")), ("until", ("occurred_to", "valid_to"))):
            text = next((properties[p] for p in given if p in properties), None)
            if text is not None and (epoch := _epoch(text)) is not None:
                shown[name] = epoch
    return shown


def _epoch(text: str) -> int | None:
    """The first instant of a date; None for one that failed its standard and was kept as it came."""
    try:
        return from_text(text).epoch
    except DateTextError:
        return None
