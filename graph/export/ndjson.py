"""Newline-delimited JSON: one thing or link a line, things first."""

from __future__ import annotations

from typing import BinaryIO

import orjson

from graph.export.content import Content


def write(content: Content, out: BinaryIO) -> None:
    """Write `{"thing": {...}}` and `{"link": {...}}` lines."""
    for thing in content.things():
        out.write(orjson.dumps({"thing": thing}, option=orjson.OPT_APPEND_NEWLINE))
    for link in content.links():
        out.write(orjson.dumps({"link": link}, option=orjson.OPT_APPEND_NEWLINE))
