"""What a server's memory is after many requests: all questions of `bench.asked`, half of them documents of their own.

The cheap questions come most often, as they do; some requests are wrong, so that refusals are among what may leak.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice

from bench.asked import ASKED, Asked, Sample
from bench.serving import Client, Served

STEP = 10_000
# What a process keeps on purpose has filled by then: documents, plans, connections, and the allocator's own pools, one
# for each thread, which grow until each thread has made a large answer (docs/performance.md).
SETTLED = 50_000
MOST_MB = 8.0
# Of each round: the two cheap questions this often, every other once.
_OFTEN = 10
_CONNECTIONS = 4
_WRONG = (
    "query($id: ID!) { entity(id: $id) { nothing } }",
    "query($id: ID!) { entity(id: $id) { links(first: 100000) { edges { node { id } } } } }",
    "query($id: ID!) { subjectProfile(id: $id",
)


@dataclass(frozen=True, slots=True)
class Growth:
    """Megabytes of the process's own after so many requests, in their order."""

    held: tuple[tuple[int, float], ...]

    @property
    def since_settled(self) -> float | None:
        """How much more is held at the end than when what is kept on purpose had filled; None where that is not yet."""
        settled = [megabytes for requests, megabytes in self.held if requests >= SETTLED]
        return settled[-1] - settled[0] if len(settled) > 1 else None


def grown(served: Served, people: Sequence[Sample], requests: int) -> Growth:
    """The growth over so many requests, printed every 10,000."""
    held, done = list[tuple[int, float]](), 0
    numbers = count()
    while done < requests:
        some = min(STEP, requests - done)
        _send(served.port, people, numbers, some)
        done += some
        held.append((done, served.megabytes()))
        print(f"{done:,} requests: {held[-1][1]:.1f} MB", flush=True)
    return Growth(tuple(held))


def _send(port: int, people: Sequence[Sample], numbers: Iterator[int], requests: int) -> None:
    """Send so many requests by several connections at once."""
    turn = threading.Lock()
    left = iter(range(requests))
    failed = list[BaseException]()

    def keep_asking() -> None:
        client = Client(port, strict=False)
        try:
            while True:
                with turn:
                    if next(left, None) is None:
                        return
                    number = next(numbers)
                client.send(_request(client, people, number))
        except BaseException as error:  # noqa: BLE001 - told by whoever waits for the thread
            failed.append(error)
        finally:
            client.close()

    threads = [threading.Thread(target=keep_asking) for _ in range(_CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


def _request(client: Client, people: Sequence[Sample], number: int) -> bytes:
    one = people[number % len(people)]
    asked = _ROUND[number % len(_ROUND)]
    if asked is None:
        return client.request(_WRONG[number // len(_ROUND) % len(_WRONG)], {"id": one.id})
    # A comment makes it a document of its own.
    text = f"{asked.text} # {number}" if number // len(_ROUND) % 2 else asked.text
    return client.request(text, asked.variables(one))


def _rounds() -> Iterator[Asked | None]:
    """The questions of a round; None for a wrong one."""
    often, others = ASKED[:2], ASKED[2:]
    for place in range(_OFTEN):
        yield from often
        yield from islice(others, place, place + 1)
    yield None


_ROUND = tuple(_rounds())
