"""How far long work has come: bars with rate and time left on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import re
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

# How far a step is that counts.
_COUNTED = re.compile(r" \d+ of \d+$")

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


@contextmanager
def share() -> Iterator[Callable[[str, float], None]]:
    """A function to report one piece of work with: `note(step, done)`, done the share (0..1) of all of it."""
    if not err.is_terminal:
        yield _Steps()
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task("", total=1.0)
        yield lambda step, done: progress.update(task, description=step, completed=done)


class _Steps:
    """A line for each step, and one now and then while it lasts; what is counted within a step is no other one."""

    def __init__(self) -> None:
        self._at = ""
        self._said = 0.0

    def __call__(self, step: str, done: float) -> None:
        now, what = time.monotonic(), _COUNTED.sub("", step)
        if what != self._at or now - self._said >= _LINE_EVERY_S:
            say(what if what != self._at else f"{step}, {done:.0%}")
            self._at, self._said = what, now


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
