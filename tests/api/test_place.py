"""Who waits for a place: the lowest rank first, then in order; what fails or is cancelled takes nobody's turn."""

from __future__ import annotations

import asyncio
from functools import partial
from threading import Event

import pytest

from api.place import Places


async def _behind_one(ranks: list[float]) -> list[int]:
    places, free, order = Places(1, "test"), Event(), list[int]()
    first = places.begin(free.wait)
    begun = [places.begin(partial(order.append, place), rank) for place, rank in enumerate(ranks)]
    assert places.waiting == len(ranks)
    free.set()
    await asyncio.gather(first, *begun)
    return order


def test_the_lowest_rank_is_next_and_equal_ones_go_in_order() -> None:
    assert asyncio.run(_behind_one([0.0, 0.0, 0.0])) == [0, 1, 2]
    assert asyncio.run(_behind_one([3.0, 1.0, 2.0, 1.0])) == [1, 3, 2, 0]


def test_what_fails_says_so_and_what_is_cancelled_is_not_begun() -> None:
    async def asked() -> list[str]:
        places, free, done = Places(1, "test"), Event(), list[str]()
        first = places.begin(free.wait)
        cancelled = places.begin(lambda: done.append("cancelled"))
        failing = places.begin(lambda: 1 // 0)
        last = places.begin(lambda: done.append("last"))
        cancelled.cancel()
        await asyncio.sleep(0)  # a cancellation takes effect at the event loop's next turn
        free.set()
        await first
        with pytest.raises(ZeroDivisionError):
            await failing
        await last
        return done

    assert asyncio.run(asked()) == ["last"]
