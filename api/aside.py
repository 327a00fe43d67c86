"""Dear questions answered by a process beside this one, which stands back behind whatever else is to be done.

Of the threads of a process one runs Python at a time: while large answers are made, each of the ten steps of a small
one waits for the interpreter, and small ones took four times as long. They take up to twice as long while another
interpreter makes the large ones (`python -m bench.monster`). Who asks is known here, and here the answer goes on
record. The process is begun by the first dear question; until it is there, or where it is gone, all are answered here.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, Self

import orjson
import structlog

from analysis.beside import stand_back
from analysis.kept_links import keeping
from api.document import Documents, question_of
from api.limit import Limits
from api.log import configure, where_it_failed
from api.metric import Metrics
from api.operation import Answer, Executor, Request
from api.schema import SCHEMA
from api.viewer import break_glass_of
from graph.audit import audit_log
from graph.catalogue import Catalogue
from graph.open import open_graph
from graph.settings import Settings
from security.viewer import Viewer

_LOG = structlog.get_logger("polegraph.aside")
# As many as `api/ask.py` has places for what is large or middling.
_MOST = 2 * Limits().heavy_workers
# Between looks whether the client is still there; so long after its deadline a question is not waited for any more.
_LOOK_S = 0.25
_LATE_S = 2.0
# So long may it take to begin; where it ended, it is begun again after so long.
_STARTED_S = 60.0
_AGAIN_S = 30.0
# What is asked of what this process keeps: the columns of events, the index of the log.
_KEPT = frozenset({"metrics", "accessHistory", "misuseIndicators", "deconfliction"})


@dataclass(frozen=True, slots=True)
class Found:
    """An answer that is not on record yet, and the seconds of the processor that it took."""

    answer: Answer
    work: float


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question as it goes to the other process; `left`: the seconds until its deadline."""

    query: str
    operation_name: str | None
    variables: dict[str, Any]
    viewer: Viewer
    request_id: str
    left: float | None


@dataclass(frozen=True, slots=True)
class _Beside:
    """The other process, and the lines to it on which nothing is asked: none while it begins."""

    process: subprocess.Popen[bytes]
    lines: SimpleQueue[Connection]


class Aside:
    """The other process, as it is there or not; it ends with the block."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._beside: _Beside | None = None
        self._tried = float("-inf")
        self._over = False

    def answer(self, request: Request) -> Found | None:
        """The answer to a question; None where it is to be answered here."""
        operation = request.plan.operation
        if not request.plan.reads or operation is None or question_of(operation) in _KEPT:
            return None
        beside = self._there()
        if beside is None:
            return None
        try:
            line = beside.lines.get_nowait()
        except Empty:
            return None
        try:
            found = _told(line, request)
        except (EOFError, OSError):
            self._lose(beside)
            return None
        beside.lines.put(line)
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._over = True
            beside = self._beside
        if beside is not None:
            self._lose(beside)

    def _there(self) -> _Beside | None:
        with self._lock:
            beside = self._beside
            if beside is None and not self._over and time.monotonic() - self._tried > _AGAIN_S:
                self._tried = time.monotonic()
                pairs = [Pipe() for _ in range(_MOST)]
                self._beside = beside = _Beside(_begun([theirs for _, theirs in pairs]), SimpleQueue())
                Thread(target=self._introduce, args=(beside, [mine for mine, _ in pairs]), daemon=True).start()
        return beside

    def _introduce(self, beside: _Beside, lines: Sequence[Connection]) -> None:
        try:
            lines[0].send(self._settings)
            there = lines[0].poll(_STARTED_S) and lines[0].recv()
        except (EOFError, OSError):
            there = False
        if not there:
            if not self._over:
                _LOG.warning("aside_not_begun")
            self._lose(beside)
            return
        for line in lines:
            beside.lines.put(line)

    def _lose(self, beside: _Beside) -> None:
        with self._lock:
            if self._beside is beside:
                self._beside = None
        beside.process.kill()
        beside.process.wait()


def _begun(lines: Sequence[Connection]) -> subprocess.Popen[bytes]:
    numbers = [line.fileno() for line in lines]
    # What is run as a module has another name, by which what it sends would not be known here.
    command = [sys.executable, "-P", "-c", "from api.aside import main; main()", *map(str, numbers)]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=numbers)
    for line in lines:
        line.close()
    return process


def _told(line: Connection, request: Request) -> Found:
    """What is answered on a line; raises EOFError where nothing is."""
    plan, deadline = request.plan, request.deadline
    left = None if deadline is None else deadline - time.monotonic()
    line.send(_Asked(plan.query, plan.operation_name, plan.variables, request.viewer, request.request_id, left))
    gone = False
    while not line.poll(_LOOK_S):
        if not gone and request.gone():
            gone = True
            line.send(None)
        if deadline is not None and time.monotonic() > deadline + _LATE_S:
            raise EOFError
    found: Found = line.recv()
    return replace(found, answer=_with_data(found.answer, orjson.Fragment))


def serve(lines: Sequence[Connection]) -> None:
    """Answer what is asked on these lines, until nobody is at their other ends."""
    settings: Settings = lines[0].recv()
    configure(settings.log_format)
    graph, limits = open_graph(settings), Limits()
    schema = SCHEMA._schema
    executor = Executor(
        schema,
        graph,
        limits,
        Metrics(),
        audit_log(settings),
        Documents(schema, limits),
        glass=break_glass_of(settings),
    )
    kept = keeping(graph.store) if settings.network_snapshot else nullcontext()
    with graph.store, graph.store.watched(), kept:
        lines[0].send(True)
        threads = [Thread(target=_answer_each, args=(executor, graph.catalogue, line), daemon=True) for line in lines]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def _answer_each(executor: Executor, catalogue: Catalogue, line: Connection) -> None:
    try:
        while True:
            # Nothing is asked by whoever was gone when the answer was there already.
            if (asked := line.recv()) is not None:
                # Viewers come ready-made: nothing else here asks which model stands by now.
                catalogue.freshen()
                line.send(_answered(executor, asked, line))
    except (EOFError, OSError):
        return
    except Exception as error:  # noqa: BLE001 - whoever asked answers it without this process, and says why not
        _LOG.error("aside_failed", **where_it_failed(error))
        line.close()


def _answered(executor: Executor, asked: _Asked, line: Connection) -> Found:
    plan = executor.plan(asked.query, asked.operation_name, asked.variables)
    deadline = None if asked.left is None else time.monotonic() + asked.left
    began = time.thread_time()
    # Something on the line says that nobody waits for it any more.
    answer = executor.answer(Request(plan, asked.viewer, asked.request_id, line.poll, deadline))
    # Written here, too, which for a large answer is work of its own.
    return Found(_with_data(answer, orjson.dumps), time.thread_time() - began)


def _with_data(answer: Answer, made: Callable[[Any], object]) -> Answer:
    """The same answer; its data, where there are any, are what is made of them."""
    body = answer.body
    return replace(answer, body={**body, "data": made(body["data"])}) if "data" in body else answer


def main() -> None:
    """Be the other process, on the lines whose numbers it was begun with."""
    # Ctrl-C goes to all processes of a terminal: this one ends when the one that asks has.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stand_back()
    serve([Connection(int(each)) for each in sys.argv[1:]])
