"""The graph, or a network of it, as files for other programs, as one viewer may see it.

`content` reads it page by page and gives plain maps of things and links; each module named after a format writes those.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import BinaryIO

from graph.export import csv_files, ftm, graphml, ndjson
from graph.export.content import Content


class Format(StrEnum):
    """What to write."""

    CSV = "csv"
    NDJSON = "ndjson"
    GRAPHML = "graphml"
    FTM = "ftm"


WRITERS: dict[Format, Callable[[Content, BinaryIO], None]] = {
    Format.CSV: csv_files.write,
    Format.NDJSON: ndjson.write,
    Format.GRAPHML: graphml.write,
    Format.FTM: ftm.write,
}
