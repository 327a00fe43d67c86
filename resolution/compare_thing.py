"""Pairs of records of a vehicle, address or organisation compared field by field, as the kind's model says."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import numpy as np

from resolution.column import as_values
from resolution.compare import Comparable, Compared, best_of, levels_of
from resolution.level_thing import comparison
from resolution.model import Field, Ints, Model
from resolution.thing import THINGS


class ThingComparison:
    """Compares the columns of one table under one model; what depends on a value alone is worked out once."""

    def __init__(self, table: Comparable, model: Model) -> None:
        self._table, self._model = table, model
        self._values = {name: as_values(column.values) for name, column in table.columns.items()}
        self._compare = {name: comparison(model.fields[name].compare, self._values[name]) for name in model.fields}
        weak, common = THINGS[model.kind].weak, model.common
        self._weak = {
            name: np.array(
                [value in common.get(name, ()) or (name in weak and weak[name](value)) for value in column.values], bool
            )
            for name, column in table.columns.items()
        }

    def under(self, model: Model) -> ThingComparison:
        """As `Comparison.under`."""
        other = copy.copy(self)
        other._model = model
        return other

    def compare(self, left: Ints, right: Ints) -> Iterator[Compared]:
        """Yield every field of the model; of several values the two that agree best."""
        for field in self._model.fields.values():
            yield self._field(field, left, right)

    def _field(self, field: Field, left: Ints, right: Ints) -> Compared:
        pair, a, b = self._table.columns[field.name].expand(left, right)
        found = levels_of(self._values[field.name], a, b, self._compare[field.name], field)
        if field.weak is not None:
            top = np.nonzero(found == len(field.levels) - 1)[0]
            found[top[self._weak[field.name][a[top]]]] = field.weak
        best = best_of(pair, found)
        found = found[best]
        return Compared(field, pair[best], found, field.weights.T.take(found, axis=0), a[best], b[best])
