"""The size of a document before anything else is done with it: depth, aliases, directives, root fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graphql.language import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    Node,
    OperationDefinitionNode,
    SelectionSetNode,
)

from api.limit import Limits
from graph.errors import TooCostly

# Introspection is deep by nature and bounded by the schema, so it has a depth of its own.
_INTROSPECTION_DEPTH = 20


def measure(document: DocumentNode, limits: Limits) -> None:
    """Nothing; raises TooCostly naming what the document has too much of and the limit.

    Fragments count where they are used: depth is that of the document with all fragments written out, and so are
    aliases, directives and root fields. Each fragment is measured once, so the work is linear in the document.
    """
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    ruler = _Ruler(fragments, limits)
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            ruler.check(definition)


@dataclass(frozen=True, slots=True)
class _Measured:
    depth: int
    introspection: int
    aliases: int
    directives: int
    fields: int


_NOTHING = _Measured(0, 0, 0, 0, 0)


class _Ruler:
    def __init__(self, fragments: dict[str, FragmentDefinitionNode], limits: Limits) -> None:
        self._fragments = fragments
        self._limits = limits
        self._known: dict[str, _Measured] = {}

    def check(self, operation: OperationDefinitionNode) -> None:
        size = self._of(operation.selection_set)
        limits = self._limits
        self._at_one_place(operation)
        _refuse("levels", size.depth, limits.depth)
        _refuse("levels of introspection", size.introspection, _INTROSPECTION_DEPTH)
        _refuse("aliases", size.aliases, limits.aliases)
        _refuse("directives", size.directives + len(operation.directives or ()), limits.directives)
        _refuse("root fields", size.fields, limits.root_fields)
        _refuse("variables", len(operation.variable_definitions or ()), limits.variables)

    def _of(self, selections: SelectionSetNode | None) -> _Measured:
        """The size of a selection set; `fields` counts those of this level, fragments written out."""
        parts = list(self._parts(selections))
        return _Measured(
            depth=max((part.depth for part in parts), default=0),
            introspection=max((part.introspection for part in parts), default=0),
            aliases=sum(part.aliases for part in parts),
            directives=sum(part.directives for part in parts),
            fields=sum(part.fields for part in parts),
        )

    def _parts(self, selections: SelectionSetNode | None) -> Iterator[_Measured]:
        for node in selections.selections if selections else ():
            self._at_one_place(node)
            if isinstance(node, FieldNode):
                yield self._field(node)
            elif isinstance(node, InlineFragmentNode):
                yield _with_directives(self._of(node.selection_set), node)
            elif isinstance(node, FragmentSpreadNode):
                yield _with_directives(self._fragment(node.name.value), node)

    def _field(self, node: FieldNode) -> _Measured:
        inner = self._of(node.selection_set)
        meta = node.name.value.startswith("__")
        return _Measured(
            depth=0 if meta else inner.depth + 1,
            introspection=max(inner.depth, inner.introspection) + 1 if meta else inner.introspection,
            aliases=inner.aliases + (node.alias is not None),
            directives=inner.directives + len(node.directives or ()),
            fields=1,
        )

    def _fragment(self, name: str) -> _Measured:
        if name not in self._known:
            # A fragment inside itself counts as nothing here; validation refuses it afterwards.
            self._known[name] = _NOTHING
            definition = self._fragments.get(name)
            self._known[name] = self._of(definition.selection_set) if definition else _NOTHING
        return self._known[name]

    def _at_one_place(self, node: Node) -> None:
        here = len(getattr(node, "directives", None) or ())
        _refuse("directives at one place", here, self._limits.directives_at_one_place)


def _with_directives(size: _Measured, node: InlineFragmentNode | FragmentSpreadNode) -> _Measured:
    more = len(node.directives or ())
    return _Measured(size.depth, size.introspection, size.aliases, size.directives + more, size.fields)


def _refuse(what: str, found: int, limit: int) -> None:
    if found > limit:
        raise TooCostly(f"the document has {found} {what}, more than {limit}; ask in several operations")
