"""Figures for drawing: a value, its change, its course, its parts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """What is so from a moment (epoch) on, until the next point."""

    at: int
    value: float


@dataclass(frozen=True, slots=True)
class Group:
    """The part of a figure that has one key."""

    key: str
    value: float


@dataclass(frozen=True, slots=True)
class TileView:
    """A figure; `change` against the window before, as a share of what it was then, None where that was nothing."""

    name: str
    unit: str
    value: float
    change: float | None
    series: tuple[Point, ...]
    groups: tuple[Group, ...]


def share(value: float, was: float | None) -> float | None:
    """The change from what was to a value, as a share of what was: 0.5 is half as much again."""
    return (value - was) / was if was else None
