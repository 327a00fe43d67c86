"""`polegraph intake`: messages from standard input or a file that grows, into the graph."""

from __future__ import annotations

import queue
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Annotated, BinaryIO

import orjson
import typer

from cli.account import acting
from cli.console import say
from cli.load import day
from cli.session import existing, opened
from graph.declared import known_texts
from graph.settings import load_settings
from loaders.intake import Intake, Outcome, Receipt, messages
from loaders.mapping import load_mappings
from security.audit import Act

_AT_ONCE = 1_000
_WAITING = 10_000
_LOOK_EVERY_S = 0.1
_PATIENCE_S = 180.0
_REJECTED = 3


def intake(
    mapping: Annotated[Path, typer.Argument(help="Mapping file of the source.")],
    lines: Annotated[
        Path | None, typer.Argument(metavar="[LINES]", help="File of NDJSON; standard input without it.")
    ] = None,
    file: Annotated[
        str | None, typer.Option("--file", help="Which file of the mapping the messages are rows of.")
    ] = None,
    follow: Annotated[bool, typer.Option("--follow", help="Wait for more lines when the file ends.")] = False,
    as_of: Annotated[str | None, typer.Option("--as-of", help="When they were true, where they do not say it.")] = None,
) -> None:
    """Take messages, one JSON object on each line, and print a receipt for each once it is durable and can be found.

    Sent again, a message changes nothing: after a power cut, send all again. Exit 3 where some were rejected.

    Example: polegraph intake call.yaml calls.ndjson --follow; tail -F calls.ndjson | polegraph intake call.yaml
    """
    settings = load_settings()
    mappings = load_mappings([mapping], known_texts(settings))
    source = mappings[0].source
    rejected = 0
    with acting(settings, Act.COLLECTION, "intake", source=source) as act, opened(settings, prepare=True) as graph:
        taker = Intake(graph, mappings, _PATIENCE_S)
        entry = taker.entry(source, file)
        number = 1
        with _input(lines) as stream:
            for part in _parts(stream, follow=follow):
                sent = messages(part, number)
                number += len(part)
                receipts = taker.take(source, entry, sent, as_of=day(as_of), today=int(time.time()))
                counts = Counter(receipt.outcome.value for receipt in receipts)
                act.note({"source": source, **counts})
                rejected += counts[Outcome.REJECTED]
                _print(receipts)
    if rejected:
        say(f"{rejected:,} messages rejected")
        raise typer.Exit(_REJECTED)


def _print(receipts: list[Receipt]) -> None:
    for receipt in receipts:
        sys.stdout.buffer.write(orjson.dumps(receipt.as_json()) + b"\n")
    sys.stdout.buffer.flush()


def _input(lines: Path | None) -> closing[BinaryIO]:
    stream: BinaryIO = sys.stdin.buffer if lines is None else existing(lines, "file of messages").open("rb")
    return closing(stream)


def _parts(stream: BinaryIO, *, follow: bool) -> Iterator[list[bytes]]:
    """What lines there are, some at a time: whatever came while the last ones were written."""
    waiting: queue.Queue[bytes | None] = queue.Queue(_WAITING)
    threading.Thread(target=_read, args=(stream, waiting, follow), name="lines", daemon=True).start()
    while (line := waiting.get()) is not None:
        part = [line]
        ended = False
        while len(part) < _AT_ONCE and not waiting.empty():
            following = waiting.get()
            if following is None:
                ended = True
                break
            part.append(following)
        yield part
        if ended:
            return


def _read(stream: BinaryIO, waiting: queue.Queue[bytes | None], follow: bool) -> None:
    held = b""
    while True:
        line = stream.readline()
        if line.endswith(b"\n"):
            waiting.put(held + line)
            held = b""
        elif line:
            # A line that is still being written: the rest of it comes.
            held += line
        elif follow:
            time.sleep(_LOOK_EVERY_S)
        else:
            if held:
                waiting.put(held)
            waiting.put(None)
            return
