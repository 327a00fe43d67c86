"""What is said of work while it lasts."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from cli import console, progress


def test_without_a_terminal_a_line_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = iter([0.0, 1.0, 12.0, 13.0, 30.0])
    monkeypatch.setattr("time.monotonic", lambda: next(now))
    with progress.stages() as note:
        note("reading", 0, None)
        note("reading", 10, None)
        note("reading", 1_200, None)
        note("reading", 1_300, None)
        note("reading", 30_000, 60_000)
    assert capsys.readouterr().err.splitlines() == [
        "reading",
        "reading: 1,200, 100/s",
        "reading: 30,000 of 60,000, 1,000/s",
    ]


def test_a_quiet_command_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.stages(quiet=True) as note:
        note("reading", 0, None)
    assert capsys.readouterr().err == ""


def test_on_a_terminal_bars_with_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = io.StringIO()
    terminal = Console(file=seen, force_terminal=True, width=120)
    monkeypatch.setattr(progress, "err", terminal)
    with progress.stages() as note:
        note("reading [1/2]", 0, 100)
        note("reading [1/2]", 40, 100)
        note("linking", 5, None)
    assert console.err is not terminal
    for shown in ("reading [1/2]", "40/100", "linking", "5/?"):
        assert shown in seen.getvalue()
