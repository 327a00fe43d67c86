"""Watches: standing questions of one person, kept in the graph with an end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import orjson

from graph.answer import EntityView
from graph.errors import BadInput, NotFound, TooCostly
from graph.open import Graph
from graph.read.entity import entities_by_id
from graph.read.page import within
from graph.store import Transaction
from resolution.change import Watched, owners_of
from security.marking import high_water
from security.viewer import Viewer

MOST_WATCHES = 100
# Ways are looked for between every two.
MOST_JOINED = 10
# A longer one would have to be looked for further around every change; it says little, too.
MOST_HOPS = 4
MOST_METRES = 50_000
MOST_MINUTES = 7 * 24 * 60
MOST_DAYS, DAYS = 366, 90
_DAY_S = 86_400


class WatchPattern(StrEnum):
    """What a watch waits for, in the order in which facts of one moment are told."""

    ANYTHING = "ANYTHING"
    PATH = "PATH"
    TOGETHER = "TOGETHER"
    VULNERABLE = "VULNERABLE"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to watch: subjects or an area, what of them, from when and until when (epoch, None: default).

    TOGETHER: within so many metres and minutes of each other; PATH: of at most so many hops.
    """

    name: str
    watched: Watched
    patterns: tuple[WatchPattern, ...] = (WatchPattern.ANYTHING,)
    metres: int = 500
    minutes: int = 60
    max_hops: int = 3
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class WatchView:
    """A watch as it is kept, times in epoch seconds, and what it names as its owner may see that now."""

    id: str
    name: str
    ids: tuple[str, ...] | None
    area_id: str | None
    patterns: tuple[WatchPattern, ...]
    metres: int
    minutes: int
    max_hops: int
    since: int
    until: int
    marking: str | None
    subjects: tuple[EntityView, ...] = ()
    area: EntityView | None = None
    # Where its alerts are delivered, and until when with what its owner held; None with what an API key holds then.
    webhook: str | None = None
    webhook_until: int | None = None

    @property
    def watched(self) -> Watched:
        """Whose changes are meant."""
        return Watched(self.ids, self.area_id)


def watch(graph: Graph, viewer: Viewer, wanted: Wanted) -> WatchView:
    """Keep a watch of the viewer's own; one that stands and wants the same is given back instead.

    Raises NotFound for what is hidden or absent, BadInput for what cannot be watched so, TooCostly for too much of it.
    """
    kept = _checked(graph, wanted)
    owners = owners_of(graph, viewer, wanted.watched)
    named = [*kept.get("ids", ()), *_area(kept)]
    _refuse_few(kept, {own for owning in owners.values() for own in owning})
    stored = _stored(graph, viewer)
    for each in stored:
        if each["until"] > graph.clock() and all(each.get(name) == value for name, value in kept.items()):
            return _views(graph, viewer, [each])[0]
    if len(stored) >= MOST_WATCHES:
        raise TooCostly(f"{MOST_WATCHES} watches are yours already: give one up with `unwatch`")
    views = entities_by_id(graph, viewer, named)
    now = graph.clock()
    defined = orjson.dumps(kept, option=orjson.OPT_SORT_KEYS).decode()
    watch_node = {
        **kept,
        "id": graph.ids.watch(viewer.user, defined, str(now)),
        "owner": viewer.user,
        "begun": now,
        "since": now if wanted.since is None else wanted.since,
        "until": kept.get("until", now + DAYS * _DAY_S),
        "mks": sorted({view.mk for view in views.values() if view.mk is not None}),
    }
    graph.store.write(lambda transaction: _begin(transaction, watch_node))
    return _views(graph, viewer, [watch_node])[0]


def _begin(transaction: Transaction, watch_node: Mapping[str, Any]) -> None:
    # What comes from here on gets a later second than this, so that none of it passes for what was there before.
    transaction.run("alert/begin", now=watch_node["begun"])
    transaction.run("alert/put_watch", watch=watch_node)


def unwatch(graph: Graph, viewer: Viewer, id_: str) -> WatchView:
    """Give up a watch, with what was acknowledged of it; returns it. Raises NotFound where it is not the viewer's."""
    view = own_watch(graph, viewer, id_)
    graph.store.write(lambda transaction: transaction.run("alert/drop_watch", id=id_))
    return view


