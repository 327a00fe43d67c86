"""Fewer questions for one of very many worlds: some of what a maker would ask, drawn so that nothing goes unasked.

A maker asks the same of many things, each in many ways. A thousand worlds need not each ask for every pair of a thing
and a way: here those questions are drawn, by chance and anew for each world, that bring every field, every value of
every argument and every sort of thing at least once; and some more, for the pairs.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graphql import FieldNode, ObjectFieldNode, ValueNode, Visitor, parse, print_ast, visit

_ID = re.compile(r"[a-z]_[a-z2-7]{20}(?:_[a-z0-9]{1,20}){0,2}")
# Of the questions that bring nothing new so many are asked all the same.
FURTHER = 0.05


@dataclass(frozen=True, slots=True)
class Question:
    """A document with its variables."""

    query: str
    variables: Mapping[str, Any]


def drawn(questions: Sequence[Question], chance: random.Random, sort: Callable[[str], str]) -> list[Question]:
    """Some of these questions, in their order, which have all that is in any of them; `sort` of an id."""
    met: set[str] = set()
    places = []
    for place in chance.sample(range(len(questions)), len(questions)):
        said = marks(questions[place], sort)
        if said - met or chance.random() < FURTHER:
            places.append(place)
            met |= said
    return [questions[place] for place in sorted(places)]


def marks(question: Question, sort: Callable[[str], str]) -> frozenset[str]:
    """What is in a question: its fields, each with each value of each argument, and what its variables are."""
    query = _ID.sub(lambda found: sort(found.group()), question.query)
    return written(query).union(*(_given(name, value, sort) for name, value in question.variables.items()))


def _given(name: str, value: object, sort: Callable[[str], str]) -> Iterator[str]:
    match value:
        case Mapping():
            for key, inner in value.items():
                yield from _given(f"{name}.{key}", inner, sort)
        case list():
            yield f"{name}: {min(len(value), 3)} of them"
            for inner in value:
                yield from _given(name, inner, sort)
        case str() if _ID.fullmatch(value):
            yield f"{name}: {sort(value)}"
        case str():
            yield f"{name}: {shape(value)}"
        case _:
            yield f"{name}: {value}"


def shape(text: str) -> str:
    """What a text looks like: `a a`, `9`, `a9 a`."""
    return re.sub(r"\d+", "9", re.sub(r"[^\W\d_]+", "a", text))


@lru_cache(maxsize=4_096)
def written(query: str) -> frozenset[str]:
    """What is written in a document."""
    found: set[str] = set()
    visit(parse(query), _Collector(found))
    return frozenset(found)


class _Collector(Visitor):
    def __init__(self, found: set[str]) -> None:
        super().__init__()
        self._found = found

    def enter_field(self, node: FieldNode, *_: object) -> None:
        self._found.add(node.name.value)
        for argument in node.arguments or ():
            self._add(f"{node.name.value} {argument.name.value}", argument.value)

    def enter_object_field(self, node: ObjectFieldNode, *_: object) -> None:
        self._add(node.name.value, node.value)

    def _add(self, place: str, value: ValueNode) -> None:
        if value.kind != "object_value":
            self._found.add(f"{place}: {print_ast(value)}")
