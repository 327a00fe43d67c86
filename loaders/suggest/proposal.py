"""What is proposed: values, records, links and entries, before they are written as YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from loaders.suggest.column import Column
from loaders.suggest.sniff import Sniffed


@dataclass(slots=True)
class Value:
    """How a value is got: a column, a template or a constant, and what is done to it; `note` says why."""

    column: str | None = None
    template: str | None = None
    constant: str | None = None
    parse: str | None = None
    formats: tuple[str, ...] = ()
    extract: str | None = None
    map: Mapping[str, str] | None = None
    otherwise: str | None = None
    note: str = ""


@dataclass(slots=True)
class Point:
    """Where a location is read from: latitude and longitude, or (`grid`) easting and northing."""

    first: str
    second: str
    grid: bool


@dataclass(slots=True)
class Record:
    """One record of a row; `label` are the words of its columns' names that set it apart, empty for the row itself."""

    name: str
    kind: str
    key: str | None = None
    value: str | None = None
    when: str | Value | None = None
    among: tuple[str, ...] = ()
    properties: dict[str, Value | Point | list[Value]] = field(default_factory=dict)
    label: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)

    def uses(self) -> set[str]:
        """The columns that its properties read."""
        found: set[str] = set()
        for value in self.properties.values():
            if isinstance(value, Point):
                found |= {value.first, value.second}
            else:
                found |= {name for one in (value if isinstance(value, list) else [value]) for name in columns_in(one)}
        return found


@dataclass(slots=True)
class End:
    """One end of a link: a record of the row, or a thing that another file says by a key or an identifier."""

    kind: str
    record: str | None = None
    key: str | None = None
    by: str | None = None


@dataclass(slots=True)
class Link:
    """One link of a row."""

    type: str
    origin: End
    target: End
    properties: dict[str, Value] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Reference:
    """A column that names something which another row says: its kind, and why it is taken for that."""

    column: Column
    kind: str
    why: str = ""


@dataclass(slots=True)
class Entry:
    """One file: its form, columns, the words of its name (`stem`), what its rows are (`kind`), and what is proposed."""

    sniffed: Sniffed
    columns: list[Column]
    kind: str | None = None
    key: Column | None = None
    row_key: str | None = None
    as_of: Value | None = None
    marking: Value | None = None
    grade: dict[str, Value] | Value | None = None
    records: list[Record] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    stem: tuple[str, ...] = ()

    @property
    def main(self) -> Record | None:
        """The record that the row is mainly of."""
        return self.records[0] if self.records and self.records[0].kind == self.kind else None

    def find(self, *meanings: str) -> list[Column]:
        """The columns that most likely mean one of some things, in order."""
        return [column for column in self.columns if column.means(*meanings)]

    def unused(self) -> list[Column]:
        """The columns that nothing reads."""
        return [column for column in self.columns if column.name not in self.used]


def columns_in(value: Value) -> set[str]:
    """The columns that a value reads; a template made here names each between single braces."""
    found = {value.column} if value.column is not None else set()
    if value.template is not None:
        found |= {part.partition("}")[0] for part in value.template.split("{")[1:]}
    return found


def braced(*names: str) -> str:
    """The template of some columns, a slash between them."""
    return "/".join(f"{{{name}}}" for name in names)
