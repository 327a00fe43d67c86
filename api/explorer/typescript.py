"""TypeScript types of the explorer's documents: what each is asked with, and what it answers.

Written from the schema, so that the pages are checked against what is served; nothing of them is left in what is built.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    is_list_type,
    is_non_null_type,
    parse,
    type_from_ast,
)

_HEAD = "// Written by `make docs` from the schema and api/explorer/documents: change those.\n"
_LEAVES = {
    "String": "string",
    "ID": "string",
    "Int": "number",
    "Float": "number",
    "Boolean": "boolean",
    "Date": "string",
    "DateTime": "string",
}
# A type of the schema; graphql-core's own names for them are unions of unions.
_Type = Any


@dataclass(slots=True)
class _Field:
    """A field of an answer: its type, what is selected of it, and whether every object of its list has it."""

    type: _Type
    selections: list[SelectionSetNode] = field(default_factory=list)
    always: bool = False


def typescript(schema: GraphQLSchema, folder: Path) -> str:
    """The types of all documents of a folder, as a module without code."""
    writer = _Writer(schema)
    files = sorted(folder.glob("*.graphql"))
    documents = [writer.document(file.stem, parse(file.read_text("utf-8"))) for file in files]
    return f"{_HEAD}\nexport interface Documents {{\n{''.join(documents)}}}\n\n{writer.named()}"


class _Writer:
    """Writes the types of documents, and remembers which enumerations and inputs they need."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._fragments: dict[str, FragmentDefinitionNode] = {}
        self._named: dict[str, GraphQLEnumType | GraphQLInputObjectType] = {}

    def document(self, name: str, document: DocumentNode) -> str:
        """The entry of a document in the table of all."""
        parts = document.definitions
        self._fragments = {part.name.value: part for part in parts if isinstance(part, FragmentDefinitionNode)}
        (operation,) = (part for part in parts if isinstance(part, OperationDefinitionNode))
        root = self._schema.get_root_type(operation.operation)
        answer = self._object(root, [operation.selection_set], 2)
        return f'  "explorer/{name}": {{\n    variables: {self._variables(operation)};\n    data: {answer};\n  }};\n'

    def _variables(self, operation: OperationDefinitionNode) -> str:
        given = []
        for each in operation.variable_definitions or ():
            needed = isinstance(each.type, NonNullTypeNode) and each.default_value is None
            kind = type_from_ast(self._schema, cast("Any", each.type))
            given.append(f"{each.variable.name.value}{'' if needed else '?'}: {self._type(kind, self._leaf)}")
        return "{ " + "; ".join(given) + " }" if given else "Record<string, never>"

    def _object(self, parent: _Type, selections: list[SelectionSetNode], depth: int) -> str:
        fields: dict[str, _Field] = {}
        for selection in selections:
            self._gather(parent, selection, fields, always=True)
        lines = []
        for name, each in fields.items():
            inner = each.selections

            def written(named: _Type, inner: list[SelectionSetNode] = inner) -> str:
                return self._object(named, inner, depth + 1) if inner else self._leaf(named)

            lines.append(f"{'  ' * (depth + 1)}{name}{'' if each.always else '?'}: {self._type(each.type, written)};\n")
        return "{\n" + "".join(lines) + "  " * depth + "}"

    def _gather(self, parent: _Type, selection: SelectionSetNode, fields: dict[str, _Field], *, always: bool) -> None:
        for node in selection.selections:
            if isinstance(node, FieldNode):
                name = node.alias.value if node.alias else node.name.value
                given = cast("GraphQLObjectType", parent).fields[node.name.value].type
                known = fields.setdefault(name, _Field(given))
                known.always = known.always or always
                if node.selection_set:
                    known.selections.append(node.selection_set)
                continue
            part = self._fragments[node.name.value] if isinstance(node, FragmentSpreadNode) else node
            of = parent
            if isinstance(part, FragmentDefinitionNode | InlineFragmentNode) and part.type_condition is not None:
                of = self._schema.type_map[part.type_condition.name.value]
            # What only some kinds of things have may be absent.
            inner = cast("FragmentDefinitionNode | InlineFragmentNode", part).selection_set
            self._gather(of, inner, fields, always=always and of is parent)

    def _type(self, given: _Type, written: Callable[[_Type], str]) -> str:
        if is_non_null_type(given):
            return self._bare(given.of_type, written)
        return f"{self._bare(given, written)} | null"

    def _bare(self, given: _Type, written: Callable[[_Type], str]) -> str:
        if not is_list_type(given):
            return written(get_named_type(given))
        inner = self._type(given.of_type, written)
        return f"({inner})[]" if inner.endswith(" | null") else f"{inner}[]"

    def _leaf(self, named: _Type) -> str:
        if isinstance(named, GraphQLEnumType | GraphQLInputObjectType):
            self._named[named.name] = named
            return named.name
        return _LEAVES[named.name]

    def named(self) -> str:
        """The enumerations and inputs that the documents need."""
        texts: dict[str, str] = {}
        while rest := sorted(self._named.keys() - texts.keys()):
            for name in rest:
                texts[name] = self._declared(self._named[name])
        return "\n".join(texts[name] for name in sorted(texts))

    def _declared(self, named: GraphQLEnumType | GraphQLInputObjectType) -> str:
        if isinstance(named, GraphQLEnumType):
            values = "\n".join(f'  | "{value}"' for value in named.values)
            return f"export type {named.name} =\n{values};\n"
        fields = "".join(f"  {name}?: {self._type(each.type, self._leaf)};\n" for name, each in named.fields.items())
        return f"export interface {named.name} {{\n{fields}}}\n"


if __name__ == "__main__":
    from api.persisted import EXPLORER
    from api.schema import SCHEMA

    sys.stdout.write(typescript(SCHEMA._schema, EXPLORER))
