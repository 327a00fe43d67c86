"""Betweenness counted by a process beside this one, which stands back behind whatever else is to be done.

rustworkx keeps the interpreter's lock from the first way to the last: for a quarter of a second nobody else was
answered here, a hundred times for one question. Only numbers go there and come back. The process is begun for the first
network that is large enough; it ends with this one, or when the time of the question that it counts for is up.
"""

from __future__ import annotations

import os
import subprocess
import sys
from threading import Lock, Timer
from typing import IO, cast

import numpy as np
import rustworkx as rx
from numpy.typing import NDArray

from graph.deadline import left

# Steps along ties that are taken here: 60 million a second are.
_FEW_STEPS = 300_000
# Of two that want one processor this one gets a tenth.
_NICE = 10
_HEAD = np.dtype(np.int64)
_END = np.dtype(np.int32)
_SCORE = np.dtype(np.float64)

Ends = NDArray[np.int32]
Scores = NDArray[np.float64]


def betweenness(size: int, low: Ends, high: Ends) -> Scores:
    """Of all pairs of others, how many shortest ways lead through each of so many nodes with these ties.

    Raises TimedOut when the time of the question at hand is up.
    """
    if 2 * size * len(low) <= _FEW_STEPS:
        left(None)
        return _counted(size, low, high)
    found = _BESIDE.counted(size, low, high)
    # Where the other process is gone, by no deadline: it is done here.
    return _counted(size, low, high) if found is None else found


def graph_of(size: int, low: Ends, high: Ends) -> rx.PyGraph[None, None]:
    """The graph of so many nodes with these ties, each once."""
    made: rx.PyGraph[None, None] = rx.PyGraph(multigraph=False)
    made.add_nodes_from([None] * size)
    made.extend_from_edge_list(list(zip(low.tolist(), high.tolist(), strict=True)))
    return made


def _counted(size: int, low: Ends, high: Ends) -> Scores:
    found = rx.betweenness_centrality(graph_of(size, low, high), normalized=False)
    return np.fromiter((found[node] for node in range(size)), _SCORE, size)


class _Beside:
    """The other process: one for this one, and one network after another."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def counted(self, size: int, low: Ends, high: Ends) -> Scores | None:
        """What it counts; None where it ended. Raises TimedOut when the time is up, and ends it then."""
        seconds = left(None)
        if not self._lock.acquire(timeout=-1 if seconds is None else seconds):
            left(None)
            return None
        try:
            return self._asked(size, low, high)
        finally:
            self._lock.release()

    def _asked(self, size: int, low: Ends, high: Ends) -> Scores | None:
        process, ask, told_by = self._begun()
        # Nothing else ends what is counted in one step.
        timer = None if (seconds := left(None)) is None else Timer(seconds, process.kill)
        if timer is not None:
            timer.daemon = True
            timer.start()
        try:
            for part in (np.array([size, len(low)], _HEAD), low.astype(_END), high.astype(_END)):
                ask.write(part.tobytes())
            ask.flush()
            told = told_by.read(size * _SCORE.itemsize)
        except OSError:
            told = b""
        finally:
            if timer is not None:
                timer.cancel()
        if len(told) < size * _SCORE.itemsize:
            self._process = None
            process.kill()
            process.communicate()
            left(None)
            return None
        return np.frombuffer(told, _SCORE)

    def _begun(self) -> tuple[subprocess.Popen[bytes], IO[bytes], IO[bytes]]:
        process = self._process
        if process is None or process.poll() is not None:
            # One of the processors at most: rustworkx would take all.
            environment = os.environ | {"RAYON_NUM_THREADS": "1"}
            pipe = subprocess.PIPE
            process = subprocess.Popen([sys.executable, "-P", "-m", __name__], stdin=pipe, stdout=pipe, env=environment)
            self._process = process
        return process, cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)


_BESIDE = _Beside()


def serve(asked: IO[bytes], told: IO[bytes]) -> None:
    """Count what is asked until nobody asks any more."""
    while head := asked.read(2 * _HEAD.itemsize):
        size, count = np.frombuffer(head, _HEAD).tolist()
        low, high = (np.frombuffer(asked.read(count * _END.itemsize), _END) for _ in range(2))
        told.write(_counted(size, low, high).tobytes())
        told.flush()


def stand_back() -> None:
    """Let whatever else is to be done come before this process."""
    if hasattr(os, "nice"):
        os.nice(_NICE)


if __name__ == "__main__":
    stand_back()
    serve(sys.stdin.buffer, sys.stdout.buffer)
