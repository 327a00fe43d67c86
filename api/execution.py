"""How an operation is executed: by closures where they cover it, else by the executor; whom it speaks of is noted."""

from __future__ import annotations

from typing import Any, cast

from graphql import GraphQLObjectType, Undefined
from graphql.execution import Executor
from graphql.pyutils import Path

from api.ahead import look_ahead
from api.compiled import Grouped, Selections, Told, Uncovered
from api.naming import SPEAKS


class NamingExecutor(Executor[None]):
    """Executes an operation, and notes in its context what is asked and whom each object of the answer speaks of."""

    _told: Told | None = None

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,  # noqa: ANN401 - as it is there
        path: Path | None,
        grouped_field_set: Any,  # noqa: ANN401
        position_context: None,
    ) -> Any:  # noqa: ANN401
        """The fields of one object."""
        context = cast("Any", self.context_value)
        if parent_type is self.schema.query_type:
            context.questions = _names(grouped_field_set)
            if context.selections is not None:
                context.ahead.update(look_ahead(self, grouped_field_set))
            return super().execute_fields(parent_type, source_value, path, grouped_field_set, position_context)
        if (speaks := SPEAKS.get(parent_type.name)) is not None:
            context.named.add_all(speaks(source_value, grouped_field_set))
        if context.selections is None:
            return super().execute_fields(parent_type, source_value, path, grouped_field_set, position_context)
        return self._written(parent_type, source_value, path, grouped_field_set, context.selections)

    def _written(
        self,
        parent: GraphQLObjectType,
        source: Any,  # noqa: ANN401
        path: Path | None,
        grouped: Grouped,
        selections: Selections,
    ) -> dict[str, Any]:
        told = self._told = self._told or Told(self)
        fields = selections.of(parent, grouped, told)
        results: dict[str, Any] = {}
        for name, details in grouped.items():
            write = fields[name]
            if write is not None:
                try:
                    results[name] = write(source, told)
                    continue
                except Uncovered:
                    fields[name] = None
                except Exception:  # noqa: BLE001, S110 - the executor comes to the same and says where it is
                    pass
            result = self.execute_field(parent, source, details, Path(path, name, parent.name), None)
            if result is not Undefined:
                results[name] = result
        return results

    def execute_fields_serially(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,  # noqa: ANN401
        path: Path | None,
        grouped_field_set: Any,  # noqa: ANN401
        position_context: None,
    ) -> Any:  # noqa: ANN401
        """The changes of a mutation, one after another."""
        cast("Any", self.context_value).questions = _names(grouped_field_set)
        return super().execute_fields_serially(parent_type, source_value, path, grouped_field_set, position_context)


def _names(selected: Grouped) -> tuple[str, ...]:
    return tuple(sorted({details[0].node.name.value for details in selected.values()}))
