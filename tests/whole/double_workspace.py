"""The workspaces and briefs that are asked of both of two double worlds."""

from __future__ import annotations

from tests.whole.double import Asker, Known
from tests.whole.double_selection import LINK_TYPES, LISTS, SINCE, leaves, select


def workspaces(ask: Asker, known: Known) -> None:
    """Drawings kept, opened, saved again, overtaken and given up; one that names what is hidden is not kept."""
    fields = select("Workspace", 3, LISTS)
    save = f"mutation($workspace: WorkspaceInput!) {{ saveWorkspace(workspace: $workspace) {{ {fields} }} }}"
    open_ = f"query($id: ID!) {{ workspace(id: $id) {{ {fields} }} }}"
    things = [id_ for kind in ("Person", "Phone", "Crime", "Address") for id_ in known.some(kind, 3)]
    placed = [
        {"id": id_, "x": 1.5 * at, "y": -at, "expanded": at == 0, "pinned": at == 1, "away": at == 2, "note": f"n {at}"}
        for at, id_ in enumerate(things)
    ]
    filters = {"hiddenKinds": ["CRIME"], "hiddenTypes": ["USES"], "weakest": "C", "until": "2025-05-31", "crowded": 60}
    made = []
    for name, few in (("all", placed), ("few", placed[:2]), ("none", [])):
        workspace = {"name": name, "note": "why", "things": few, "filters": filters}
        found = ask(save, workspace=workspace).get("saveWorkspace") or {}
        made += [found["id"]] if found else []
    ask(save, workspace={"name": "hidden", "things": [{"id": known.hidden[0], "x": 0, "y": 0}]})
    ask(f"{{ workspaces {{ {fields} }} }}")
    for id_ in (*made, "n_" + "a" * 20):
        ask(open_, id=id_)
    for version in (1, 1, 2):
        ask(save, workspace={"id": made[0], "version": version, "name": "renamed"})
    ask(save, workspace={"id": made[0], "version": 3, "name": "less", "things": placed[:1]})
    ask(open_, id=made[0])
    give_up = f"mutation($id: ID!) {{ deleteWorkspace(id: $id) {{ {leaves('Workspace')} }} }}"
    for id_ in (*made, made[0]):
        ask(give_up, id=id_)


def briefs(ask: Asker, known: Known) -> None:
    """What is drawn, taken away, by each filter."""
    fields = select("Brief", 2, LISTS)
    things = [id_ for kind in ("Person", "Phone", "Crime", "Address", "Vehicle") for id_ in known.some(kind, 4)]
    for given in (
        "",
        f", types: {LINK_TYPES}",
        f", since: {SINCE}",
        f", until: {SINCE}",
        ', minGrade: {source: 2, intelligence: "C"}',
    ):
        ask.maybe(f"query($ids: [ID!]!) {{ brief(ids: $ids{given}) {{ {fields} }} }}", ids=[*things, known.hidden[0]])
