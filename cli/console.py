"""What a command says: data to standard output, everything else to standard error, errors as exit codes."""

from __future__ import annotations

import sys
from typing import Any

import orjson
from rich.console import Console

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def say(message: str) -> None:
    """A line for the person at the terminal."""
    err.print(message, markup=False)


def show_json(value: Any) -> None:  # noqa: ANN401 - anything that JSON holds
    """Data as JSON on standard output."""
    sys.stdout.buffer.write(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    sys.stdout.flush()