def watches(graph: Graph, viewer: Viewer) -> list[WatchView]:
    """The viewer's own watches that name nothing hidden from them, ended ones too, by id."""
    return _views(graph, viewer, _stored(graph, viewer))


def own_watch(graph: Graph, viewer: Viewer, id_: str) -> WatchView:
    """A watch of the viewer's own; raises NotFound where there is none, or where it names something hidden."""
    for view in watches(graph, viewer):
        if view.id == id_:
            return view
    raise NotFound(f"watch: you have none by the id {id_!r}; `watches` lists yours")


def _stored(graph: Graph, viewer: Viewer) -> list[Mapping[str, Any]]:
    return [row["watch"] for row in graph.store.read(viewer, "alert/watches", owner=viewer.user)]


def _views(graph: Graph, viewer: Viewer, stored: Sequence[Mapping[str, Any]]) -> list[WatchView]:
    named = {id_ for each in stored for id_ in (*each.get("ids", ()), *_area(each))}
    views = entities_by_id(graph, viewer, sorted(named)) if named else {}
    return [_view(graph, each, views) for each in stored]


def _area(stored: Mapping[str, Any]) -> Iterable[str]:
    return (stored["area"],) if stored.get("area") is not None else ()


def _view(graph: Graph, stored: Mapping[str, Any], views: Mapping[str, EntityView]) -> WatchView:
    ids, area = stored.get("ids"), stored.get("area")
    marking = high_water(map(graph.catalogue.marking, stored["mks"])).text if stored["mks"] else None
    return WatchView(
        stored["id"],
        stored["name"],
        None if ids is None else tuple(ids),
        area,
        tuple(WatchPattern(each) for each in stored["patterns"]),
        stored["metres"],
        stored["minutes"],
        stored["max_hops"],
        stored["since"],
        stored["until"],
        marking,
        tuple({views[id_].id: views[id_] for id_ in ids or () if id_ in views}.values()),
        views.get(area) if area is not None else None,
        stored.get("webhook"),
        stored.get("webhook_until"),
    )


def _checked(graph: Graph, wanted: Wanted) -> dict[str, Any]:
    """What is kept of it but for whose it is and when it was made; raises BadInput."""
    now, patterns = graph.clock(), sorted(set(wanted.patterns))
    if not patterns:
        raise BadInput(f"patterns: none is given; one of {', '.join(WatchPattern)}")
    kept: dict[str, Any] = {
        "name": wanted.name.strip(),
        "patterns": [each.value for each in patterns],
        "metres": within("metres", wanted.metres, 0, MOST_METRES),
        "minutes": within("minutes", wanted.minutes, 0, MOST_MINUTES),
        "max_hops": within("maxHops", wanted.max_hops, 1, MOST_HOPS),
    }
    if wanted.watched.ids is not None:
        kept["ids"] = sorted(set(wanted.watched.ids))
    if wanted.watched.area is not None:
        kept["area"] = wanted.watched.area
    if wanted.until is not None:
        kept["until"] = within("until", wanted.until, now + 1, now + MOST_DAYS * _DAY_S)
    if wanted.since is not None:
        kept["since"] = within("since", wanted.since, now - MOST_DAYS * _DAY_S, now)
    return kept


def _refuse_few(kept: Mapping[str, Any], subjects: set[str]) -> None:
    """Raise BadInput where a pattern needs two, or no more than some."""
    patterns = kept["patterns"]
    if not subjects:
        raise BadInput("ids: give whom to watch, or an `area`")
    for pattern in (WatchPattern.TOGETHER, WatchPattern.PATH):
        if pattern in patterns and ("area" in kept or len(subjects) < 2):
            raise BadInput(f"patterns: {pattern} is between subjects: give two or more in `ids`")
    if WatchPattern.PATH in patterns and len(subjects) > MOST_JOINED:
        raise TooCostly(f"ids: PATH is looked for between every two of at most {MOST_JOINED}; make several watches")
