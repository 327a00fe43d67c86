"""A resolved thing as it is stored, made of the records that it holds; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from graph.label import label
from graph.marking_numbers import text_index
from graph.search_text import search_text
from resolution.fetch import Held
from resolution.golden import GoldenInput, golden_values


def entity_map(kind: str, entity: str, group: Sequence[Held], priority: Mapping[int, int]) -> dict[str, Any]:
    """All properties of the entity of these records, which share a marking; `priority`: of sources by number."""
    inputs = [GoldenInput(r.id, priority.get(r.source, 0), r.as_of, r.properties) for r in group]
    values = golden_values(kind, inputs)
    mk = group[0].mk
    return {
        **values,
        "id": entity,
        "kind": kind,
        "mk": mk,
        "label": label(kind, values),
        text_index(mk): search_text(kind, _all_values(group)),
    }


def _all_values(group: Sequence[Held]) -> Mapping[str, Any]:
    """Every value of every member: a search finds a person by any name a source gives."""
    if len(group) == 1:
        return group[0].properties
    found: defaultdict[str, dict[Any, None]] = defaultdict(dict)
    for record in group:
        for name, value in record.properties.items():
            found[name].update(dict.fromkeys(value if isinstance(value, list) else [value]))
    return {name: list(values) for name, values in found.items()}
