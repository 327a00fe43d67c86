"""The queue holds what is not decided, what is worth most first; each page goes on where the one before ended."""

from __future__ import annotations

import pytest

from tests.decide.parish import Parish, say, unsay

pytestmark = pytest.mark.database

QUEUE = """query($first: Int, $after: String) { reviewQueue(first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor }
  edges { cursor node { priority pair { weight verdict a { id } b { id } } } } } }"""
ONLY_OPEN = {"X-Viewer-Markings": "OFFICIAL"}
ACORN = "OFFICIAL-SENSITIVE; operation=ACORN"
# One name in common, and nothing else known: perhaps one person.
PAIRS = [
    {"id": f"{side}{n}", "name": name}
    for n, name in enumerate(("Ida Thorn", "Ella Marsh", "Vera Quill", "Nora Flint"))
    for side in ("p", "q")
]


def _pages(parish: Parish, first: int, headers: dict[str, str] | None = None) -> list[tuple[str, str, float]]:
    found, after = [], None
    while True:
        page = parish.ask(QUEUE, headers, first=first, after=after)["reviewQueue"]
        for edge in page["edges"]:
            pair = edge["node"]["pair"]
            found.append((pair["a"]["id"], pair["b"]["id"], edge["node"]["priority"]))
        if not page["pageInfo"]["hasNextPage"]:
            assert page["totalCount"] == len(found)
            return found
        after = page["pageInfo"]["endCursor"]


def test_the_queue_is_ordered_paged_and_shrinks_by_decisions(parish: Parish) -> None:
    parish.deliver([*PAIRS, {**PAIRS[1], "vrm": "AB12CDE", "warning": "VIOLENT"}])
    queue = _pages(parish, 500)
    assert queue, "some pairs may be one"
    assert queue == sorted(queue, key=lambda item: (-item[2], item[0], item[1]))
    assert _pages(parish, 1) == queue

    (a, b, _), *rest = queue
    said = say(parish, a, b, "POSSIBLY_SAME")["decision"]["id"]
    assert _pages(parish, 2) == rest
    unsay(parish, said)
    assert _pages(parish, 3) == queue
    say(parish, a, b, "DIFFERENT")
    assert [item[:2] for item in _pages(parish, 3)] == [item[:2] for item in rest]


def test_a_pair_with_a_warning_on_one_side_comes_first(parish: Parish) -> None:
    parish.deliver(PAIRS)
    queue = _pages(parish, 500)
    last = queue[-1]
    keys = {parish.record(row["id"]): row for row in PAIRS}
    parish.deliver([{**keys[last[0]], "warning": "VIOLENT"}])

    (a, b, priority), *_ = _pages(parish, 500)

    assert (a, b) == last[:2]
    assert priority == pytest.approx(2 * last[2], rel=1e-4)


def test_what_is_hidden_is_neither_listed_nor_counted(parish: Parish) -> None:
    parish.deliver(PAIRS)
    queue = _pages(parish, 500)
    hidden = [{**row, "id": f"h{row['id']}", "marking": ACORN} for row in PAIRS]
    parish.deliver(hidden)
    assert _pages(parish, 500, ONLY_OPEN) == queue
    a, b, _ = queue[0]
    say(parish, a, b, "POSSIBLY_SAME", marking=ACORN)
    assert _pages(parish, 500, ONLY_OPEN) == queue
    assert (a, b) not in [item[:2] for item in _pages(parish, 500)]
    page = parish.ask(QUEUE, ONLY_OPEN, first=1, after=None)["reviewQueue"]
    code, _ = parish.ask.code(QUEUE, first=1, after=page["pageInfo"]["endCursor"])
    assert code == "BAD_INPUT", "a cursor is its viewer's"
