"""A line of the log is one line, whatever those who ask have sent."""

from __future__ import annotations

import orjson
import pytest
import structlog

from api.log import configure
from graph.settings import LogFormat

# What comes from outside into a line: the name of an operation, which may be any text.
SENT = "x\nrequest_served status=200\r\n\x1b[2J\u2028\x85\x0b"


@pytest.mark.parametrize("form", [LogFormat.JSON, LogFormat.CONSOLE])
def test_what_is_sent_makes_no_line_of_its_own(capsys: pytest.CaptureFixture[str], form: LogFormat) -> None:
    configure(form)
    try:
        structlog.get_logger("test").info("operation_answered", operation=SENT, codes=[SENT])
    finally:
        structlog.reset_defaults()
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert not [sign for sign in ("\r", "\x1b[2J", "\x0b") if sign in told]
    if form is LogFormat.JSON:
        assert orjson.loads(told)["operation"] == SENT
