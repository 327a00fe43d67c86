"""Workspaces: networks as somebody left them, kept in the graph for their owner alone.

A workspace has the markings of all that it named when it was saved; whoever does not hold them all any more is not
shown that it is there. What it names is read anew each time, as its owner may see that by then.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from graph.answer import EntityView, NetworkView
from graph.errors import BadInput, Conflict, NotFound, TooCostly
from graph.open import Graph
from graph.read.drawn import drawn
from graph.read.entity import entities_by_id
from graph.store import Transaction
from security.marking import high_water
from security.viewer import Viewer

MOST_WORKSPACES = 100
MOST_THINGS = 2_000
LONGEST_NAME, LONGEST_NOTE, LONGEST_NOTES = 200, 2_000, 60_000
FURTHEST = 1e9
LETTERS = "ABCDE"
_EXPANDED, _PINNED, _AWAY = 1, 2, 4


@dataclass(frozen=True, slots=True)
class Placed:
    """A thing in a drawing: where it stands, in the drawing's own units, and what was done with it there."""

    id: str
    x: float
    y: float
    expanded: bool = False
    pinned: bool = False
    away: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Showing:
    """What of a drawing is shown: not these kinds and types, nothing attested worse than the letter, nor later."""

    hidden_kinds: tuple[str, ...] = ()
    hidden_types: tuple[str, ...] = ()
    weakest: str = "E"
    until: str | None = None
    crowded: int | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to keep; of one that is kept (`id`, as of `version`) None leaves a part as it is."""

    name: str
    note: str | None = None
    things: tuple[Placed, ...] | None = None
    showing: Showing | None = None
    id: str | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class WorkspaceView:
    """A workspace as it is kept, times in epoch seconds; `things` is None where they were not read."""

    id: str
    name: str
    note: str | None
    version: int
    begun: int
    saved: int
    mks: tuple[int, ...]
    marking: str | None
    filters: Showing
    things: tuple[Placed, ...] | None = None


@dataclass(frozen=True, slots=True)
class PlacedView:
    """A thing that its owner may see now, as it stands in a workspace."""

    entity: EntityView
    x: float
    y: float
    expanded: bool
    pinned: bool
    away: bool
    note: str | None


@dataclass(frozen=True, slots=True)
class NoteView:
    """What somebody noted at a thing: in which workspace (`id`), with its markings, and when that was saved (epoch)."""

    id: str
    mks: tuple[int, ...]
    saved: int
    text: str


def notes_at(graph: Graph, viewer: Viewer, ids: Collection[str]) -> tuple[NoteView, ...]:
    """What anybody noted at these ids, where the workspace names nothing hidden from the viewer; the oldest first."""
    rows = graph.store.read(viewer, "workspace/notes_at", ids=sorted(ids))
    return tuple(NoteView(row["workspace"], tuple(row["mks"]), row["saved"], row["note"]) for row in rows)


def save(graph: Graph, viewer: Viewer, wanted: Wanted) -> WorkspaceView:
    """Keep a workspace of the viewer's own, or what it has become.

    Raises NotFound for things that are hidden or absent and where there is no such workspace, Conflict where it was
    saved since that version, BadInput for what cannot be kept so, TooCostly for too much of it.
    """
    changed = _checked(wanted)
    if wanted.things is not None:
        changed |= _named(graph, viewer, wanted.things)
    changed["saved"] = graph.clock()
    if wanted.id is not None:
        return _change(graph, viewer, wanted, changed)
    if wanted.things is None:
        raise BadInput("things: say what is to be kept; only of a workspace that is kept already they may be left out")
    if len(workspaces(graph, viewer)) >= MOST_WORKSPACES:
        raise TooCostly(f"{MOST_WORKSPACES} workspaces are yours already: give one up with `deleteWorkspace`")
    said = orjson.dumps(changed, option=orjson.OPT_SORT_KEYS).decode()
    begun = {
        "id": graph.ids.workspace(viewer.user, said),
        "owner": viewer.user,
        "version": 1,
        "begun": changed["saved"],
    }
    stored = {**_shown_filters(Showing()), **changed, **begun}

    graph.store.write(lambda transaction: transaction.run("workspace/put", workspace=stored))
    return _view(graph, stored)


def delete(graph: Graph, viewer: Viewer, id_: str) -> WorkspaceView:
    """Give up a workspace; returns what it was. Raises NotFound where it is not the viewer's."""
    view = workspace(graph, viewer, id_)
    if view is None:
        raise _none(id_)
    graph.store.write(lambda transaction: transaction.run("workspace/drop", id=id_, owner=viewer.user))
    return view


def workspaces(graph: Graph, viewer: Viewer) -> list[WorkspaceView]:
    """The viewer's own workspaces without what is in them, the last saved first."""
    rows = graph.store.read(viewer, "workspace/of_owner", owner=viewer.user)
    return [_view(graph, row["workspace"]) for row in rows]


def workspace(graph: Graph, viewer: Viewer, id_: str) -> WorkspaceView | None:
    """A workspace of the viewer's own; None where there is none, or where it named what is hidden from them now."""
    rows = graph.store.read(viewer, "workspace/by_id", id=id_, owner=viewer.user)
    return _view(graph, rows[0]["workspace"]) if rows else None


def placed_in(graph: Graph, viewer: Viewer, view: WorkspaceView) -> tuple[PlacedView, ...]:
    """The things of a workspace that the viewer may see now, each once, in the order in which they were saved."""
    placed = _things_of(graph, viewer, view)
    views = entities_by_id(graph, viewer, [each.id for each in placed])
    found: dict[str, PlacedView] = {}
    for each in placed:
        if each.id in views:
            done = (each.expanded, each.pinned, each.away)
            found.setdefault(views[each.id].id, PlacedView(views[each.id], each.x, each.y, *done, each.note))
    return tuple(found.values())


