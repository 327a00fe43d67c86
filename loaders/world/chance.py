"""Seeded chance: independent streams of draws that give the same values in every process."""

import random
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from math import exp
from typing import Generic, TypeVar

T = TypeVar("T")


class Weighted(Generic[T]):
    """A finite set of values with their cumulative weights, ready to be drawn from."""

    __slots__ = ("cumulative", "values")

    def __init__(self, values: Sequence[T], weights: Sequence[float]) -> None:
        self.values = tuple(values)
        self.cumulative = tuple(accumulate(weights))

    @classmethod
    def of(cls, weights: dict[T, float]) -> "Weighted[T]":
        """The distribution that a dict of value to weight describes."""
        return cls(tuple(weights), tuple(weights.values()))

    @classmethod
    def ranked(cls, values: Sequence[T], exponent: float = 0.7) -> "Weighted[T]":
        """A long-tailed distribution: the value at rank r weighs 1 / (r + 2) ** exponent."""
        return cls(values, [(rank + 2) ** -exponent for rank in range(len(values))])


class Chance:
    """One stream of draws, named by the world's seed and the part of the world that it makes."""

    __slots__ = ("_random", "integer", "real", "sample", "shuffle")

    def __init__(self, *name: object) -> None:
        # Not for secrets: the stream must be the same in every run, which is what the rule warns of.
        self._random = random.Random("/".join(map(str, name)))  # noqa: S311
        self.real = self._random.random
        self.integer = self._random.randint
        self.sample = self._random.sample
        self.shuffle = self._random.shuffle

    def hit(self, probability: float) -> bool:
        """True with the given probability (0..1)."""
        return self.real() < probability

    def among(self, values: Sequence[T]) -> T:
        """One of the values, all equally likely."""
        return values[int(self.real() * len(values))]

    def pick(self, weighted: Weighted[T]) -> T:
        """One value of a weighted distribution."""
        cumulative = weighted.cumulative
        return weighted.values[bisect(cumulative, self.real() * cumulative[-1], 0, len(cumulative) - 1)]

    def count(self, mean: float) -> int:
        """A whole number with this mean: its whole part, and one more with the probability of the rest."""
        whole = int(mean)
        return whole + (self.real() < mean - whole)

    def tail(self, exponent: float, most: float) -> float:
        """A Pareto draw of at least 1 and at most `most`; the smaller the exponent, the longer the tail."""
        return min(most, self._random.paretovariate(exponent))

    def normal(self, mean: float, deviation: float) -> float:
        """A draw from the normal distribution."""
        return self._random.gauss(mean, deviation)

    def gamma(self, shape: float, mean: float) -> float:
        """A draw from the gamma distribution: the smaller the shape, the wider."""
        return self._random.gammavariate(shape, mean / shape)

    def poisson(self, mean: float) -> int:
        """A Poisson count. Source: Knuth, The Art of Computer Programming 2, 3.4.1; good for means up to hundreds."""
        count, product, least = 0, self.real(), exp(-mean)
        while product > least:
            count, product = count + 1, product * self.real()
        return count

    def digits(self, length: int) -> str:
        """A string of decimal digits of this length."""
        return str(int(self.real() * 10**length)).zfill(length)

    def letters(self, length: int, alphabet: str = "ABCDEFGHJKLMNOPRSTUVWXY") -> str:
        """A string of this many letters of the alphabet."""
        return "".join(self.among(alphabet) for _ in range(length))
