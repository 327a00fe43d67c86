"""Acts out of entries: each is one, by its end, or by its beginning where it has none."""

from __future__ import annotations

from typing import Any

from security.audit.act import once, step_of


def entry(act: str, outcome: str, operation: str = "export", request: str = "a", **more: Any) -> dict[str, Any]:
    return {
        "act": act,
        "user": "pc-1",
        "operation": operation,
        "request": request,
        "component": "api",
        "outcome": [outcome],
        **more,
    }


def acts(*entries: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [(each["act"], each["outcome"]) for each in once((step_of(each), each) for each in entries)]


def test_a_change_that_is_refused_is_one_act_also_where_it_would_have_disclosed() -> None:
    begun = entry("DISCLOSURE", "BEGUN", "deliver", document="5e1f")
    assert acts(begun, entry("REFUSAL", "NOT_FOUND", "refused", document="5e1f")) == [("REFUSAL", ["NOT_FOUND"])]


def test_an_end_is_that_of_one_beginning_and_no_refusal_ends_what_may_have_left() -> None:
    begun, ended = entry("DISCLOSURE", "BEGUN"), entry("DISCLOSURE", "OK")
    assert acts(begun, ended) == [("DISCLOSURE", ["OK"])]
    assert acts(begun, begun, ended) == [("DISCLOSURE", ["OK"]), ("DISCLOSURE", ["BEGUN"])]
    refused = entry("REFUSAL", "BAD_INPUT")
    assert acts(begun, refused) == [("REFUSAL", ["BAD_INPUT"]), ("DISCLOSURE", ["BEGUN"])]