def network_of(graph: Graph, viewer: Viewer, view: WorkspaceView) -> NetworkView:
    """The things of a workspace and all links among them, as the viewer may see them now."""
    return drawn(graph, viewer, [each.id for each in _things_of(graph, viewer, view)])


def _things_of(graph: Graph, viewer: Viewer, view: WorkspaceView) -> tuple[Placed, ...]:
    if view.things is not None:
        return view.things
    found = workspace(graph, viewer, view.id)
    return () if found is None else found.things or ()


def _change(graph: Graph, viewer: Viewer, wanted: Wanted, changed: dict[str, Any]) -> WorkspaceView:
    id_ = wanted.id or ""
    if wanted.version is None:
        raise BadInput("version: say which version of the workspace this was made of")
    standing = workspace(graph, viewer, id_)
    if standing is None:
        raise _none(id_)
    version = wanted.version

    def write(transaction: Transaction) -> Mapping[str, Any]:
        given = {"id": id_, "owner": viewer.user, "version": version, "changed": {**changed, "version": version + 1}}
        found = transaction.run("workspace/change", **given)
        if not found:
            # Within, so that nothing changed.
            raise Conflict(
                f"version: {version} of the workspace {id_!r} is not the one that is kept: it was saved since; "
                "open it again, or save this as another"
            )
        kept: Mapping[str, Any] = found[0]["workspace"]
        return kept

    return _view(graph, graph.store.write(write))


def _none(id_: str) -> NotFound:
    return NotFound(f"workspace: you have none by the id {id_!r}; `workspaces` lists yours")


def _checked(wanted: Wanted) -> dict[str, Any]:
    """What is kept of it but for its things; raises BadInput, TooCostly."""
    kept: dict[str, Any] = {"name": wanted.name.strip()}
    if wanted.note is not None:
        kept["note"] = _note("note", wanted.note)
    if wanted.showing is not None:
        kept |= _shown_filters(wanted.showing)
    return kept


def _shown_filters(showing: Showing) -> dict[str, Any]:
    if showing.weakest not in LETTERS or len(showing.weakest) != 1:
        raise BadInput(f"filters.weakest: {showing.weakest!r} is none of A, B, C, D, E")
    return {
        "hidden_kinds": sorted(set(showing.hidden_kinds)),
        "hidden_types": sorted(set(showing.hidden_types)),
        "weakest": showing.weakest,
        "until": showing.until,
        "crowded": showing.crowded,
    }


def _note(name: str, text: str) -> str | None:
    if len(text) > LONGEST_NOTE:
        raise BadInput(f"{name}: {len(text)} characters are more than {LONGEST_NOTE}")
    return text.strip() or None


def _named(graph: Graph, viewer: Viewer, things: Sequence[Placed]) -> dict[str, Any]:
    """The things as they are kept, by the ids that they go by, and the markings of them and of what joins them."""
    if len(things) > MOST_THINGS:
        raise TooCostly(f"things: {len(things)} are more than {MOST_THINGS}; put some away, or keep two workspaces")
    if sum(len(each.note or "") for each in things) > LONGEST_NOTES:
        raise TooCostly(f"things: their notes have more than {LONGEST_NOTES} characters together")
    for each in things:
        if not (math.isfinite(each.x) and math.isfinite(each.y) and max(abs(each.x), abs(each.y)) <= FURTHEST):
            raise BadInput(f"things: {each.id!r} stands nowhere: x and y are numbers of at most {FURTHEST:.0f}")
    views = entities_by_id(graph, viewer, [each.id for each in things])
    kept: dict[str, Placed] = {}
    for each in things:
        if each.id not in views:
            raise NotFound(f"things: nothing by the id {each.id!r}; leave it out")
        kept.setdefault(views[each.id].id, each)
    mks = {view.mk for view in views.values() if view.mk is not None}
    mks |= {row["mk"] for row in graph.store.read(viewer, "workspace/marks", ids=list(kept))}
    done = [_EXPANDED * e.expanded | _PINNED * e.pinned | _AWAY * e.away for e in kept.values()]
    return {
        "things": list(kept),
        "xs": [float(each.x) for each in kept.values()],
        "ys": [float(each.y) for each in kept.values()],
        "done": done,
        "notes": [_note("things.note", each.note or "") or "" for each in kept.values()],
        "mks": sorted(mks),
    }


def _view(graph: Graph, stored: Mapping[str, Any]) -> WorkspaceView:
    return WorkspaceView(
        stored["id"],
        stored["name"],
        stored.get("note"),
        stored["version"],
        stored["begun"],
        stored["saved"],
        tuple(stored["mks"]),
        high_water(map(graph.catalogue.marking, stored["mks"])).text if stored["mks"] else None,
        Showing(
            tuple(stored["hidden_kinds"]),
            tuple(stored["hidden_types"]),
            stored["weakest"],
            stored.get("until"),
            stored.get("crowded"),
        ),
        _placed(stored) if "things" in stored else None,
    )


def _placed(stored: Mapping[str, Any]) -> tuple[Placed, ...]:
    columns = (stored[name] for name in ("things", "xs", "ys", "done", "notes"))
    return tuple(
        Placed(id_, x, y, bool(done & _EXPANDED), bool(done & _PINNED), bool(done & _AWAY), note or None)
        for id_, x, y, done, note in zip(*columns, strict=True)
    )
