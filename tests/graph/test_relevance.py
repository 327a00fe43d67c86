"""The parts of a score of relevance, and the weights that a file may give."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import BadInput
from graph.relevance import DEFAULTS, Bearing, load_weights, main_role, parts, score

DAY = 86_400
CLOSE = Bearing(
    seconds=-2 * DAY,
    metres=120.0,
    severity=0.8,
    hops=2,
    strength=0.5,
    weakest=221,
    roles=("SUSPECT", "VICTIM"),
    sources=2,
    through=("Maria Testova",),
)


def values(bearing: Bearing) -> dict[str, float]:
    return {part.name: part.value for part in parts(bearing, DEFAULTS, 90, 500)}


def sentences(bearing: Bearing) -> dict[str, str]:
    return {part.name: part.sentence for part in parts(bearing, DEFAULTS, 90, 500)}


def test_every_part_is_named_weighted_and_told() -> None:
    found = parts(CLOSE, DEFAULTS, 90, 500)
    assert {part.name: part.weight for part in found} == DEFAULTS
    assert [part.weight for part in found] == sorted(DEFAULTS.values(), reverse=True)
    assert all(0 <= part.value <= 1 for part in found)
    assert sentences(CLOSE) == {
        "link_strength": "Joined in 2 hops through Maria Testova.",
        "recency": "2 days before.",
        "distance": "120 m away.",
        "role": "suspect here, victim there.",
        "grade": "The weakest link between them is graded 2B.",
        "severity": "Its severity is 0.80 of 1.",
        "corroboration": "2 sources join them.",
    }


@pytest.mark.parametrize(
    "better",
    [
        {"seconds": 0}, {"metres": 0.0}, {"severity": 1.0}, {"strength": 0.9}, {"weakest": 111},
        {"roles": ("SUSPECT", "OFFENDER")}, {"sources": 3},
    ],
)  # fmt: skip
def test_more_of_anything_counts_more(better: dict[str, object]) -> None:
    assert score(parts(replace(CLOSE, **better), DEFAULTS, 90, 500)) > score(parts(CLOSE, DEFAULTS, 90, 500))  # type: ignore[arg-type]


def test_what_is_not_known_counts_nothing_and_is_said() -> None:
    unknown = Bearing(None, None, None, None, 0.0, None, None, 0, ())
    assert set(values(unknown).values()) == {0.0}
    assert score(parts(unknown, DEFAULTS, 90, 500)) == 0.0
    assert "place and time" in sentences(unknown)["link_strength"]
    assert values(replace(CLOSE, weakest=None))["grade"] == 0.5


def test_half_a_sixth_of_the_window_later() -> None:
    assert values(replace(CLOSE, seconds=15 * DAY))["recency"] == pytest.approx(0.5)
    assert values(replace(CLOSE, seconds=-15 * DAY))["recency"] == pytest.approx(0.5)


def test_of_several_roles_the_gravest_is_told() -> None:
    assert main_role(["WITNESS", "SUSPECT", None]) == "SUSPECT"
    assert main_role([None]) is None


def test_weights_of_a_file_stand_beside_those_that_it_leaves_out(tmp_path: Path) -> None:
    file = tmp_path / "relevance.yaml"
    file.write_text("recency: 0.5\ngrade: 0\n")
    assert load_weights(file) == {**DEFAULTS, "recency": 0.5, "grade": 0.0}
    assert load_weights(None) == DEFAULTS


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("recentness: 1", "'recentness' is none of link_strength, recency"),
        ("recency: much", "recency: 'much' is no number"),
        ("recency: -1", "recency: -1 is no number of 0 or more"),
        ("recency: .inf", "recency: inf is no number"),
        ("- recency", "a mapping of names to weights"),
        ("a: [", "cannot be read as YAML"),
        ("\n".join(f"{name}: 0" for name in DEFAULTS), "one weight at least"),
    ],
)
def test_a_wrong_file_of_weights_is_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "relevance.yaml"
    file.write_text(text)
    with pytest.raises(BadInput, match=said):
        load_weights(file)
