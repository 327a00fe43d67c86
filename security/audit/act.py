"""Acts out of entries: what is on record when it begins and when it ends was done once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

from security.audit.entry import BEGUN, Act

T = TypeVar("T")


class Step(NamedTuple):
    """What an entry is of its act: what it shares with that of its end, whether it begins, and for a command."""

    act: tuple[str, str, str, bool]
    begins: bool
    command: bool


def step_of(entry: dict[str, Any]) -> Step:
    """What an entry is of its act."""
    # A change that is refused is called otherwise than when it began, by the same document. What is to leave is refused
    # before it begins or not at all: no refusal of a request that has its id is its end.
    document = entry.get("document")
    leaves = document is None and entry["act"] == Act.DISCLOSURE
    act = (entry["request"], entry["user"], document or entry["operation"], leaves)
    return Step(act, entry["outcome"] == [BEGUN], entry["component"] == "cli")


def once(steps: Iterable[tuple[Step, T]]) -> Iterator[T]:
    """Of what has steps, oldest first, that of each end, as it comes; then that of each beginning without an end.

    Who asks the API may choose a request's id, and choose it twice: an end is that of one beginning, the last. A
    command makes one of its own, and may say more than once what it is about to do: the last says it all.
    """
    begun: dict[tuple[str, str, str, bool], list[T]] = {}
    for step, item in steps:
        if step.begins:
            begun[step.act] = [*(() if step.command else begun.get(step.act, ())), item]
            continue
        if left := begun.pop(step.act, [])[:-1]:
            begun[step.act] = left
        yield item
    for left in begun.values():
        yield from left
