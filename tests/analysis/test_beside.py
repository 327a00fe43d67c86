"""Betweenness counted beside this process: the same numbers, nobody here waits, and it ends in time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from functools import cache

import networkx as nx
import numpy as np
import pytest

from analysis import beside
from graph.deadline import until
from graph.errors import TimedOut

Counted = tuple[int, beside.Ends, beside.Ends]


def _ties(nodes: int, ties: int) -> Counted:
    ends = np.sort(np.array(nx.gnm_random_graph(nodes, ties, seed=3).edges, np.int32), axis=1)
    return nodes, ends[:, 0], ends[:, 1]


@pytest.fixture
def other(monkeypatch: pytest.MonkeyPatch) -> Iterator[beside._Beside]:
    """A process beside this one that is of the test alone."""
    made = beside._Beside()
    monkeypatch.setattr(beside, "_BESIDE", made)
    yield made
    if made._process is not None:
        made._process.kill()
        made._process.communicate()


@cache
def _truth(nodes: int, ties: int) -> list[float]:
    found = nx.betweenness_centrality(nx.gnm_random_graph(nodes, ties, seed=3), normalized=False)
    return [found[node] for node in range(nodes)]


def _is_right(nodes: int, ties: int) -> None:
    assert beside.betweenness(*_ties(nodes, ties)) == pytest.approx(_truth(nodes, ties), abs=1e-6)


def test_what_is_counted_beside_and_here_is_what_networkx_counts(other: beside._Beside) -> None:
    _is_right(100, 200)
    assert other._process is None
    _is_right(300, 800)
    process = other._process
    assert process is not None
    _is_right(300, 900)
    assert other._process is process


def test_nobody_here_waits_for_what_is_counted_beside(other: beside._Beside) -> None:
    counting, turns = threading.Event(), 0
    ties = _ties(1_500, 6_000)

    def count() -> None:
        beside.betweenness(*ties)
        counting.set()

    thread = threading.Thread(target=count)
    thread.start()
    while not counting.wait(0.001):
        turns += 1
    thread.join()
    # Counted here it would leave this thread two or three of them.
    assert turns > 50


def test_what_is_counted_beside_ends_with_the_time_of_its_question(other: beside._Beside) -> None:
    ties = _ties(20_000, 60_000)
    with until(time.monotonic() + 0.5), pytest.raises(TimedOut):
        beside.betweenness(*ties)
    assert other._process is None
    with until(time.monotonic() - 1), pytest.raises(TimedOut):
        beside.betweenness(*_ties(100, 200))
    _is_right(300, 800)


def test_whoever_waits_for_another_network_is_told_when_the_time_is_up(other: beside._Beside) -> None:
    with other._lock, until(time.monotonic() + 0.1), pytest.raises(TimedOut):
        beside.betweenness(*_ties(300, 800))


def test_a_process_that_ended_by_itself_is_begun_again(other: beside._Beside) -> None:
    _is_right(300, 800)
    process = other._process
    assert process is not None
    process.kill()
    process.wait()
    _is_right(300, 800)
    assert other._process not in (None, process)


def test_what_another_process_fails_to_count_is_counted_here(
    other: beside._Beside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "false")
    _is_right(300, 800)
    assert other._process is None
