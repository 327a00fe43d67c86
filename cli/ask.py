"""`polegraph search`, `profile`, `path`: the answers of the API, for a terminal."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from cli.account import consulting
from cli.console import out, show_json
from cli.session import Json, Markings, PurposeText
from graph.answer import EntityView, LinkFilter, LinkView
from graph.errors import NotFound
from graph.read.entity import entities_by_id
from graph.read.path import paths
from graph.read.profile import WarningView, subject_profile
from graph.read.search import search as find


def search(
    text: Annotated[str, typer.Argument(help="A name, address, phone, mark, reference.")],
    first: Annotated[int, typer.Option("--first", help="How many, 1 to 500.")] = 20,
    markings: Markings = None,
    purpose: PurposeText = None,
    json: Json = False,
) -> None:
    """Find people, vehicles, places, events by what is known of them, typos and all.

    Example: polegraph search "jon smyth"
    """
    with consulting("search", markings, purpose) as asking:
        page = asking.answer(find(asking.graph, asking.viewer, text, None, True, first, None))
    if json:
        show_json([{**_thing(hit.entity), "score": hit.score} for hit in page.items])
        return
    for hit in page.items:
        out.print(f"{hit.score:.2f}  {_line(hit.entity)}", markup=False)


def profile(
    id_: Annotated[str, typer.Argument(metavar="ID", help="An entity's id.")],
    markings: Markings = None,
    purpose: PurposeText = None,
    json: Json = False,
) -> None:
    """What is known of a subject: warnings first, identifiers, addresses, vehicles, sources.

    Example: polegraph profile e_mzxw6ytboi2dqnbqga4q
    """
    with consulting("profile", markings, purpose, [id_]) as asking:
        found = subject_profile(asking.graph, asking.viewer, id_)
        if found is None:
            raise NotFound(f"there is nothing by the id {id_!r}: take one that `polegraph search` printed")
        asking.answer(found)
    told = {
        "warnings": [_warning(each) for each in (*found.flags, *found.warnings)],
        "identifiers": [_link(link) for link in found.identifiers],
        "addresses": [_link(link) for link in found.addresses],
        "vehicles": [_link(link) for link in found.vehicles],
        "sources": [source.name for source in found.sources],
        "missing": list(found.completeness.missing),
    }
    if json:
        show_json({**_thing(found.subject), **told})
        return
    out.print(_line(found.subject), markup=False)
    for title, lines in told.items():
        out.print(f"{title}:" if lines else f"{title}: none", markup=False)
        for line, statements in Counter(lines).items():
            out.print(f"  {line}" if statements == 1 else f"  {line}  ({statements} statements)", markup=False)


def _warning(view: WarningView) -> str:
    return view.code if view.text in ("", view.code) else f"{view.code} {view.text}"


def path(
    a: Annotated[str, typer.Argument(help="An entity's id.")],
    b: Annotated[str, typer.Argument(help="Another's.")],
    max_hops: Annotated[int, typer.Option("--max-hops", help="How far.", min=1, max=6)] = 6,
    first: Annotated[int, typer.Option("--first", help="How many paths.")] = 5,
    markings: Markings = None,
    purpose: PurposeText = None,
    json: Json = False,
) -> None:
    """How two things are connected, shortest first.

    Example: polegraph path e_mzxw6ytboi2dqnbqga4q e_nbswy3dpeb3w64tmmqqa
    """
    with consulting("path", markings, purpose, [a, b]) as asking:
        known = entities_by_id(asking.graph, asking.viewer, (a, b))
        for end in (a, b):
            if end not in known:
                raise NotFound(f"there is nothing by the id {end!r}: take one that `polegraph search` printed")
        found = asking.answer(paths(asking.graph, asking.viewer, a, b, max_hops, first, LinkFilter()))
    if json:
        show_json([{"length": each.length, "nodes": [_thing(node) for node in each.nodes]} for each in found.paths])
        return
    for each in found.paths:
        out.print(f"{each.length}: " + " - ".join(node.label for node in each.nodes), markup=False)
    if not found.paths:
        out.print(f"no path of up to {max_hops} hops")


def _thing(view: EntityView) -> dict[str, str]:
    return {"id": view.id, "kind": view.kind, "label": view.label}


def _line(view: EntityView) -> str:
    return f"{view.kind:14} {view.label}  {view.id}"


def _link(link: LinkView) -> str:
    return " ".join(part for part in (link.type, link.role, link.target.label) if part)
