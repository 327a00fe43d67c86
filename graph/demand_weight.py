"""What officers, unmet incidents and harm are taken to cost: judgements, in pounds and officers, stated in one place.

`POLEGRAPH_DEMAND_FILE` names a YAML file that states others.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from graph.errors import BadInput
from graph.stated import load_stated

DEFAULTS: Mapping[str, float] = {
    # One officer at one event: a shift on overtime.
    "officer": 320.0,
    # So many are bound by one incident at an event, and one that finds nobody free costs: what has to be sent for, and
    # the harm that comes of it.
    "officers_per_incident": 5.0,
    "unmet": 3_000.0,
    "harm": 5_000.0,
    "least_at_event": 6.0,
    # An ordinary shift: an officer's hour, how many an incident binds for an hour, and what one costs that has to wait.
    "officer_hour": 40.0,
    "officers_per_call": 2.0,
    "unmet_call": 100.0,
    "harm_call": 300.0,
    "least_on_shift": 2.0,
}
_ABOVE_NOTHING = ("officer", "officers_per_incident", "officer_hour", "officers_per_call")


def load_demand_weights(file: Path | None) -> Mapping[str, float]:
    """The weights that a file states, those of this version for the others; raises BadInput where it is wrong."""
    weights = load_stated(file, DEFAULTS)
    for name in _ABOVE_NOTHING:
        if weights[name] == 0:
            raise BadInput(f"{file}: {name}: it must be above 0, or officers would cost nothing or do nothing")
    return weights
