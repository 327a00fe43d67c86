"""Documents: a text parsed, measured and validated once, and kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    parse,
    specified_rules,
    validate,
)
from graphql.language import FieldNode

from api.asked import written_ids
from api.compiled import Selections
from api.limit import Limits
from api.measure import measure
from graph.errors import BadInput, TooCostly

# One list for the life of the process: a list made for each request would never be the same, and nothing would be kept.
RULES = tuple(specified_rules)
_MOST_ERRORS = 20


@dataclass(frozen=True, slots=True)
class Prepared:
    """A parsed document, the ids and the selections in it, and its digest; or the errors that refuse it."""

    document: DocumentNode | None
    digest: str
    errors: tuple[GraphQLError, ...] = ()
    ids: tuple[str, ...] = ()
    selections: Selections | None = None


class Documents:
    """The documents of a schema, the latest kept by their text."""

    def __init__(self, schema: GraphQLSchema, limits: Limits, *, suggest: bool = False) -> None:
        self._schema = schema
        self._limits = limits
        self._suggest = suggest
        self.prepared = lru_cache(maxsize=limits.documents)(self._prepare)

    def _prepare(self, text: str) -> Prepared:
        digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        try:
            document = parse(text, max_tokens=self._limits.tokens)
        except GraphQLSyntaxError as error:
            return Prepared(None, digest, (self._of_syntax(error),))
        except RecursionError:
            return Prepared(None, digest, (_refused(TooCostly("the document is nested too deeply to read")),))
        try:
            measure(document, self._limits)
        except BadInput as error:
            return Prepared(None, digest, (_refused(error),))
        errors = validate(self._schema, document, RULES, max_errors=_MOST_ERRORS, hide_suggestions=not self._suggest)
        if errors:
            return Prepared(None, digest, tuple(errors), written_ids(document))
        return Prepared(document, digest, ids=written_ids(document), selections=Selections(document))

    def _of_syntax(self, error: GraphQLSyntaxError) -> GraphQLError:
        if "tokens" not in error.message:
            return error
        return _refused(
            TooCostly(f"the document has more than {self._limits.tokens} tokens; ask in several operations")
        )


def _refused(error: BadInput) -> GraphQLError:
    return GraphQLError(error.message, original_error=error)


def operation_of(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    """The operation of that name, or the only one; raises BadInput where there is none or it is not said which."""
    operations = {
        definition.name.value if definition.name else None: definition
        for definition in document.definitions
        if isinstance(definition, OperationDefinitionNode)
    }
    if name is not None and name in operations:
        return operations[name]
    if name is not None:
        raise BadInput(f"operationName: the document has no operation {name!r}")
    if len(operations) != 1:
        raise BadInput("operationName: the document has several operations; say which")
    return next(iter(operations.values()))


def question_of(operation: OperationDefinitionNode) -> str:
    """The root field of an operation, or `several`: a closed set, so that it can be a label of metrics."""
    names = {node.name.value if isinstance(node, FieldNode) else "" for node in operation.selection_set.selections}
    return names.pop() if len(names) == 1 and "" not in names else "several"
