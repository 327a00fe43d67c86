"""Square cells of the British National Grid: what stands in each, which are near each other, what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from scipy.spatial import cKDTree

from standards.grid import grid_reference, to_wgs84

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
# Sizes are multiples of the coarsest unit that references of eight figures tell apart.
UNIT, LEAST, MOST = 10, 50, 10_000
# The standard deviation of the kernel, and how far it reaches, in cells.
BANDWIDTH, REACH = 2.0, 5.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A point in degrees, WGS 84."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells of `size` metres, in the order of their columns, then rows; cell n is `places[n]`, (column, row)."""

    size: int
    places: Ints

    def __len__(self) -> int:
        return len(self.places)

    def name(self, cell: int) -> str:
        """The grid reference of its south-west corner, no longer than it has to be to say the corner exactly."""
        east, north = self._corner(cell)
        digits = next(n for n in range(6) if self.size % 10 ** (5 - n) == 0)
        return grid_reference(east, north, digits)

    def centre(self, cell: int) -> Spot:
        """Its middle."""
        east, north = self._corner(cell)
        return _spot(east + self.size / 2, north + self.size / 2)

    def boundary(self, cell: int) -> tuple[Spot, ...]:
        """Its corners, against the clock from the south-west."""
        (east, north), size = self._corner(cell), self.size
        corners = ((0, 0), (size, 0), (size, size), (0, size))
        return tuple(_spot(east + right, north + up) for right, up in corners)

    def _corner(self, cell: int) -> tuple[int, int]:
        column, row = self.places[cell].tolist()
        return column * self.size, row * self.size

    def count(self, points: Floats, worth: Ints) -> Ints:
        """How much stands in each cell; `points`: (easting, northing) in metres, all of them in one of the cells."""
        found = np.zeros(len(self), np.int64)
        np.add.at(found, self.of(points), worth)
        return found

    def of(self, points: Floats) -> Ints:
        """The cell of each point; all of them must be in one."""
        order = _number(self.places)
        return np.searchsorted(order, _number(_place(points, self.size)))

    def kernel(self) -> Any:  # noqa: ANN401 - scipy has no types
        """How much each cell weighs for each other, 1 beside it falling off to 0 at five cells; nothing for itself."""
        tree = cKDTree(self.places.astype(np.float64))
        near = tree.query_pairs(REACH, output_type="ndarray")
        one, other = near[:, 0], near[:, 1]
        apart = np.sum((self.places[one] - self.places[other]) ** 2, axis=1)
        weight = np.exp(-apart / (2 * BANDWIDTH**2))
        both = (np.concatenate([one, other]), np.concatenate([other, one]))
        found = csr_matrix((np.concatenate([weight, weight]), both), shape=(len(self), len(self)))
        found.sort_indices()
        return found

    def density(self, counts: Ints, kernel: Any) -> Floats:  # noqa: ANN401
        """Events in a square kilometre at the middle of each cell, by the Gaussian kernel."""
        around = 2 * np.pi * (BANDWIDTH * self.size / 1_000) ** 2
        return np.asarray((counts + kernel @ counts) / around)


def cells_of(points: Floats, size: int, *, beside: bool) -> Cells:
    """The cells in which the points stand; `beside`: and the eight around each of them."""
    places = _place(points, size)
    if beside:
        steps = np.array([(column, row) for column in (-1, 0, 1) for row in (-1, 0, 1)])
        places = (np.unique(places, axis=0)[:, None, :] + steps[None, :, :]).reshape(-1, 2)
        places = places[(places >= 0).all(axis=1)]
    return Cells(size, np.unique(places, axis=0))


def _place(points: Floats, size: int) -> Ints:
    return np.floor(points / size).astype(np.int64).reshape(-1, 2)


def _number(places: Ints) -> Ints:
    return places[:, 0] * 10_000_000 + places[:, 1]


def _spot(east: float, north: float) -> Spot:
    latitude, longitude = to_wgs84(east, north)
    return Spot(round(latitude, 6), round(longitude, 6))


def as_points(found: Sequence[tuple[float, float]]) -> Floats:
    """Pairs as an array with two columns."""
    return np.array(found, np.float64).reshape(-1, 2)
