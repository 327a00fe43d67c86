"""`polegraph subject-access`: what is held about a person, as a file for whoever answers their request."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import Annotated

import orjson
import typer

from cli.account import acting
from cli.console import say
from cli.session import Markings, PurposeText, opened, viewer_of, writable
from graph.audit import audit_log
from graph.read.subject_access import held_about
from graph.settings import load_settings
from security.audit import Act


def subject_access(
    id_: Annotated[
        str, typer.Argument(metavar="ID", help="A person's id, or that of a record of theirs, taken back too.")
    ],
    file: Annotated[Path, typer.Option("--out", help="JSON file to write, readable by you alone.")],
    markings: Markings = None,
    purpose: PurposeText = None,
) -> None:
    """Write what is held of a person under all markings that you see, without others' names, and what was disclosed.

    Example: polegraph subject-access e_mzxw6ytboi2dqnbqga4q --out request-12.json --markings OFFICIAL
    """
    settings = load_settings()
    writable(file, "the report")
    with (
        acting(settings, Act.DISCLOSURE, "subject-access", asked=[id_], purpose=purpose, to=file.name) as act,
        opened(settings) as graph,
        closing(audit_log(settings)) as log,
    ):
        viewer = viewer_of(graph, markings, purpose)
        found = act.name(graph, held_about(graph, viewer, log, id_))
        text = orjson.dumps(found.as_json(graph, viewer), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(text)
    say(f"{file}: {len(found.records):,} records, {len(found.links):,} links; read it before it is handed over")
