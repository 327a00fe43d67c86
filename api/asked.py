"""Whom somebody asks for: the ids written in a document and among its variables; and whether it names anybody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphql import SKIP, DocumentNode, FieldNode, StringValueNode, Visitor, visit

from graph.ids import is_any_id


def written_ids(document: DocumentNode) -> tuple[str, ...]:
    """The ids that stand in a document, sorted."""
    seeker = _Seeker()
    visit(document, seeker)
    return tuple(sorted(seeker.found))


def given_ids(variables: Any) -> Iterator[str]:  # noqa: ANN401 - anything that JSON holds
    """The ids among variables."""
    # No recursion: the sender says how deep it goes.
    waiting = [variables]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            if is_any_id(value):
                yield value
        elif isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def names_nobody(document: DocumentNode) -> bool:
    """Whether a document has no arguments but those of introspection, so that nothing in it can be about anybody."""
    seeker = _ArgumentSeeker()
    visit(document, seeker)
    return not seeker.found


class _ArgumentSeeker(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.found = False

    def enter_field(self, node: FieldNode, *_: object) -> object:
        if node.name.value.startswith("__"):
            return SKIP
        self.found = self.found or bool(node.arguments)
        return None


class _Seeker(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def enter_string_value(self, node: StringValueNode, *_: object) -> None:
        if is_any_id(node.value):
            self.found.add(node.value)
