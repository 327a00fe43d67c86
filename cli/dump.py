"""`polegraph dump`: the canonical dump."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.account import acting
from cli.console import say
from cli.session import opened
from graph.dump import dump as write_dump
from graph.settings import load_settings
from security.audit import Act


def dump(file: Annotated[Path, typer.Argument(help="File to write.")]) -> None:
    """Write the graph as sorted lines that do not depend on the order or way of loading.

    Example: polegraph dump graph.jsonl
    """
    settings = load_settings()
    with acting(settings, Act.DISCLOSURE, "dump", whole=True, to=file.name), opened(settings) as graph:
        lines = write_dump(graph, file)
    say(f"{lines:,} lines in {file}")
