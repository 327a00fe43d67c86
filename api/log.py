"""Log lines: for people on a terminal, JSON otherwise. Never variables, never personal data."""

from __future__ import annotations

import logging
import sys
import traceback
from typing import Any, TextIO, cast

import orjson
import structlog
from stamina.instrumentation import StructlogOnRetryHook, set_on_retry_hooks

from graph.settings import LogFormat


def _json(event: Any, **_: object) -> str:  # noqa: ANN401 - whatever a line holds
    return orjson.dumps(event, default=repr, option=orjson.OPT_NON_STR_KEYS).decode()


class _StandardError:
    """Standard error, whichever it is when a line is written: a command that runs inside another has its own."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


def configure(log_format: LogFormat, least: int = logging.INFO) -> None:
    """Send log lines of this level and above to standard error in that form."""
    pretty = log_format is LogFormat.CONSOLE or (log_format is LogFormat.AUTO and sys.stderr.isatty())
    shape: list[structlog.types.Processor] = (
        [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
        if pretty
        else [structlog.processors.JSONRenderer(serializer=_json)]
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *shape,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.WriteLoggerFactory(file=cast("TextIO", _StandardError())),
        cache_logger_on_first_use=True,
    )
    set_on_retry_hooks([StructlogOnRetryHook])


def where_it_failed(error: BaseException) -> dict[str, str | None]:
    """What a line says of an error from inside: where it happened, not what it says, which may quote what was asked."""
    return {
        "error": type(error).__name__,
        "database_code": getattr(error.__cause__, "code", None),
        "stack": "".join(traceback.format_tb(error.__traceback__)),
    }
