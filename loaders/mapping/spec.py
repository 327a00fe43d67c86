"""What a mapping says once it is checked: sources, files, records, links and the values they are made of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from graph.model import Kind, LinkType, Property
from loaders.mapping.template import Template
from loaders.row import Missing
from security.marking import FLOOR, parse_marking


class Parse(StrEnum):
    """What a value is read as."""

    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    INT = "int"
    FLOAT = "float"
    BOOL = "bool"


class Else(StrEnum):
    """What becomes of a value that the map does not know or that cannot be parsed."""

    BAD = "bad"
    KEEP = "keep"
    DROP = "drop"
    REJECT = "reject"
    VALUE = "value"


class Format(StrEnum):
    """The formats of data files."""

    CSV = "csv"
    NDJSON = "ndjson"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class ValueSpec:
    """How a text is got from a row: a template, then `extract`, `map` and `parse`, in this order."""

    source: Template
    line: int
    parse: Parse | None = None
    formats: tuple[str, ...] = ()
    zone: str = "Europe/London"
    extract: re.Pattern[str] | None = None
    map: Mapping[str, str] | None = None
    otherwise: Else = Else.BAD
    other: str = ""

    @property
    def short_years(self) -> bool:
        """Whether one of its formats has a two-figure year."""
        return any("YY" in form and "YYYY" not in form for form in self.formats)


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on a row: a value that is not empty, or in, or not in a list, or matches a pattern."""

    value: ValueSpec
    among: frozenset[str] | None = None
    outside: frozenset[str] | None = None
    matches: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class PointSpec:
    """Where a point stands: latitude and longitude, or (`grid`) easting and northing in metres."""

    first: ValueSpec
    second: ValueSpec
    grid: bool


@dataclass(frozen=True, slots=True)
class PropertySpec:
    """One property of a record: the values it takes together, or its point."""

    property: Property
    values: tuple[ValueSpec, ...] = ()
    point: PointSpec | None = None


@dataclass(frozen=True, slots=True)
class GradeSpec:
    """A grade in one text (`1A P`), or in its parts source, intelligence, handling."""

    whole: ValueSpec | None = None
    parts: tuple[ValueSpec, ValueSpec, ValueSpec] | None = None


@dataclass(frozen=True, slots=True)
class RecordSpec:
    """One record of a row."""

    name: str
    kind: Kind
    line: int
    key: ValueSpec | None = None
    value: ValueSpec | None = None
    when: tuple[Condition, ...] = ()
    properties: tuple[PropertySpec, ...] = ()
    marking: ValueSpec | None = None
    grade: GradeSpec | None = None


@dataclass(frozen=True, slots=True)
class EndSpec:
    """One end of a link: the name of a record, or kinds with a key or an identifier (`by`: scheme and value)."""

    kinds: tuple[str, ...]
    source: str
    record: str | None = None
    key: ValueSpec | None = None
    by: tuple[str, ValueSpec] | None = None
    missing: Missing = Missing.HOLD


@dataclass(frozen=True, slots=True)
class LinkSpec:
    """One link of a row; `properties` are any of role, status, valid_from, valid_to."""

    type: LinkType
    line: int
    origin: EndSpec
    target: EndSpec
    when: tuple[Condition, ...] = ()
    properties: Mapping[str, ValueSpec] = field(default_factory=dict)
    marking: ValueSpec | None = None
    grade: GradeSpec | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """How the rows of a file stand in it; `columns` are the names where it has no header."""

    format: Format | None = None
    delimiter: str | None = None
    quote: str = '"'
    encoding: str | None = None
    header: bool = True
    columns: tuple[str, ...] = ()
    skip_rows: int = 0
    null_values: frozenset[str] = frozenset()
    trim: bool = True


@dataclass(frozen=True, slots=True)
class FileMapping:
    """One entry under `files`: `path` is the text that is part of every row's identity.

    `markings` are those of the file and the source, nearest first; `known` the canonical texts that may be used, empty
    where any may; `at_least` the marking of the delivery, which every part of a row has beside its own. `columns` gives
    for each column that the mapping names the line that names it first.
    """

    source: str
    path: str
    mapping: str
    line: int
    layout: Layout
    records: tuple[RecordSpec, ...]
    links: tuple[LinkSpec, ...]
    columns: Mapping[str, int]
    row_key: ValueSpec | None = None
    as_of: ValueSpec | None = None
    markings: tuple[ValueSpec, ...] = ()
    grade: GradeSpec | None = None
    known: frozenset[str] = frozenset()
    at_least: str = FLOOR.text

    def constant_marking(self) -> str | None:
        """The marking that every row of this file has, None where it depends on the row."""
        said = [*(record.marking for record in self.records), *(link.marking for link in self.links)]
        own = [spec for spec in said if spec is not None]
        used = [*self.markings[:1], *own]
        if any(spec.source.columns for spec in used):
            return None
        joined = parse_marking(self.at_least)
        for spec in used:
            joined = joined.join(parse_marking(spec.source.fill(())))
        return joined.text


@dataclass(frozen=True, slots=True)
class SourceMapping:
    """One source with all the parts that its mapping files say."""

    source: str
    name: str
    owner: str
    priority: int
    files: tuple[FileMapping, ...]
    warnings: tuple[str, ...] = ()
