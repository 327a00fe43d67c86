"""Numbers that an installation may state otherwise: a YAML file of names and weights, over those of this version."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import yaml

from graph.errors import BadInput


def load_stated(file: Path | None, defaults: Mapping[str, float]) -> Mapping[str, float]:
    """The numbers that a file states, the defaults for what it leaves out; raises BadInput where it is wrong."""
    if file is None:
        return defaults
    try:
        said = yaml.safe_load(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadInput(f"{file}: it cannot be read as YAML ({type(error).__name__})") from None
    if not isinstance(said, dict):
        example = next(iter(defaults))
        raise BadInput(f"{file}: a mapping of names to weights is needed, such as `{example}: {defaults[example]:g}`")
    for name, weight in said.items():
        if name not in defaults:
            raise BadInput(f"{file}: {name!r} is none of {', '.join(defaults)}")
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight < math.inf:
            raise BadInput(f"{file}: {name}: {weight!r} is no number of 0 or more")
    return {**defaults, **{name: float(weight) for name, weight in said.items()}}
