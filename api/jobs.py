"""Jobs of one process: long questions answered in the background, one after another, each with a course that is told.

Where they stand is in the graph, so that every process can tell: this one says once a second how far its jobs are, and
learns by that which of them nobody wants any more.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Event, Lock, Thread

import anyio.to_thread
import structlog

from analysis.course import Course, in_time
from analysis.job import Wanted, answer
from api.ending import Ending
from api.error import INTERNAL
from api.limit import Limits
from api.log import where_it_failed
from api.place import Seats
from graph import job as kept
from graph.deadline import until
from graph.errors import PolegraphError
from graph.job import JobState, JobView
from graph.open import Graph
from security.viewer import Viewer

_LOG = structlog.get_logger("polegraph.jobs")
_BEAT_S = 1.0
# How often a watcher looks, and how often jobs are let go of whose time is over.
_LOOK_S = 0.5
_EXPIRE_S = 60.0


class _Unwanted(Exception):
    """Nobody wants the job any more."""


class _AtWork:
    """A job of this process: how it stands, and its course."""

    def __init__(self, id_: str) -> None:
        self.id = id_
        self.state = JobState.WAITING
        self.unwanted = Event()
        self.course = Course(self._check, patient=True)
        self.course.step = "waiting for its turn"

    def _check(self) -> None:
        if self.unwanted.is_set():
            raise _Unwanted
        in_time()

    @property
    def told(self) -> dict[str, object]:
        """What is said of it."""
        return {"id": self.id, "state": self.state.value, "step": self.course.step, "done": self.course.done}


class Jobs:
    """The jobs that one process works at, and those of any process as they are watched."""

    def __init__(self, graph: Graph, limits: Limits, ending: Ending) -> None:
        self._graph, self._limits, self._ending = graph, limits, ending
        self._pool = ThreadPoolExecutor(limits.job_workers, thread_name_prefix="job")
        self._seats = Seats(limits.jobs, f"{limits.jobs} jobs wait already: try again later")
        self._at: dict[str, _AtWork] = {}
        self._lock = Lock()
        self._over = Event()
        self._beating = Thread(target=self._beat, name="jobs", daemon=True)

    def start(self) -> None:
        """Say from now on how far the jobs are."""
        self._beating.start()

    def stop(self, *, wait: bool = False) -> None:
        """End every job; whoever asks is told that it is lost. `wait`: until nothing is worked at any more."""
        self._over.set()
        with self._lock:
            left = list(self._at.values())
        for each in left:
            each.unwanted.set()
        self._pool.shutdown(wait=wait, cancel_futures=True)
        for each in left:
            self._end(each.id, JobState.LOST, error="the process that worked at it has ended: ask again")
        if wait:
            self._beating.join()

    def begin(self, graph: Graph, viewer: Viewer, wanted: Wanted) -> JobView:
        """A job that answers a question as this viewer, once it is its turn.

        Raises BadInput and TooCostly for what cannot be asked, and where the viewer has too many; Overloaded where too
        many wait.
        """
        wanted.check(graph)
        with ExitStack() as seat:
            seat.enter_context(self._seats.taken())
            view = kept.begin(graph, viewer, wanted.question, repr(wanted))
            with self._lock:
                if view.id not in self._at and not view.over:
                    at = self._at[view.id] = _AtWork(view.id)
                    self._pool.submit(self._work, viewer, wanted, at, seat.pop_all())
        return view

    async def watched(self, viewer: Viewer, id_: str) -> AsyncIterator[JobView | PolegraphError | None]:
        """A job of the viewer's, now and whenever it stands otherwise, until it is over or the server ends.

        None where nothing was said for a while. Raises NotFound where there is none.
        """
        said, quiet = None, time.monotonic()
        while not self._ending.begun:
            told = await anyio.to_thread.run_sync(self._look, viewer, id_)
            if told != said:
                said, quiet = told, time.monotonic()
                yield told
            elif time.monotonic() - quiet > self._limits.quiet_s:
                quiet = time.monotonic()
                yield None
            if isinstance(told, JobView) and told.over:
                return
            await self._ending.within(_LOOK_S)

    def _look(self, viewer: Viewer, id_: str) -> JobView | PolegraphError:
        now = self._graph.catalogue.viewer(viewer.user, viewer.grants, viewer.purpose, viewer.role)
        try:
            return kept.job(self._graph, now, id_) or kept.none_by(id_)
        except PolegraphError as error:
            return error

    def _work(self, viewer: Viewer, wanted: Wanted, at: _AtWork, seat: ExitStack) -> None:
        try:
            with until(time.monotonic() + kept.LONGEST_S):
                at.course.check()
                at.state = JobState.RUNNING
                found = answer(self._graph, viewer, wanted, at.course)
            self._end(at.id, JobState.DONE, answer=found)
        except _Unwanted:
            pass
        except Exception as error:  # noqa: BLE001 - one job that fails ends no other
            self._end(at.id, JobState.FAILED, error=_told(error))
        finally:
            with self._lock:
                self._at.pop(at.id, None)
            seat.close()

    def _end(self, id_: str, state: JobState, *, answer: str | None = None, error: str | None = None) -> None:
        try:
            kept.end(self._graph, id_, state, answer=answer, error=error)
        except PolegraphError as fault:
            # Nobody hears of it any more, which tells that it is lost.
            _LOG.warning("job_not_told", code=fault.code)
        _LOG.info("job_ended", job=id_, state=state.value)

    def _beat(self) -> None:
        expired = 0.0
        while not self._over.wait(_BEAT_S):
            try:
                if time.monotonic() - expired > _EXPIRE_S:
                    expired = time.monotonic()
                    kept.expire(self._graph)
                self._say()
            except PolegraphError as error:
                _LOG.warning("jobs_not_told", code=error.code)

    def _say(self) -> None:
        with self._lock:
            at = list(self._at.values())
        if at:
            wanted = kept.beat(self._graph, [each.told for each in at])
            for each in at:
                if each.id not in wanted:
                    each.unwanted.set()


def _told(error: Exception) -> str:
    """What the owner is told. What went wrong inside may quote statements or data: it goes to the log, not out."""
    if isinstance(error, PolegraphError) and error.code != INTERNAL:
        return error.outward
    _LOG.error("job_failed", **where_it_failed(error))
    return "it could not be worked out: whoever runs this sees why in its log"
