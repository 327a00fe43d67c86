"""`polegraph world`: the generated demo world as files, or a day of it as it happens."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.address import HOST, PORT
from cli.console import say
from cli.day import Playing, begin_of, play_day
from cli.progress import stages
from graph.errors import BadInput
from loaders.world import generate
from loaders.world.day import DayGiven

_LEAST, _MOST = 50, 1_000_000
_LONGEST_H, _MOST_CALLS, _MOST_OFFICERS = 168.0, 200_000, 100_000


def world(
    out: Annotated[
        Path | None, typer.Argument(help="Folder to write into; with --live for mappings and truth.")
    ] = None,
    people: Annotated[int, typer.Option("--people", help="People of the city.")] = 20_000,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same files.")] = 7,
    silos: Annotated[bool, typer.Option("--silos", help="Separate files for each source system (always so).")] = True,
    live: Annotated[bool, typer.Option("--live", help="Play a day of the city into a running server.")] = False,
    url: Annotated[str, typer.Option("--url", help="Where it is served.")] = f"http://{HOST}:{PORT}",
    token_file: Annotated[Path | None, typer.Option("--token-file", help="File of the token or API key.")] = None,
    purpose: Annotated[str, typer.Option("--purpose", help="Why: CODE[; reference].")] = "TRAINING",
    speed: Annotated[
        float, typer.Option("--speed", help="Seconds of the day in one; 0: as fast as it is taken.")
    ] = 1.0,
    begin: Annotated[
        str | None, typer.Option("--from", help="When it begins; by default so that it ends when it was played.")
    ] = None,
    from_hour: Annotated[float, typer.Option("--from-hour", help="Leave out so many hours of it.")] = 0.0,
    hours: Annotated[float, typer.Option("--hours", help="How long it is.", min=0.05, max=_LONGEST_H)] = 24.0,
    calls: Annotated[
        int, typer.Option("--calls", help="Emergency calls in 24 hours.", min=24, max=_MOST_CALLS)
    ] = 2_000,
    officers: Annotated[
        int, typer.Option("--officers", help="Officers of the force.", min=100, max=_MOST_OFFICERS)
    ] = 8_000,
    late: Annotated[float, typer.Option("--late", help="Share of messages that come minutes late.")] = 0.05,
    duplicate: Annotated[float, typer.Option("--duplicate", help="Share of messages that come twice.")] = 0.02,
    corrected: Annotated[float, typer.Option("--corrected", help="Share of incidents put right after a while.")] = 0.01,
    watch: Annotated[bool, typer.Option("--watch", help="Watch for what is seeded in it.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count what would be sent.")] = False,
    lines: Annotated[Path | None, typer.Option("--out", help="Write the messages into a file instead.")] = None,
) -> None:
    """Write a generated city as the files of its separate systems, their mappings, and the truth; or play a day of it.

    Example: polegraph world city --people 20000 --seed 7 --silos; polegraph world --live --speed 60 --watch
    """
    del silos
    if not _LEAST <= people <= _MOST:
        raise BadInput(f"--people {people}: between {_LEAST} and {_MOST:,}")
    if live:
        given = DayGiven(
            people, seed, begin_of(begin, hours, speed), hours, calls, officers, late, duplicate, corrected
        )
        play_day(given, Playing(url, token_file, purpose, speed, from_hour, watch, dry_run, lines, out))
        return
    if out is None:
        raise BadInput("OUT: name the folder to write into, or play a day with --live")
    with stages() as progress:
        summary = generate(out, people, seed, progress)
    rows = sum(file.rows for files in summary.silos.values() for file in files)
    say(f"{rows:,} rows of {len(summary.silos)} systems in {out}: data/, mappings/, live/, truth/, markings.yaml")
