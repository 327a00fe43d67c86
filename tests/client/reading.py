"""Reads everything of an answer, and holds it to the types that the client says."""

from __future__ import annotations

import types
import typing
from typing import Any

from client import Thing
from client.answer import fields_of


def read_whole(value: object) -> int:
    """How many values there are in it; an assertion fails where one is not of its type."""
    if isinstance(value, list):
        return sum(map(read_whole, value))
    if not isinstance(value, Thing):
        return 1
    hints = typing.get_type_hints(type(value))
    asked = [name for name, (key, _) in fields_of(type(value)).items() if key in value.as_dict]
    assert asked, f"{type(value).__name__}: nothing was asked for"
    for name in asked:
        found = getattr(value, name)
        assert _fits(found, hints[name]), f"{type(value).__name__}.{name}: {found!r} is no {hints[name]}"
    return sum(read_whole(getattr(value, name)) for name in asked)


def _fits(value: object, hint: Any) -> bool:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return any(_fits(value, each) for each in inner)
    if origin is list:
        return isinstance(value, list) and all(_fits(each, inner[0]) for each in value)
    return isinstance(value, hint)
