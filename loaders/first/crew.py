"""Who does the steps of a first load: this process, or several where there is enough to share out."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from graph.collector import collector_off
from loaders.processes import in_order, processors, started

C = TypeVar("C")
T = TypeVar("T")
D = TypeVar("D")
_UNDER_WAY = 2


class Crew(AbstractContextManager["Crew"]):
    """Does the tasks of steps. `shared`: whether processes are worth their start; `folder`: where a step is told."""

    def __init__(self, folder: Path, *, shared: bool) -> None:
        self._folder = folder
        self._steps = 0
        self._processes = processors() if shared else 1
        self._pool: ProcessPoolExecutor | None = None

    def do(self, step: Callable[[C, T], D], given: C, tasks: Sequence[T]) -> Iterator[D]:
        """What `step(given, task)` returns for each task, in their order; all of it can be pickled."""
        if self._processes < 2 or len(tasks) < 2:
            for task in tasks:
                with collector_off():
                    yield step(given, task)
            return
        # Told once by a file instead of with every task: it may hold all that rows name by an identifier.
        self._steps += 1
        told = self._folder / f"step-{self._steps:03}"
        told.write_bytes(pickle.dumps((step, given), pickle.HIGHEST_PROTOCOL))
        pool = self._pool = self._pool or started(self._processes)
        yield from in_order((pool.submit(_do, told, task) for task in tasks), self._processes * _UNDER_WAY)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)


_told: dict[Path, tuple[Callable[[Any, Any], Any], Any]] = {}


def _do(told: Path, task: Any) -> Any:  # noqa: ANN401
    if told not in _told:
        _told.clear()
        # Written by the process that started this one, into its own folder.
        _told[told] = pickle.loads(told.read_bytes())  # noqa: S301
    step, given = _told[told]
    with collector_off():
        return step(given, task)
