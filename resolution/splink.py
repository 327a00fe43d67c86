"""A model as Splink's settings, and Splink's settings as a model: two classes, m and u by level.

Splink weighs levels; how two values come to a level is this engine's own (nicknames, spellings, lists of values), so
the conditions of the exported settings name the level that was reached, in columns `<field>_l` of compared pairs.
Probabilities are those of the rounded weights, so that both come to the same score.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping
from typing import Any

from resolution.estimate import SILENT, Document, row_of
from resolution.model import UNIT, parse_model, units

_LINK_TYPE, _DIALECT = "dedupe_only", "duckdb"


def two_classes(document: Document) -> Document:
    """Return the model with one class of pairs that are one, and strangers; without rules and rarity."""
    found = copy.deepcopy(document)
    stranger = next(iter(document["others"]))
    masses = {one: 2.0**log for one, log in document["matches"].items()}
    whole = sum(masses.values())
    for name, spec in found["fields"].items():
        rows = document["fields"][name]["probabilities"]
        match = [
            sum(mass / whole * rows[row_of(document, name, one)][place] for one, mass in masses.items())
            for place in range(len(spec["levels"]))
        ]
        spec["probabilities"] = {"match": match, "other": rows[row_of(document, name, stranger)]}
        spec.pop("rarity", None)
    found["matches"], found["others"] = {"same": math.log2(whole)}, {"stranger": 0.0}
    return {**found, "shared": {}, "rules": []}


def to_splink(document: Document) -> dict[str, Any]:
    """Return the settings of the model's two classes; a level that says nothing has no part in them."""
    pair = two_classes(document)
    model = parse_model(pair)
    comparisons = []
    for name, field in model.fields.items():
        levels: list[dict[str, Any]] = [
            {"sql_condition": f'"{name}_l" IS NULL', "label_for_charts": "not known", "is_null_level": True}
        ]
        for place, level in reversed(list(enumerate(field.levels))):
            if level != SILENT:
                m, u = (2.0 ** (int(field.weights[one][place]) / UNIT) for one in (0, 1))
                condition = f"\"{name}_l\" = '{level}'"
                levels.append(
                    {"sql_condition": condition, "label_for_charts": level, "m_probability": m, "u_probability": u}
                )
        comparisons.append({"output_column_name": name, "comparison_levels": levels})
    odds = 2.0 ** (int(model.priors[0]) / UNIT)
    return {
        "link_type": _LINK_TYPE,
        "sql_dialect": _DIALECT,
        "unique_id_column_name": "id",
        "probability_two_random_records_match": odds / (1 + odds),
        "blocking_rules_to_generate_predictions": ["l.pair = r.pair"],
        "comparisons": comparisons,
    }


def from_splink(settings: Mapping[str, Any], document: Document) -> Document:
    """Return the two classes of a model with the m and u of Splink's settings, found by field and by label of level.

    Fields that the settings do not name keep what they are. Raises ValueError for a level that the model has not, or
    that has no m or u.
    """
    found = two_classes(document)
    chance = float(settings["probability_two_random_records_match"])
    if not 0 < chance < 1:
        raise ValueError(f"splink: probability_two_random_records_match is {chance}; it lies between 0 and 1")
    found["matches"]["same"] = units(chance / (1 - chance)) / UNIT
    for comparison in settings["comparisons"]:
        name = comparison["output_column_name"]
        if name not in found["fields"]:
            raise ValueError(f"splink: the model has no field {name!r}; it has {', '.join(found['fields'])}")
        _take(name, found["fields"][name], comparison["comparison_levels"])
    return found


def _take(name: str, spec: dict[str, Any], levels: list[Mapping[str, Any]]) -> None:
    for level in levels:
        if level.get("is_null_level"):
            continue
        label = level.get("label_for_charts")
        if label not in spec["levels"]:
            raise ValueError(f"splink: field {name!r} has no level {label!r}; it has {', '.join(spec['levels'])}")
        for row, part in (("match", "m_probability"), ("other", "u_probability")):
            if not isinstance(level.get(part), int | float):
                raise ValueError(
                    f"splink: field {name!r}, level {label!r}: {part} is missing; train it in Splink first"
                )
            spec["probabilities"][row][spec["levels"].index(label)] = float(level[part])
