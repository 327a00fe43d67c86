"""The version that runs."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed

SOURCE = "0+source"


@lru_cache
def version() -> str:
    """The installed version, or `0+source` where the project runs without having been installed."""
    try:
        return installed("polegraph")
    except PackageNotFoundError:
        return SOURCE
