"""`polegraph export`: the graph, or a network of it, as a file for another program."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from cli.account import acting
from cli.console import say
from cli.progress import Note, stages
from cli.session import Markings, PurposeText, opened, viewer_of, writable
from graph.errors import BadInput
from graph.export import WRITERS, Format
from graph.export.content import Content, Reach, counted, kind_of, most_seen, of_network, whole
from graph.export.content import around as network_around
from graph.model import KINDS
from graph.settings import load_settings
from security.audit import Act


def export(
    format_: Annotated[Format, typer.Argument(metavar="FORMAT", help="csv (a zip of tables), ndjson, graphml or ftm.")],
    out: Annotated[Path | None, typer.Option("--out", help="File to write; without it, standard output.")] = None,
    around: Annotated[
        list[str] | None, typer.Option("--around", help="Only what is around this id; may repeat.")
    ] = None,
    hops: Annotated[int, typer.Option("--hops", help="How far around.", min=1, max=6)] = 2,
    kind: Annotated[list[str] | None, typer.Option("--kind", help="Only things of this kind; may repeat.")] = None,
    markings: Markings = None,
    purpose: PurposeText = None,
) -> None:
    """Write what you may see as a file: things, and the links among them with source, grade, dates and marking.

    Example: polegraph export graphml --around e_mzxw6ytboi2dqnbqga4q --hops 2 --out network.graphml
    """
    if out is None and sys.stdout.isatty():
        raise BadInput("this writes a file: name it with --out FILE, or redirect standard output")
    kinds = None if kind is None else [kind_of(name) for name in kind]
    place = None if out is None else writable(out, "the export")
    settings = load_settings()
    with (
        acting(
            settings,
            Act.DISCLOSURE,
            "export",
            asked=around or (),
            purpose=purpose,
            to="standard output" if place is None else place.name,
            format=format_.value,
            kinds=None if kinds is None else sorted({KINDS[each].enum for each in kinds}),
            markings=markings,
        ) as act,
        opened(settings) as graph,
        stages(quiet=False) as note,
    ):
        viewer, reach = viewer_of(graph, markings, purpose), Reach()
        if around:
            network = network_around(graph, viewer, around, hops, kinds)
            if network.truncated is not None:
                say(f"left out: {network.truncated.suppressed:,} ({network.truncated.reason})")
            content = of_network(graph, act.name(graph, network))
        else:
            # What it might hold before it begins, what it held for how it ends.
            act.take_all(most_seen(graph, viewer))
            content = reach.over(whole(graph, viewer, kinds))
        told = _telling(content, note)
        try:
            if place is None:
                WRITERS[format_](told, sys.stdout.buffer)
            else:
                _to_file(place, partial(WRITERS[format_], told))
        finally:
            if not around:
                act.reach(reach.text)
    if place is not None:
        say(f"{place} holds what you may see, personal data among it: keep it as its markings ask")


def _telling(content: Content, note: Note) -> Content:
    return Content(
        lambda: counted(content.things(), lambda done: note("things", done, None)),
        lambda: counted(content.links(), lambda done: note("links", done, None)),
    )


def _to_file(place: Path, write: Callable[[BinaryIO], None]) -> None:
    """Write beside the place and move there when it is whole, so that half an export is never taken for one."""
    part = place.with_name(f".{place.name}.part")
    try:
        with part.open("wb") as file:
            part.chmod(0o600)
            write(file)
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)
