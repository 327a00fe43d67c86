"""Loads on record: what each was given, what it has written, how it ended; and how one that was cut short goes on."""

from __future__ import annotations

import hashlib
import os
import socket
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from secrets import token_hex
from typing import Any

import orjson

from graph.errors import BadInput, TransientError
from graph.open import Graph
from graph.store import Transaction
from loaders.batch import Written
from loaders.job import Job

_NOTE_EVERY_S = 0.5
_SHOWN = 3


class State(StrEnum):
    """How a load stands; CUT_SHORT: it ended without a word, killed or by a loss of power."""

    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"
    INTERRUPTED = "INTERRUPTED"
    CUT_SHORT = "CUT_SHORT"


class Going(StrEnum):
    """What a load does about an earlier one that did not come to its end.

    ANEW: reads and offers all rows again, which skips those that are there; RESUME: goes on from its last batch, which
    must have been given the same files; RESTART: as ANEW, and forgets it.
    """

    ANEW = "anew"
    RESUME = "resume"
    RESTART = "restart"


@dataclass(frozen=True, slots=True)
class Run:
    """One load: its id, the day it counts from (epoch), and by (source number, delivery, chunk) what is written."""

    id: str
    today: int
    done: Mapping[tuple[int, str, int], Written] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a load was given: a digest for each mapping and data file, and the options that change what is read."""

    sources: tuple[str, ...]
    given: Mapping[str, str]

    @staticmethod
    def of(jobs: Sequence[Job], options: Mapping[str, object]) -> Inputs:
        """The inputs of these jobs; reads each file once."""
        given = {name: str(value) for name, value in options.items()}
        for path in dict.fromkeys(Path(job.entry.mapping) for job in jobs):
            given[f"mapping {path.name}"] = _digest(path)
        files = {job.delivery.file: job.delivery.path.partition("!/")[0] for job in jobs}
        given |= {f"file {name}": _digest(path) for path, name in files.items()}
        return Inputs(tuple(sorted({job.source for job in jobs})), given)

    @property
    def text(self) -> str:
        """The inputs as JSON."""
        return orjson.dumps(self.given, option=orjson.OPT_SORT_KEYS).decode()

    @property
    def fingerprint(self) -> str:
        """What is the same for the same inputs only."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:32]

    def unlike(self, text: str) -> list[str]:
        """The names of the inputs that differ from those that were given before."""
        before = orjson.loads(text)
        return sorted(name for name in {*before, *self.given} if before.get(name) != self.given.get(name))


def _digest(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "blake2b").hexdigest()[:32]


def begin(graph: Graph, inputs: Inputs, today: int, going: Going) -> Run:
    """The load that begins here, or goes on; `today`: of a new one. Nobody else loads these sources meanwhile.

    Raises BadInput where one is to be gone on with and its inputs were others.
    """
    unfinished = graph.store.internal("load/unfinished", sources=list(inputs.sources))
    earlier = unfinished[0] if unfinished else None
    run = Run(new_id(), today)
    if earlier is not None and going is Going.RESUME:
        run = _resumed(graph, inputs, earlier)
    elif earlier is not None and going is Going.ANEW and earlier["fingerprint"] == inputs.fingerprint:
        said = f"the load {earlier['id']} of the same files did not come to its end: --resume would go on from there"
        run = Run(run.id, today, warnings=(said,))
    elif going is Going.RESUME:
        run = Run(run.id, today, warnings=("no load of these sources was cut short: this one begins anew",))
    properties = _properties(run, inputs)
    if not (earlier is not None and run.id == earlier["id"]):
        properties["began_at"] = graph.clock()

    def note(transaction: Transaction) -> None:
        transaction.run("load/cut_short", sources=list(inputs.sources), but=run.id)
        transaction.run("load/begin_run", id=run.id, run=properties)

    graph.store.write(note)
    return run


def _resumed(graph: Graph, inputs: Inputs, earlier: Mapping[str, Any]) -> Run:
    if earlier["fingerprint"] != inputs.fingerprint:
        unlike = inputs.unlike(earlier["inputs"])
        shown = ", ".join(unlike[:_SHOWN]) + (f" and {len(unlike) - _SHOWN} more" if len(unlike) > _SHOWN else "")
        raise BadInput(
            f"--resume: the load {earlier['id']} that was cut short was given otherwise ({shown}): "
            "load without --resume, which skips the rows that are there already"
        )
    written: dict[tuple[int, str, int], Written] = {}
    whole: set[tuple[int, str, int]] = set()
    for batch in graph.store.internal("load/run_batches", run=earlier["id"]):
        if batch["chunk"] is not None:
            at = batch["source"], batch["delivery"], batch["chunk"]
            done = Written(batch["loaded"], batch["unchanged"], frozenset(batch["stale"] or ()))
            written[at] = written[at].and_more(done) if at in written else done
            whole.update(() if batch["more"] else (at,))
    return Run(earlier["id"], earlier["today"], {at: written[at] for at in whole})


def done_run(
    run: Run, inputs: Inputs, began_at: int, ended_at: int, mk: int, report: Mapping[str, Any]
) -> dict[str, Any]:
    """All properties of a load that is put on record when all of it is done; as `begin` and `RunLog.end` note them."""
    return {
        "id": run.id,
        **_properties(run, inputs),
        "state": State.DONE.value,
        "began_at": began_at,
        "ended_at": ended_at,
        "mk": mk,
        "report": orjson.dumps(report).decode(),
    }


def _properties(run: Run, inputs: Inputs) -> dict[str, Any]:
    return {
        "sources": list(inputs.sources),
        "fingerprint": inputs.fingerprint,
        "inputs": inputs.text,
        "today": run.today,
        "by": f"{socket.gethostname()} {os.getpid()}",
    }


def new_id() -> str:
    """The id of a load: when it began, and six letters."""
    return f"{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}-{token_hex(3)}"


class RunLog:
    """Keeps a load's progress and end in the graph, for those who watch it."""

    def __init__(self, graph: Graph, run: Run) -> None:
        self._graph = graph
        self._run = run
        self._noted = 0.0
        self.mk = 0

    def note(self, stage: str, done: int, total: int | None) -> None:
        """How far it has come; written now and then, and not while the database is gone."""
        now = time.monotonic()
        if now - self._noted < _NOTE_EVERY_S:
            return
        self._noted = now
        progress = orjson.dumps({"stage": stage, "done": done, "total": total}).decode()
        with suppress(TransientError):
            self._graph.store.jot("load/note_run", id=self._run.id, mk=self.mk, progress=progress)

    def end(
        self,
        state: State,
        report: Mapping[str, Any],
        statuses: Mapping[tuple[int, int], int] | None = None,
        error: str | None = None,
    ) -> None:
        """Note the end, once, and with it what the sources' statuses count: `statuses` (source, mk) to rejected."""
        at = self._graph.clock()
        given = {
            "id": self._run.id,
            "state": state.value,
            "at": at,
            "mk": self.mk,
            "report": orjson.dumps(report).decode(),
            "error": error,
        }
        rows = [
            {"source": source, "mk": mk, "rejected": rejected, "at": at}
            for (source, mk), rejected in (statuses or {}).items()
        ]

        def work(transaction: Transaction) -> None:
            if transaction.run("load/end_run", **given) and rows:
                transaction.run("load/status", rows=rows)

        self._graph.store.write(work)
