"""Properties of records: texts brought into the normal form of the model, over distinct values."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from graph.model import PERSON_NAME, Kind, Property, ValueType
from loaders.check_standard import Check, check_for
from loaders.check_value import Memo, Normal, Out, converter, refine, texts, too_long
from loaders.mapping.spec import Parse, PointSpec, PropertySpec, ValueSpec
from loaders.reader_table import Table
from loaders.row import Value
from standards.date import PartialDate, Precision, check_birth, parse_date, parse_time
from standards.grid import GridError, check_point, to_wgs84
from standards.name import check_name, parse_name

NUMBER_FINDING, BOOLEAN_FINDING, DATE_FINDING, TIME_FINDING = "NUMBER", "BOOLEAN", "DS_001", "DS_002"
_DAY_LENGTH = 10
_TRUE = frozenset({"true", "t", "yes", "y", "1"})
_FALSE = frozenset({"false", "f", "no", "n", "0"})

Vector = list[Out | None]


@dataclass(frozen=True, slots=True)
class Clock:
    """The days that a row's dates are read by: `as_of` of each row (where rows have their own) and `today`."""

    own: list[int | None] | None
    as_of: int | None
    today: int

    def years(self) -> list[int] | int:
        """The day by which two-figure years are placed: one for all rows, or one for each."""
        fallback = self.today if self.as_of is None else self.as_of
        return fallback if self.own is None else [fallback if day is None else day for day in self.own]


def vector(kind: Kind, spec: PropertySpec) -> Callable[[Table, Clock], Vector]:
    """The function from a table to what each row gives this property."""
    if spec.point is not None:
        return _point_vector(spec.property, spec.point)
    columns = [_value_vector(kind, spec.property, value) for value in spec.values]
    if len(columns) == 1:
        return columns[0]
    return lambda table, clock: [
        _together(spec.property.name, row) for row in zip(*(column(table, clock) for column in columns), strict=True)
    ]


def _together(name: str, outs: tuple[Out | None, ...]) -> Out | None:
    """Several values of one repeatable property as one list, each value once."""
    given = [out for out in outs if out is not None]
    bad = next((out.bad for out in given if out.bad is not None), None)
    lists = [value for out in given if isinstance(value := out.properties.get(name), list)]
    values: list[str] = list(dict.fromkeys(item for value in lists for item in value))
    findings = tuple(serial for out in given for serial in out.findings)
    return Out({name: values} if values else {}, findings, bad) if given else None


def _value_vector(kind: Kind, declared: Property, spec: ValueSpec) -> Callable[[Table, Clock], Vector]:
    text_kept = declared.type in (ValueType.TEXT, ValueType.DATE, ValueType.DATETIME)
    ordered = frozenset(part.name for part in kind.properties if part.ordered)
    if not _is_date(declared, spec):
        convert = converter(spec, _normal(kind, declared, spec), declared.name, text_kept=text_kept)
        memo = Memo[str, Out | None](lambda text: _indexed(spec, ordered, convert(text)))
        return lambda table, _: memo.over(texts(spec, table))

    def dated(key: tuple[str, int, int]) -> Out | None:
        text, moment, today = key
        normal = partial(_date, declared, spec, moment, today)
        return _indexed(spec, ordered, converter(spec, normal, declared.name, text_kept=text_kept)(text))

    dates = Memo(dated)
    return lambda table, clock: dates.over(_with_years(texts(spec, table), clock))


def _indexed(spec: ValueSpec, ordered: frozenset[str], out: Out | None) -> Out | None:
    """The same; or why its row is rejected: an index in which lists are ordered takes no long text."""
    if out is not None:
        for name, value in out.properties.items():
            if name in ordered and isinstance(value, str) and (bad := too_long(spec, value)) is not None:
                return Out({}, bad=bad)
    return out


def _with_years(values: list[str], clock: Clock) -> list[tuple[str, int, int]]:
    years, today = clock.years(), clock.today
    if isinstance(years, int):
        return [(text, years, today) for text in values]
    return [(text, year, today) for text, year in zip(values, years, strict=True)]


def _is_date(declared: Property, spec: ValueSpec) -> bool:
    return declared.type in (ValueType.DATE, ValueType.DATETIME) or spec.parse in (Parse.DATE, Parse.DATETIME)


def _normal(kind: Kind, declared: Property, spec: ValueSpec) -> Callable[[str], Normal]:
    if declared == PERSON_NAME:
        return _person_name
    if declared.type is ValueType.INT:
        return partial(_number, declared.name, whole=True)
    if declared.type is ValueType.FLOAT:
        return partial(_number, declared.name, whole=False)
    check = check_for(kind.name, declared.name)
    if check is not None:
        return partial(_checked, check, declared)
    return partial(_plain, declared, spec)


def _hold(declared: Property, text: str) -> dict[str, Value]:
    return {declared.name: [text]} if declared.repeatable else {declared.name: text}


