"""Places on the ground: OSGB36 national grid and WGS84."""

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from pyproj import Transformer

from standards.result import Checked
from standards.text import squeeze

_EAST, _NORTH = 700_000.0, 1_300_000.0
# All of the grid's rectangle, the sea with it.
_SOUTH_LAT, _NORTH_LAT, _WEST_LON, _EAST_LON = 49.0, 62.0, -10.0, 4.0
_SQUARE = 100_000
_LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
_REFERENCE = re.compile(r"([A-HJ-Z])([A-HJ-Z])((?:\d\d){1,5})")


class GridError(ValueError):
    """A point outside the national grid."""


# Source: Ordnance Survey, A guide to coordinate systems in Great Britain: EPSG:27700 with its published seven-parameter
# shift. By EPSG code alone the library would choose a shift by place and by the grids that happen to be installed, with
# jumps of 100 m at sea, so that one machine's answer would not be another's.
_OSGB36 = (
    "+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy "
    "+towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489 +units=m +no_defs +type=crs"
)
_WGS84 = "EPSG:4326"


@lru_cache(maxsize=2)
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def to_wgs84(easting: float, northing: float) -> tuple[float, float]:
    """Return (latitude, longitude) in degrees of a grid point given in metres (EPSG:27700 to EPSG:4326).

    Good to about five metres, the accuracy of the seven-parameter shift. Raises GridError outside the grid.
    """
    if not (0 <= easting <= _EAST and 0 <= northing <= _NORTH):
        raise GridError(
            f"easting {easting}, northing {northing} is not on the national grid; "
            f"give metres, easting 0 to {_EAST:.0f} and northing 0 to {_NORTH:.0f}"
        )
    lon, lat = _transformer(_OSGB36, _WGS84).transform(easting, northing)
    return float(lat), float(lon)


def to_osgb36(lat: float, lon: float) -> tuple[float, float]:
    """Return (easting, northing) in metres of a point given in degrees; raises GridError away from Great Britain."""
    if not (_SOUTH_LAT <= lat <= _NORTH_LAT and _WEST_LON <= lon <= _EAST_LON):
        raise GridError(
            f"latitude {lat}, longitude {lon} is not near Great Britain; give degrees, latitude first "
            f"({_SOUTH_LAT} to {_NORTH_LAT}), longitude second ({_WEST_LON} to {_EAST_LON})"
        )
    easting, northing = _transformer(_WGS84, _OSGB36).transform(lon, lat)
    return float(easting), float(northing)


def all_to_osgb36(points: Sequence[tuple[float, float]]) -> list[tuple[float, float] | None]:
    """Return (easting, northing) of many (latitude, longitude) at once, None for one away from Great Britain."""
    if not points:
        return []
    lats, lons = zip(*points, strict=True)
    eastings, northings = _transformer(_WGS84, _OSGB36).transform(lons, lats)
    return [
        (float(easting), float(northing))
        if _SOUTH_LAT <= lat <= _NORTH_LAT and _WEST_LON <= lon <= _EAST_LON and _on_grid(easting, northing)
        else None
        for lat, lon, easting, northing in zip(lats, lons, eastings, northings, strict=True)
    ]


def _on_grid(easting: float, northing: float) -> bool:
    return 0 <= easting < _EAST and 0 <= northing < _NORTH


def check_point(lat: float, lon: float) -> Checked:
    """Return the point as ``lat,lon`` with six decimals; DS_014 (latitude -90..90), DS_015 (longitude -180..180).

    The serial names the coordinate that fails, DS_014 when both hold. 0,0 stands for a missing point and fails.
    """
    if not (math.isfinite(lat) and -90 <= lat <= 90):
        return Checked(f"{lat},{lon}", False, "DS_014")
    if not (math.isfinite(lon) and -180 <= lon <= 180):
        return Checked(f"{lat},{lon}", False, "DS_015")
    if lat == 0 and lon == 0:
        return Checked(f"{lat},{lon}", False, "DS_014")
    return Checked(f"{lat:.6f},{lon:.6f}", True, "DS_014")


def grid_reference(easting: int, northing: int, digits: int) -> str:
    """Return the reference of the square with this south-west corner, so many digits each way: ``SJ 8375 9800`` for 4.

    `digits` 0 to 5: squares of 100 km to 1 m. Raises GridError outside the grid.
    Source: Ordnance Survey, guide to the National Grid, as `parse_grid_reference`.
    """
    if not _on_grid(easting, northing):
        raise GridError(f"easting {easting}, northing {northing} is not on the national grid")
    column, row = easting // _SQUARE, 19 - northing // _SQUARE
    letters = _LETTERS[row // 5 * 5 + 2 + column // 5] + _LETTERS[row % 5 * 5 + column % 5]
    unit = 10 ** (5 - digits)
    parts = (f"{place % _SQUARE // unit:0{digits}d}" for place in (easting, northing))
    return " ".join((letters, *parts)) if digits else letters


def parse_grid_reference(text: str) -> tuple[float, float] | None:
    """Return (easting, northing) of the south-west corner of a reference such as ``SJ 838 980``, None when it is none.

    Source: Ordnance Survey, guide to the National Grid: two letters of 25 (no I), from the false origin at SV.
    """
    match = _REFERENCE.fullmatch(squeeze(text))
    if match is None:
        return None
    first, second = _LETTERS.index(match[1]), _LETTERS.index(match[2])
    column = (first - 2) % 5 * 5 + second % 5
    row = 19 - first // 5 * 5 - second // 5
    half = len(match[3]) // 2
    unit = 10 ** (5 - half)
    easting = column * _SQUARE + int(match[3][:half]) * unit
    northing = row * _SQUARE + int(match[3][half:]) * unit
    if not (0 <= easting < _EAST and 0 <= northing < _NORTH):
        return None
    return float(easting), float(northing)
