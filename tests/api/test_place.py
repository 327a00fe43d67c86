"""Who waits for a place: the lowest rank first, then in order; what fails takes nobody's turn; and who may not wait."""

from __future__ import annotations

import asyncio
from functools import partial
from threading import Event

import pytest

from api.place import Places, Seats
from graph.errors import Overloaded


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


def test_who_comes_when_all_seats_are_taken_is_refused_and_the_next_one_is_not() -> None:
    seats = Seats(2, "two are here")
    with seats.taken():
        with seats.taken(), pytest.raises(Overloaded, match="two are here"), seats.taken():
            pytest.fail("there are two seats")
        with pytest.raises(ZeroDivisionError), seats.taken():
            raise ZeroDivisionError
        with seats.taken():
            pass
