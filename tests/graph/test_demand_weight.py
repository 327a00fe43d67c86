"""What officers and unmet incidents cost, and the file that may say it otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.demand_weight import DEFAULTS, load_demand_weights
from graph.errors import BadInput


def test_a_file_states_some_and_leaves_the_others(tmp_path: Path) -> None:
    file = tmp_path / "demand.yaml"
    file.write_text("officer: 410\nharm: 0\n")
    assert load_demand_weights(file) == {**DEFAULTS, "officer": 410.0, "harm": 0.0}
    assert load_demand_weights(None) == DEFAULTS


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("offcer: 1", "'offcer' is none of officer,"),
        ("officer: 0", "officer: it must be above 0"),
        ("- 1", "`officer: 320`"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "demand.yaml"
    file.write_text(text)
    with pytest.raises(BadInput, match=said):
        load_demand_weights(file)
