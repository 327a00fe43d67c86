"""What commands share: an open graph with its schema, options, and the viewer of `--markings` and `--purpose`."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from cli.console import err
from cli.progress import stages
from graph import schema
from graph.declared import declared_markings
from graph.errors import BadInput, SchemaMismatch
from graph.open import Graph, Progress, fetching, open_graph
from graph.settings import Settings, load_settings
from resolution.key import INDEXED
from security.marking import EVERYTHING, MarkingError, parse_grants
from security.viewer import Purpose, PurposeError, Viewer, parse_purpose

Markings = Annotated[str | None, typer.Option("--markings", help="Look as somebody who holds these, commas between.")]
PurposeText = Annotated[str | None, typer.Option("--purpose", help="Why you look: CODE[; reference].")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@contextmanager
def opened(settings: Settings | None = None, *, prepare: bool = False, restoring: bool = False) -> Iterator[Graph]:
    """The installation's graph; `prepare` brings the schema up to date, else one that does not fit is refused.

    `restoring`: also one that is half restored.
    """
    chosen = settings or load_settings()
    with connecting() as note:
        graph = open_graph(chosen, progress=note)
    try:
        if prepare:
            markings = declared_markings(chosen)
            schema.apply(graph.store, graph.ids, INDEXED, markings, restoring=restoring)
        elif problems := schema.check(graph.store, graph.ids):
            raise SchemaMismatch("; ".join(problems[:3]))
        yield graph
    finally:
        graph.store.close()


@contextmanager
def connecting() -> Iterator[Progress]:
    """What shows how far the database server's jars have come, where they have to be fetched."""
    with stages() as note:
        if err.is_terminal:
            note("connecting", 0, None)
        yield fetching(note)


def account_name() -> str:
    """The name of the account that runs the command: decisions and the audit log keep it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "command line"


def viewer_of(graph: Graph, markings: str | None, purpose: str | None) -> Viewer:
    """The viewer that `--markings` and `--purpose` say; without markings one who may see everything."""
    try:
        grants = EVERYTHING if markings is None else parse_grants(markings.split(","))
        return graph.catalogue.viewer(account_name(), grants, purpose_of(purpose))
    except MarkingError as error:
        raise BadInput(f"--markings: {error}") from None


def purpose_of(text: str | None) -> Purpose | None:
    """The purpose of `--purpose`; BadInput where it is none."""
    try:
        return None if text is None else parse_purpose(text)
    except PurposeError as error:
        raise BadInput(f"--purpose: {error}") from None


def existing(path: Path, what: str) -> Path:
    """The path, or BadInput saying that it is not there."""
    if not path.exists():
        raise BadInput(f"{what} {path} does not exist")
    return path


def writable(path: Path, what: str) -> Path:
    """The path of a file to write; BadInput where it is a folder or lies in none."""
    if path.is_dir():
        raise BadInput(f"{what} {path} is a folder; name the file to write in it")
    if not path.parent.is_dir():
        raise BadInput(f"{what} {path}: there is no folder {path.parent}; make it first")
    return path
