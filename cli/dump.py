"""`polegraph dump`: the canonical dump."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.console import say
from cli.session import opened
from graph.dump import dump as write_dump


def dump(file: Annotated[Path, typer.Argument(help="File to write.")]) -> None:
    """Write the graph as sorted lines that do not depend on the order or way of loading.

    Example: polegraph dump graph.jsonl
    """
    with opened() as graph:
        lines = write_dump(graph, file)
    say(f"{lines:,} lines in {file}")
