"""What a command says: data to standard output, everything else to standard error, errors as exit codes."""

from __future__ import annotations

import sys
from typing import Any

import orjson
from rich.console import Console

# Elsewhere than on a terminal a table is as wide as it needs to be, so that a line stays a line.
_WIDE = 200
out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else _WIDE)
err = Console(stderr=True, highlight=False, soft_wrap=True, width=None if sys.stderr.isatty() else _WIDE)


def say(message: str) -> None:
    """A line for the person at the terminal."""
    err.print(message, markup=False)


def show_json(value: Any) -> None:  # noqa: ANN401 - anything that JSON holds
    """Data as JSON on standard output."""
    sys.stdout.buffer.write(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    sys.stdout.flush()
