"""Objects of an answer, by their types in the schema; what was not asked for is said, never made up."""

from __future__ import annotations

import sys
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

T = TypeVar("T")
Reader = Callable[[Any, "Told | None"], T]


class NotAsked(AttributeError):
    """A field that the document did not select."""


class CutWarning(UserWarning):
    """A list was cut by a `first` that was not given: `told.truncated` says which, why, and how many were left out."""


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer says of itself.

    `marking` is the least marking at or above all that it names, `cost` and `cost_limit` count objects, `truncated` are
    the plain lists that were cut, `request_id` is what the server's log calls the request.
    """

    request_id: str | None = None
    marking: str | None = None
    cost: int | None = None
    cost_limit: int | None = None
    truncated: tuple[Mapping[str, Any], ...] = ()

    @staticmethod
    def of(extensions: Mapping[str, Any], request_id: str | None) -> Told:
        """The same of an answer's `extensions`."""
        cost = extensions.get("cost") or {}
        cuts = tuple(extensions.get("truncated") or ())
        return Told(request_id, extensions.get("marking"), cost.get("requested"), cost.get("limit"), cuts)


class Thing:
    """An object of an answer; its attributes are the fields of its type, in snake_case (`from_` for `from`).

    Times are aware datetimes, days dates, closed sets enums (a value that this client does not know stays text). An
    attribute that was not selected raises NotAsked. `told` is what the answer says of itself.
    """

    __slots__ = ("_raw", "told")
    _raw: dict[str, Any]
    told: Told | None

    def __init__(self, raw: dict[str, Any], told: Told | None = None) -> None:
        self._raw = raw
        self.told = told

    @property
    def as_dict(self) -> dict[str, Any]:
        """What came, as JSON has it, by the names of the schema; aliases of a document of one's own are here too."""
        return self._raw

    def _value(self, name: str) -> Any:  # noqa: ANN401 - each field has a type of its own
        known = {} if name.startswith("_") else fields_of(type(self))
        if name not in known:
            raise AttributeError(f"{type(self).__name__} has no field {name!r}")
        key, read = known[name]
        if key not in self._raw:
            raise NotAsked(f"{type(self).__name__}.{name} was not asked for: select `{key}`")
        return read(self._raw[key], self.told)

    # Type checkers go by the declared fields, so that a misspelt one is a mistake to them.
    if not TYPE_CHECKING:
        __getattr__ = _value

    def __dir__(self) -> list[str]:
        asked = (name for name, (key, _) in fields_of(type(self)).items() if key in self._raw)
        return [*super().__dir__(), *asked]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Thing) and type(self) is type(other) and self._raw == other._raw

    def __hash__(self) -> int:
        return hash((type(self), self._raw.get("id"), len(self._raw)))

    def __repr__(self) -> str:
        shown = ", ".join(f"{key}={value!r}" for key, value in self._raw.items() if not key.startswith("__"))
        return f"{type(self).__name__}({shown if len(shown) <= 200 else shown[:200] + '...'})"


class Connection(Thing, Generic[T]):
    """A page of a list, and the way to the next ones."""

    __slots__ = ("again",)
    again: Callable[[str], Connection[T]] | None

    def __init__(self, raw: dict[str, Any], told: Told | None = None) -> None:
        super().__init__(raw, told)
        self.again = None

    @property
    def nodes(self) -> list[T]:
        """What is on this page."""
        return [edge.node for edge in self._value("edges")]

    def every(self, limit: int | None = None) -> Iterator[T]:
        """What is on this page and on all that follow, each asked for when it is come to; at most `limit`.

        Raises NotAsked for a list inside another thing: that is asked for again with `after`.
        """
        page: Connection[T] = self
        left = sys.maxsize if limit is None else limit
        while left > 0:
            found = page.nodes[:left]
            yield from found
            left -= len(found)
            info = page._value("page_info")
            if not info.has_next_page or left <= 0:
                return
            if page.again is None:
                raise NotAsked("a list inside another thing has no next page by itself: ask again with `after`")
            page = page.again(info.end_cursor)


class Rows(list[T]):
    """A plain list of an answer; `told.truncated` says whether it was cut."""

    told: Told | None = None


def one(kind: type[T]) -> Reader[T]:
    """The reader of something that is always there."""
    return cast("Reader[T]", _reader(kind))


def maybe(kind: type[T]) -> Reader[T | None]:
    """The reader of something that may be null."""
    return cast("Reader[T | None]", _reader(kind))


def rows(kind: type[T]) -> Reader[Rows[T]]:
    """The reader of a list."""
    read = _reader(kind)

    def listed(raw: Any, told: Told | None) -> Rows[T]:  # noqa: ANN401 - any JSON
        found = Rows[T](read(each, told) for each in raw)
        found.told = told
        return found

    return listed


def rows_or_none(kind: type[T]) -> Reader[Rows[T | None]]:
    """The reader of a list that has null where nothing is."""
    return cast("Reader[Rows[T | None]]", rows(kind))


_FIELDS: dict[object, Mapping[str, tuple[str, Reader[Any]]]] = {}


def fields_of(kind: type[Thing]) -> Mapping[str, tuple[str, Reader[Any]]]:
    """The fields of a type by their names here: what the schema calls each, and what reads it."""
    found = _FIELDS.get(kind)
    if found is None:
        found = _FIELDS[kind] = _fields(kind)
    return found


def _fields(kind: type[Thing]) -> Mapping[str, tuple[str, Reader[Any]]]:
    own = (Thing, Connection, Generic, object)
    names = [
        name for each in reversed(kind.__mro__) if each not in own for name in vars(each).get("__annotations__", ())
    ]
    hints = typing.get_type_hints(kind)
    return {name: (field_name(name), _reader(hints[name])) for name in names}


def field_name(name: str) -> str:
    """What the schema calls an attribute."""
    first, *others = name.removesuffix("_").split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in others)


def _reader(hint: Any) -> Reader[Any]:  # noqa: ANN401 - any type of an answer
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _reader(next(each for each in inner if each is not type(None)))
    if origin is list:
        read = _reader(inner[0])
        return lambda raw, told: None if raw is None else [read(each, told) for each in raw]
    if isinstance(hint, type) and issubclass(hint, Thing):
        return lambda raw, told: None if raw is None else _named(hint, raw)(raw, told)
    convert = _convert(hint)
    return lambda raw, told: None if raw is None else convert(raw)


def _convert(hint: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - any type of an answer
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        known = {each.value: each for each in hint}
        return lambda raw: known.get(raw, raw)
    if hint in (datetime, date, float):
        return cast("Callable[[Any], Any]", hint if hint is float else hint.fromisoformat)
    return lambda raw: raw


def _named(kind: type[Thing], raw: Mapping[str, Any]) -> type[Thing]:
    """The type that an object says it has, where it is one of what was expected."""
    name = raw.get("__typename")
    return kind if name is None or name == kind.__name__ else _below(kind).get(name, kind)


def _below(kind: type[Thing]) -> Mapping[str, type[Thing]]:
    found: dict[str, type[Thing]] = {}
    for each in kind.__subclasses__():
        found |= {each.__name__: each, **_below(each)}
    return found
