"""Jobs: long questions that are answered in the background, kept in the graph for their owner alone for an hour.

Any process tells how far a job is and has it cancelled, whichever works at it. A job has the markings that its owner
held when it began; whoever does not hold them all any more is not shown that it is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from graph.errors import NotFound, TooCostly
from graph.open import Graph
from security.viewer import Viewer

KEPT_S = 3_600
# So long may one take, and so long after the last sign of the process that works at it, it is lost.
LONGEST_S = 900
LOST_S = 15
MOST_AT_ONCE = 2


class JobState(StrEnum):
    """How a job stands."""

    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"
    LOST = "LOST"


OPEN = (JobState.WAITING, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class JobView:
    """A job of the viewer's own: what is asked, how it stands, the step that is done, the share done, epoch seconds.

    `error` says why there is no answer; `kept` until when it is there; `answer` is what `analysis.job` made, None while
    there is none and where it was not read.
    """

    id: str
    question: str
    state: JobState
    step: str
    done: float
    begun: int
    ended: int | None
    kept: int
    error: str | None = None
    answer: str | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state not in OPEN


def begin(graph: Graph, viewer: Viewer, question: str, asked: str) -> JobView:
    """A new job of the viewer's; `asked` is the question in text. Raises TooCostly where two of theirs are not over."""
    now = graph.clock()
    number = len(jobs(graph, viewer))
    stored = {
        "id": graph.ids.job(viewer.user, question, asked, str(now), str(number)),
        "owner": viewer.user,
        "question": question,
        "state": JobState.WAITING.value,
        "step": "waiting for its turn",
        "done": 0.0,
        "begun": now,
        "beat": now,
        "until": now + LONGEST_S + KEPT_S,
        "mks": sorted(viewer.allowed),
    }
    given = {"job": stored, "stale": now - LOST_S, "most": MOST_AT_ONCE}
    found = graph.store.write(lambda transaction: transaction.run("job/begin", **given))
    if not found:
        raise TooCostly(f"{MOST_AT_ONCE} jobs of yours are not over: wait for one, or end it with `cancelJob`")
    return _view(graph, found[0]["job"])


def jobs(graph: Graph, viewer: Viewer) -> list[JobView]:
    """The viewer's own jobs without their answers, the last begun first."""
    rows = graph.store.read(viewer, "job/of_owner", owner=viewer.user, now=graph.clock())
    return [_view(graph, row["job"]) for row in rows]


def job(graph: Graph, viewer: Viewer, id_: str) -> JobView | None:
    """A job of the viewer's own; None where there is none, or where it was worked out with what is hidden by now."""
    rows = graph.store.read(viewer, "job/by_id", id=id_, owner=viewer.user, now=graph.clock())
    return _view(graph, rows[0]["job"]) if rows else None


def cancel(graph: Graph, viewer: Viewer, id_: str) -> JobView:
    """End a job that is not over; one that is stays as it is. Raises NotFound where it is not the viewer's."""
    if job(graph, viewer, id_) is None:
        raise none_by(id_)
    ended = _ended(graph, JobState.CANCELLED, step="cancelled")
    graph.store.write(lambda transaction: transaction.run("job/cancel", id=id_, owner=viewer.user, ended=ended))
    found = job(graph, viewer, id_)
    if found is None:
        raise none_by(id_)
    return found


def none_by(id_: str) -> NotFound:
    """What is said where there is no such job."""
    return NotFound(f"job: you have none by the id {id_!r}; `jobs` lists yours, which are kept for an hour")


def beat(graph: Graph, told: Iterable[Mapping[str, Any]]) -> set[str]:
    """Say how these jobs stand (`id`, `state`, `step`, `done`); the ids of those that are still wanted."""
    given = {"jobs": list(told), "now": graph.clock()}
    found = graph.store.write(lambda transaction: transaction.run("job/beat", **given))
    return {row["id"] for row in found}


def end(graph: Graph, id_: str, state: JobState, *, answer: str | None = None, error: str | None = None) -> None:
    """Note how a job ended, unless nobody wants it any more."""
    share = {"done": 1.0} if state is JobState.DONE else {}
    ended = _ended(graph, state, answer=answer, error=error, step=state.value.lower(), **share)
    graph.store.write(lambda transaction: transaction.run("job/end", id=id_, ended=ended))


def expire(graph: Graph) -> None:
    """Let go of jobs whose time is over."""
    graph.store.write(lambda transaction: transaction.run("job/expire", now=graph.clock()))


def _ended(graph: Graph, state: JobState, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - what is stored
    now = graph.clock()
    said = {name: value for name, value in more.items() if value is not None}
    return {"state": state.value, "ended": now, "until": now + KEPT_S, **said}


def _view(graph: Graph, stored: Mapping[str, Any]) -> JobView:
    state, error = JobState(stored["state"]), stored.get("error")
    if state in OPEN and stored["beat"] < graph.clock() - LOST_S:
        state, error = JobState.LOST, "the process that worked at it has ended: ask again"
    return JobView(
        stored["id"],
        stored["question"],
        state,
        stored["step"],
        stored["done"],
        stored["begun"],
        stored.get("ended"),
        stored["until"],
        error,
        stored.get("answer"),
    )
