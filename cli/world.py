"""`polegraph world`: the generated demo world as files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.console import say
from cli.progress import stages
from graph.errors import BadInput
from loaders.world import generate

_LEAST, _MOST = 50, 1_000_000


def world(
    out: Annotated[Path, typer.Argument(help="Folder to write into.")],
    people: Annotated[int, typer.Option("--people", help="People of the city.")] = 20_000,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same files.")] = 7,
    silos: Annotated[bool, typer.Option("--silos", help="Separate files for each source system (always so).")] = True,
) -> None:
    """Write a generated city as the files of its separate systems, their mappings, and the truth.

    Example: polegraph world city --people 20000 --seed 7 --silos
    """
    del silos
    if not _LEAST <= people <= _MOST:
        raise BadInput(f"--people {people}: between {_LEAST} and {_MOST:,}")
    with stages() as progress:
        summary = generate(out, people, seed, progress)
    rows = sum(file.rows for files in summary.silos.values() for file in files)
    say(f"{rows:,} rows of {len(summary.silos)} systems in {out}: data/, mappings/, truth/, markings.yaml")
