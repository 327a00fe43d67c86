"""Server-sent events of a subscription. Source: the "distinct connections mode" of graphql-sse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """An event: its name and its data as text."""

    name: str
    data: str


def lines(pieces: Iterable[bytes]) -> Iterator[str]:
    """The lines of a stream, each once it is whole; cut at line feeds alone, as JSON may hold other separators."""
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        yield from (line.removesuffix(b"\r").decode() for line in whole)


def events(told: Iterable[str]) -> Iterator[Event]:
    """The events of a stream's lines; comments and what a stream breaks off in are left out.

    Source: the interpretation of an event stream in the HTML standard, as far as this API uses it.
    """
    name, data = "", list[str]()
    for line in told:
        if not line:
            if name or data:
                yield Event(name or "message", "\n".join(data))
            name, data = "", []
            continue
        key, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if key == "event":
            name = value
        elif key == "data":
            data.append(value)
