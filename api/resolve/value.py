"""Property values and times in the form that GraphQL shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from typing import Any, TypeVar

from graph.answer import EntityView, RecordView
from graph.model import KINDS, Property, ValueType

_PRECISION_OF_LENGTH = {4: "YEAR", 7: "MONTH", 10: "DAY", 17: "MINUTE", 20: "SECOND"}
_FIRST_INSTANT = {4: "-01-01T00:00:00Z", 7: "-01T00:00:00Z", 10: "T00:00:00Z"}
_INT32 = 2**31

T = TypeVar("T")
Reader = Callable[[Mapping[str, Any]], Any]


def instant(text: str | None) -> str | None:
    """The first instant of a date of any precision: `2017-08` is 2017-08-01T00:00:00Z."""
    if text is None:
        return None
    if len(text) == len("2017-08-15T10:32Z"):
        return text[:-1] + ":00Z"
    return text + _FIRST_INSTANT.get(len(text), "")


def precision(text: str | None) -> str | None:
    """The precision in which a date was given."""
    return None if text is None else _PRECISION_OF_LENGTH.get(len(text))


def filled(value: T | None, default: T) -> T:
    """A value, or its default where null was given."""
    return default if value is None else value


def epoch_of(moment: datetime | None) -> int | None:
    """Epoch seconds of a time with a zone."""
    return None if moment is None else int(moment.timestamp())


def day_start(day: date | None) -> int | None:
    """Epoch seconds of a day's first second, UTC."""
    return None if day is None else int(datetime.combine(day, clock_time(), UTC).timestamp())


def day_end(day: date | None) -> int | None:
    """Epoch seconds of a day's last second, UTC: a limit that is a day includes that day."""
    start = day_start(day)
    return None if start is None else start + int(timedelta(days=1).total_seconds()) - 1


def _reader(held: Property) -> Reader:
    name = held.name
    if held.repeatable:
        return lambda properties: list(properties.get(name) or ())
    if held.type is ValueType.DATE:
        return lambda properties: _whole_day(properties.get(name))
    if held.type is ValueType.DATETIME:
        return lambda properties: instant(properties.get(name))
    if held.type is ValueType.INT:
        return lambda properties: _small(properties.get(name))
    return lambda properties: properties.get(name)


def _whole_day(text: str | None) -> str | None:
    return text if text is not None and len(text) == len("2017-08-15") else None


def _small(number: int | None) -> int | None:
    return number if number is not None and -_INT32 <= number < _INT32 else None


def _year_of_birth(properties: Mapping[str, Any]) -> int | None:
    born = properties.get("date_of_birth")
    year = properties.get("year_of_birth")
    return int(born[:4]) if year is None and born else year


def attribute(held: Property) -> str:
    """The attribute under which a property is served: its plural where it has one."""
    return held.plural or held.name


READERS: dict[tuple[str, str], Reader] = {
    **{(kind.name, attribute(held)): _reader(held) for kind in KINDS.values() for held in kind.properties},
    **{
        (kind.name, "occurred_precision"): lambda properties: precision(properties.get("occurred_from"))
        for kind in KINDS.values()
        if kind.event
    },
    ("Person", "year_of_birth"): _year_of_birth,
}


def read(source: Any, name: str) -> Any:  # noqa: ANN401 - the default resolver of every field
    """The attribute of what a read gave back; of an entity also its properties by their names in the schema."""
    if type(source) is EntityView and (reader := READERS.get((source.kind, name))) is not None:
        return reader(source.properties)
    return getattr(source, name)


def shown_properties(record: RecordView) -> list[tuple[str, str]]:
    """A record's properties by their names in the schema, each value as text, in the order of the model."""
    held = KINDS[record.kind].by_name
    return [
        (held[name].field, shown(value))
        for name, values in record.properties.items()
        if name in held
        for value in (values if isinstance(values, list | tuple) and not hasattr(values, "latitude") else [values])
    ]


def shown(value: Any) -> str:  # noqa: ANN401 - any property value
    """One value as text: a point is `latitude,longitude`."""
    return f"{value.latitude},{value.longitude}" if hasattr(value, "latitude") else str(value)
