"""The limits of one question, each with its unit and reason, and the checks that refuse what passes them."""

from __future__ import annotations

import os
import resource
from collections.abc import Sized
from dataclasses import dataclass

from graph.errors import BadInput, TooCostly
from graph.read.page import within as within

# Connections that a worker holds at once; whoever comes beyond them waits, behind idle and half-sent ones too.
_CONNECTIONS = 4_096
# What a worker has open besides: the database's connections, the log, the modules.
_FILES = 512
PROCESSORS = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may ask for. Source: the OWASP GraphQL cheat sheet's controls, sized for these answers."""

    body_bytes: int = 256 * 1024
    tokens: int = 2_000
    depth: int = 12
    aliases: int = 15
    directives: int = 50
    directives_at_one_place: int = 4
    root_fields: int = 20
    variables: int = 100
    # Objects that an answer can hold (`api/cost.py`). Source: GitHub's API refuses questions for more than 500,000.
    cost: int = 500_000
    # Operations that cost as much wait for one another, so that they leave the rest of the machine to everybody else.
    heavy: int = 10_000
    # So do questions that turned out to take longer than this, in seconds: they are asked again among the large ones.
    quick_s: float = 0.5
    # Half the processors answer them; on two, the other one is everybody else's. As many of `workers` answer
    # what merely takes more work than most (`api/pace.py`).
    heavy_workers: int = max(1, min(4, PROCESSORS // 2))
    heavy_waiting: int = 256
    # Of one user's, where users are told apart, so many wait or are answered at once: or one has all places.
    heavy_each: int = 16
    # A list inside a list multiplies questions to the database; this many end an operation that got past the rest.
    database_reads: int = 500
    operation_s: float = 30.0
    # Operations that may run at once in one process; each holds a thread and a database connection.
    workers: int = 16
    documents: int = 512
    # Streams of a process, whatever they tell: each holds a connection, and a quarter of those is left to questions
    # (`connections`); what many watch alike is written once (`python -m bench.fan_out`). One user has at most so many,
    # where users are told apart: tabs of a person, screens of a control room by one key. A stream that has lasted so
    # long ends; after so long a silence proxies are told that it is alive; who it is for is looked at again so often.
    streams: int = 3_000
    streams_each: int = 50
    stream_s: float = 900.0
    quiet_s: float = 15.0
    again_s: float = 5.0
    # Jobs that a process works at at once, and that it has at all.
    job_workers: int = 1
    jobs: int = 50
    # One body of messages, the messages in it and in one commit, and the requests that may wait for their turn.
    intake_bytes: int = 8 * 1024 * 1024
    intake_messages: int = 2_000
    intake_waiting: int = 1_000
    request_id: int = 64


def connections() -> int:
    """How many connections a worker may hold: as many as it can have files open, the limit raised as far as we may."""
    soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _CONNECTIONS + _FILES
    files = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    if soft != resource.RLIM_INFINITY and soft < files:
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, most))
    return max(files - _FILES, 1)


FIRST = 500
IDS = 100
HOPS = 6
NODES = 2_000
TEXT = 1_000


def first_of(value: int | None, default: int) -> int:
    """`first` itself, or its default where null was given; raises BadInput where it is not 1 to 500."""
    return within("first", default if value is None else value, 1, FIRST)


def listed(name: str, values: Sized, highest: int = IDS) -> None:
    """Nothing; raises TooCostly for a list that is too long."""
    if len(values) > highest:
        raise TooCostly(f"{name}: {len(values)} values are more than {highest}; ask in several questions")


def text_of(name: str, value: str, longest: int = TEXT) -> str:
    """The text itself; raises BadInput where it is empty or too long."""
    if not value.strip():
        raise BadInput(f"{name}: the text is empty")
    if len(value) > longest:
        raise BadInput(f"{name}: {len(value)} characters are more than {longest}")
    return value
