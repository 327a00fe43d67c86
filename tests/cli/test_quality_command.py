"""`polegraph quality`: what fails, as a table and as JSON, and only what may be seen."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.conftest import Command

pytestmark = pytest.mark.database


def _checks(ask: Command, *options: str) -> dict[tuple[str, str | None], dict[str, Any]]:
    ran = ask("quality", "crimes", "--json", *options)
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    assert told["newest_as_of"] == "2026-01-01T00:00:00Z"
    return {(check["rule"], check["missing"]): check for check in told["checks"]}


def test_what_fails_is_counted_and_named(ask: Command) -> None:
    found = _checks(ask)
    suspects = found["P_002", None]
    assert (suspects["dimension"], suspects["of"], suspects["failing"], suspects["share"]) == ("COMPLETENESS", 2, 2, 1)
    assert found["P_002", "gender"]["failing_ids"] == suspects["failing_ids"]
    assert found["SAME_ENTITY", None]["failing"] == 0
    cut = _checks(ask, "--failing", "1")["P_002", None]
    assert (cut["failing_ids"], cut["truncated"]) == (suspects["failing_ids"][:1], True)


def test_a_person_at_a_terminal_reads_a_table(ask: Command) -> None:
    ran = ask("quality", "crimes", "--failing", "1")

    assert ran.code == 0
    lines = [line for line in ran.out.splitlines() if "P_002 without gender" in line]
    assert len(lines) == 1
    assert "100.0%" in lines[0]
    assert "and 1 more" in lines[0]


def test_wrong_questions_are_told(ask: Command) -> None:
    absent = ask("quality", "crimez")
    assert (absent.code, "there are crimes" in absent.err) == (1, True)
    many = ask("quality", "crimes", "--failing", "5000")
    assert (many.code, "failing: 5000" in many.err) == (2, True)
