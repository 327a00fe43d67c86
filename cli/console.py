"""What a command says: data to standard output, everything else to standard error, errors as exit codes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import orjson
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

_LINE_EVERY_S = 10.0


def say(message: str) -> None:
    """A line for the person at the terminal."""
    err.print(message, markup=False)


def show_json(value: Any) -> None:  # noqa: ANN401 - anything that JSON holds
    """Data as JSON on standard output."""
    sys.stdout.buffer.write(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    sys.stdout.flush()


@contextmanager
def stages(quiet: bool = False) -> Iterator[Callable[[str, int, int | None], None]]:
    """A function to report stages with: bars on a terminal, nothing but their names elsewhere."""
    if quiet or not err.is_terminal:
        seen: set[str] = set()

        def note(stage: str, _done: int, _total: int | None) -> None:
            if stage not in seen and not quiet:
                seen.add(stage)
                say(stage)

        yield note
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True) as progress:
        tasks: dict[str, Any] = {}

        def update(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(stage, total=total)
            progress.update(tasks[stage], completed=done, total=total)

        yield update
