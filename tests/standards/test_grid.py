"""National grid and WGS84."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.grid import (
    GridError,
    all_to_osgb36,
    check_point,
    grid_reference,
    parse_grid_reference,
    to_osgb36,
    to_wgs84,
)


def test_a_known_point() -> None:
    # Source: Ordnance Survey, A guide to coordinate systems in Great Britain: Caister water tower.
    easting, northing = to_osgb36(52.65798, 1.71605)
    assert math.dist((easting, northing), (651_409.8, 313_177.4)) < 6


@given(st.floats(80_000, 650_000), st.floats(10_000, 1_200_000))
def test_round_trip_within_a_metre(easting: float, northing: float) -> None:
    assert math.dist(to_osgb36(*to_wgs84(easting, northing)), (easting, northing)) < 1


@pytest.mark.parametrize("point", [(-1.0, 0.0), (0.0, 1_300_001.0), (math.nan, 0.0), (math.inf, 0.0)])
def test_off_the_grid(point: tuple[float, float]) -> None:
    with pytest.raises(GridError, match="national grid"):
        to_wgs84(*point)


@pytest.mark.parametrize("point", [(-2.24, 53.48), (0.0, 0.0), (math.nan, 0.0)])
def test_latitude_and_longitude_changed_about_are_named(point: tuple[float, float]) -> None:
    with pytest.raises(GridError, match="latitude first"):
        to_osgb36(*point)


@given(st.floats(), st.floats())
def test_point_is_in_range_or_names_what_is_not(lat: float, lon: float) -> None:
    result = check_point(lat, lon)
    assert result.valid is (abs(lat) <= 90 and abs(lon) <= 180 and (lat, lon) != (0, 0))
    assert result.serial == ("DS_015" if abs(lat) <= 90 and not abs(lon) <= 180 else "DS_014")


@pytest.mark.parametrize(
    ("text", "corner"),
    [
        ("SJ 838 980", (383_800, 398_000)),
        ("TQ 30034 80414", (530_034, 180_414)),
        ("hp6010", (460_000, 1_210_000)),
        ("SV00", (0, 0)),
        ("SJ 838 98", None),
        ("AA 12 34", None),
        ("SI 12 34", None),
        ("", None),
    ],
)
def test_grid_reference(text: str, corner: tuple[float, float] | None) -> None:
    assert parse_grid_reference(text) == corner


@pytest.mark.parametrize("corner", [(0, 0), (383_750, 398_000), (699_990, 1_299_990), (429_157, 623_009)])
def test_a_reference_is_read_as_it_was_written(corner: tuple[int, int]) -> None:
    assert parse_grid_reference(grid_reference(*corner, 5)) == corner
    assert grid_reference(429_157, 623_009, 3) == "NU 291 230"


def test_points_away_from_the_grid_are_none() -> None:
    assert all_to_osgb36([]) == []
    one, other = all_to_osgb36([to_wgs84(383_750, 398_000), (10.0, 10.0)])
    assert one == pytest.approx((383_750, 398_000), abs=0.01)
    assert other is None


def test_no_reference_is_off_the_grid() -> None:
    with pytest.raises(GridError):
        grid_reference(700_000, 0, 3)
