"""The course of a long piece of work: how far it is, in plain words, and whether it is to go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from graph.deadline import left

T = TypeVar("T")


def in_time() -> None:
    """Nothing; raises TimedOut where the time of the question at hand is up."""
    left(None)


class Course:
    """What work says of itself between its steps; `check` raises where it is to end.

    `step` says in plain words what is done, `done` (0..1) how much of all. `patient`: whoever waits has time.
    """

    def __init__(self, check: Callable[[], None] = in_time, *, patient: bool = False) -> None:
        self.check = check
        self.patient = patient
        self.step, self.done = "", 0.0

    def at(self, step: str, done: float = 0.0) -> None:
        """Say what is done next; raises what `check` raises."""
        self.check()
        self.step, self.done = step, done

    def through(self, items: Iterable[T], count: int, step: str) -> Iterator[T]:
        """These items, saying before each how many are done; so much was done before them as one of them takes."""
        for place, item in enumerate(items, 1):
            self.at(f"{step} {place} of {count}", place / (count + 1))
            yield item
