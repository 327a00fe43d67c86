"""Everything beside its cells that decides what a row says: the mapping, the code, the years that dates hang on."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import orjson

from graph.model import Kind, LinkType, Property, ValueType
from graph.version import code_digest
from loaders.mapping.spec import FileMapping, Layout, LinkSpec, Parse, PropertySpec
from loaders.mapping.template import Template

_CODE = ("standards", "security", "graph", "graph.model", "loaders", "loaders.mapping")
# Those whose tables decide what a value is in its normal form.
_DISTRIBUTIONS = ("anyascii", "nicknames", "phonenumbers", "pyproj", "tzdata")
# Taken when the code is: files that an upgrade puts in its place are not what runs here.
_DIGEST = code_digest(_CODE, _DISTRIBUTIONS)
# Where something stands in the mapping's text is for messages; a row's own date is looked at whenever the row comes.
_ASIDE = frozenset({"mapping", "line", "columns", "as_of"})
_DATES = (ValueType.DATE, ValueType.DATETIME)
_PARSED = (Parse.DATE, Parse.DATETIME)


@dataclass(frozen=True, slots=True)
class Decisive:
    """`columns` that the mapping reads, in order; `fingerprint` of mapping and code.

    `placed`: two-figure years may stand in a date, so that the year it is read in matters; `births`: some dates are of
    births, which are held against today.
    """

    columns: tuple[str, ...]
    fingerprint: str
    placed: bool
    births: bool


def decisive(entry: FileMapping) -> Decisive:
    """What decides what the rows of this file entry say."""
    parts = list(_walk(entry))
    columns = sorted({name for part in parts if isinstance(part, Template) for name in part.columns})
    text = orjson.dumps([_plain(entry), _DIGEST], option=orjson.OPT_SORT_KEYS)
    births = any(isinstance(part, PropertySpec) and part.property.name == "date_of_birth" for part in parts)
    placed = any(_is_placed(part) for part in parts)
    return Decisive(tuple(columns), hashlib.sha256(text).hexdigest(), placed, births)


def _is_placed(part: object) -> bool:
    if isinstance(part, PropertySpec):
        dated = part.property.type in _DATES
        values = [value for value in part.values if dated or value.parse in _PARSED]
    elif isinstance(part, LinkSpec):
        values = [value for name, value in part.properties.items() if name.startswith("valid_")]
    else:
        return False
    return any(value.short_years or not value.formats for value in values)


def _walk(part: object) -> Iterator[object]:
    """A part of a mapping and all inside it."""
    yield part
    if is_dataclass(part):
        inside: Any = (value for _, value in _said(part))
    elif isinstance(part, Mapping):
        inside = part.values()
    else:
        inside = part if isinstance(part, tuple) else ()
    for each in inside:
        yield from _walk(each)


def _said(part: Any) -> Iterator[tuple[str, object]]:  # noqa: ANN401 - any dataclass
    if isinstance(part, Layout):
        # How rows are taken apart does not matter once their cells are there.
        yield from (("trim", part.trim), ("null_values", part.null_values))
        return
    for field in fields(part):
        if field.name not in _ASIDE:
            yield field.name, getattr(part, field.name)


def _plain(part: object) -> object:
    """A part of a mapping as JSON has it, the same whenever it says the same."""
    match part:
        case None | bool() | int() | str():
            return part
        case Kind() | Property() | LinkType():
            # What it means stands in the code.
            return part.name
        case re.Pattern():
            return [part.pattern, part.flags]
        case frozenset():
            return sorted(part)
        case tuple():
            return [_plain(each) for each in part]
        case Mapping():
            return {name: _plain(value) for name, value in part.items()}
    if not is_dataclass(part):
        raise TypeError(f"{type(part).__name__} has no place in a mapping")
    return [type(part).__name__, {name: _plain(value) for name, value in _said(part)}]
