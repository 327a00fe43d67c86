"""What commands share: an open graph with its schema, options, and the viewer of `--markings` and `--purpose`."""

from __future__ import annotations

import getpass
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from cli.console import err
from cli.progress import stages
from graph import schema
from graph.audit import audit_log, put_on_record
from graph.declared import declared_markings
from graph.errors import BadInput, PolegraphError, SchemaMismatch
from graph.open import Graph, Progress, fetching, open_graph
from graph.purpose import Purposes
from graph.settings import Settings, load_settings
from resolution.key import INDEXED
from security.audit import Act, Entry
from security.marking import EVERYTHING, MarkingError, parse_grants
from security.viewer import Purpose, Viewer, parse_purpose

Markings = Annotated[str | None, typer.Option("--markings", help="Look as somebody who holds these, commas between.")]
# How entries of the audit log name commands.
COMPONENT = "cli"
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


def _named(context: typer.Context) -> str:
    """What a command is called, as it is typed after `polegraph`."""
    words, inner = list[str](), cast("Any", context)
    while inner.parent is not None:
        words, inner = [str(inner.info_name), *words], inner.parent
    return " ".join(words)


def _asked_why(context: typer.Context, text: str | None) -> str | None:
    """What `--purpose` says, of every command that has it; that one is missing or none is on record, and raises."""
    if context.resilient_parsing:
        return text
    settings = load_settings()
    purposes = Purposes.of(settings)
    try:
        purposes.read(text, "--purpose")
    except PolegraphError as error:
        entry = Entry(Act.REFUSAL, account_name(), _named(context), uuid.uuid4().hex, COMPONENT, outcome=(error.code,))
        with closing(audit_log(settings)) as log:
            put_on_record(log, entry)
        raise
    return text


PurposeText = Annotated[
    str | None, typer.Option("--purpose", help="Why you look: CODE[; reference].", callback=_asked_why)
]


def viewer_of(graph: Graph, markings: str | None, purpose: str | None) -> Viewer:
    """The viewer that `--markings` and `--purpose` say; without markings one who may see everything."""
    try:
        grants = EVERYTHING if markings is None else parse_grants(markings.split(","))
        return graph.catalogue.viewer(account_name(), grants, purpose_of(purpose))
    except MarkingError as error:
        raise BadInput(f"--markings: {error}") from None


def purpose_of(text: str | None) -> Purpose | None:
    """The purpose of `--purpose`, which was looked at before the command began."""
    return None if text is None else parse_purpose(text)


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
