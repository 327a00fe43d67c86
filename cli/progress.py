"""How far long work has come: bars with rate and time left on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from cli.console import err, say

# Without a terminal: a line when a stage begins, and while it lasts one in so many seconds.
_LINE_EVERY_S = 10.0

Note = Callable[[str, int, int | None], None]


@contextmanager
def stages(*, quiet: bool = False) -> Iterator[Note]:
    """A function to report with: `note(stage, done, total)`, the total None where it is not known."""
    if quiet:
        yield lambda *_: None
    elif err.is_terminal:
        with _bars() as progress:
            yield _Bars(progress)
    else:
        yield _Lines()


class _Rate(ProgressColumn):
    """How many a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f}/s" if speed else "", style="progress.data.speed")


def _bars() -> Progress:
    columns = (
        SpinnerColumn(finished_text=" "),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=err, transient=True)


class _Bars:
    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}
        self._last: TaskID | None = None

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        if stage not in self._tasks:
            if self._last is not None:
                self._progress.stop_task(self._last)
            self._tasks[stage] = self._progress.add_task(stage, total=total)
        self._last = self._tasks[stage]
        self._progress.update(self._last, completed=done, total=total)


class _Lines:
    def __init__(self) -> None:
        self._began: dict[str, float] = {}
        self._said = 0.0

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        if stage not in self._began:
            self._began[stage] = self._said = now
            say(stage)
        elif done and now - self._said >= _LINE_EVERY_S:
            self._said = now
            rate = done / (now - self._began[stage])
            say(f"{stage}: {done:,}{'' if total is None else f' of {total:,}'}, {rate:,.0f}/s")