def _checked(check: Check, declared: Property, text: str) -> Normal:
    found = check(text)
    return Normal(_hold(declared, found.value), () if found.valid else (found.serial,))


def _plain(declared: Property, spec: ValueSpec, text: str) -> Normal:
    match spec.parse:
        case Parse.TIME:
            read = time_of(spec, text)
            return Normal(None if read is None else _hold(declared, read), () if read else (TIME_FINDING,))
        case Parse.INT | Parse.FLOAT:
            value = number_of(text, whole=spec.parse is Parse.INT)
            return Normal(None if value is None else _hold(declared, str(value)), (NUMBER_FINDING,) * (value is None))
        case Parse.BOOL:
            word = text.casefold()
            if word in _TRUE | _FALSE:
                return Normal(_hold(declared, "true" if word in _TRUE else "false"))
            return Normal(None, (BOOLEAN_FINDING,))
    return Normal(_hold(declared, text))


def time_of(spec: ValueSpec, text: str) -> str | None:
    """A time of day as `HH:MM` or `HH:MM:SS`, by the formats or as it stands; None where it is none."""
    if not spec.formats:
        return parse_time(text)
    # The date parser needs a day: a fixed one is put before text and format.
    found = parse_date(f"2000-01-01 {text}", [f"YYYY-MM-DD {form}" for form in spec.formats], zone="UTC")
    return None if found is None else found.text[11:].removesuffix("Z")


def number_of(text: str, *, whole: bool) -> int | float | None:
    """The number that a text says, commas between thousands allowed; None where it says none or not a whole one."""
    try:
        value = float(text.replace(",", "")) if "_" not in text else math.nan
    except ValueError:
        return None
    if not math.isfinite(value) or (whole and (value != int(value) or abs(value) >= 1 << 53)):
        return None
    return int(value) if whole else value


def _number(name: str, text: str, *, whole: bool) -> Normal:
    value = number_of(text, whole=whole)
    return Normal(None, (NUMBER_FINDING,)) if value is None else Normal({name: value})


def _person_name(text: str) -> Normal:
    name = parse_name(text)
    properties: dict[str, Value] = {"title": name.title} if name.title else {}
    findings: list[str] = []
    for part, value, serial in (
        ("given_name", name.given, "DS_031"),
        ("middle_name", name.middle, "DS_031"),
        ("surname", name.surname, "DS_032"),
    ):
        if value:
            found = check_name(value, serial)
            properties[part] = found.value
            findings += [] if found.valid else [serial]
    return Normal(properties, tuple(dict.fromkeys(findings)))


def read_date(spec: ValueSpec, text: str, moment: int, *, day_only: bool = False) -> PartialDate | None:
    """The date that a text says in the formats and zone of its value; `day_only` reads wall clocks as they stand."""
    return parse_date(text, spec.formats, zone="UTC" if day_only else spec.zone, as_of=moment)


def _date(declared: Property, spec: ValueSpec, moment: int, today: int, text: str) -> Normal:
    day_only = declared.type is ValueType.DATE
    found = read_date(spec, text, moment, day_only=day_only)
    if declared.type is ValueType.INT:
        return Normal(None, (NUMBER_FINDING,)) if found is None else Normal({declared.name: int(found.text[:4])})
    if found is None:
        return Normal(None, (declared.standard or DATE_FINDING,))
    if day_only and len(found.text) > _DAY_LENGTH:
        found = parse_date(found.text[:_DAY_LENGTH]) or found
    if declared.name == "date_of_birth":
        return _birth(found, today)
    return Normal(_hold(declared, found.text))


def _birth(birth: PartialDate, today: int) -> Normal:
    properties: dict[str, Value] = {"date_of_birth": birth.text}
    if birth.precision is Precision.YEAR:
        properties["year_of_birth"] = int(birth.text)
    found = check_birth(birth, today)
    return Normal(properties, () if found.valid else (found.serial,))


def _point_vector(declared: Property, spec: PointSpec) -> Callable[[Table, Clock], Vector]:
    def convert(pair: tuple[str, str]) -> Out | None:
        first, second = refine(spec.first, pair[0]), refine(spec.second, pair[1])
        bad = first.bad or second.bad
        if bad is not None:
            return Out({}, bad=bad)
        return _point(declared.name, first.text, second.text, grid=spec.grid) if first.text or second.text else None

    memo = Memo(convert)
    return lambda table, _: memo.over(list(zip(texts(spec.first, table), texts(spec.second, table), strict=True)))


def _point(name: str, first: str, second: str, *, grid: bool) -> Out:
    """A point, or (a text cannot stand in its place) nothing with a finding of the coordinate that fails."""
    one, two = number_of(first, whole=False), number_of(second, whole=False)
    if one is None or two is None:
        return Out({}, ("DS_014" if one is None else "DS_015",))
    point = (float(one), float(two))
    if grid:
        try:
            point = to_wgs84(*point)
        except GridError:
            return Out({}, ("DS_014",))
    found = check_point(*point)
    return Out({name: point}) if found.valid else Out({}, (found.serial,))
