"""Columns given to records as properties: which meaning a column has in a record, and what is read of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.model import KINDS
from loaders.suggest.column import Column
from loaders.suggest.party import Party
from loaders.suggest.proposal import Entry, Point, Record, Value, braced
from loaders.suggest.value import fits_codes, property_of, value_for

_NEVER = frozenset(
    {"as_of", "relation", "role", "marking", "grade_source", "grade_intelligence", "grade_handling", "graded"}
)
_ADDRESS_PARTS = ("saon", "paon", "street", "locality", "town")
_REPEATED = frozenset({"phone", "email", "address", "postcode", "alias", "nationality", "warning"})
_PAIRS = (("latitude", "longitude", False), ("easting", "northing", True))


class Filler:
    """One file's columns while they are given out: `taken` are those that already have their place."""

    def __init__(self, entry: Entry, parties: Sequence[Party]) -> None:
        self.entry = entry
        self.parties = parties
        self.taken: set[str] = set()

    def key(self, column: Column) -> str:
        """The template of a column that names a thing; the column has its place now."""
        self.taken.add(column.name)
        self.entry.used.add(column.name)
        return braced(column.name)

    def fill(self, record: Record, given: Iterable[Column]) -> None:
        """Give a record what it can hold of some columns that have no place yet."""
        columns = list(given)
        for column in columns:
            if column.name in self.taken or column.meaning in _NEVER or self._lesser(column):
                continue
            if column.means("forenames") and record.kind == "Person":
                self._forenames(record, column)
                continue
            for meaning in self._ordered(record, column):
                if self.give(record, column, meaning):
                    break
        if record.kind == "Person":
            self._line(record, columns)

    def give(self, record: Record, column: Column, name: str) -> bool:
        """True where a record took a column as a property of that name."""
        declared = property_of(record.kind, name)
        held = record.properties.get(name)
        if declared is None or (held is not None and (not declared.repeatable or isinstance(held, Point))):
            return False
        value = value_for(column, declared)
        if value is None:
            return False
        value.note = "; ".join(part for part in (column.why, value.note) if part)
        if held is None or isinstance(held, Point):
            record.properties[name] = value
        else:
            record.properties[name] = [*(held if isinstance(held, list) else [held]), value]
        self.taken.add(column.name)
        return True

    def locate(self, record: Record, *, keep: bool = False) -> None:
        """Give a record its point; `keep` leaves the columns to others as well."""
        for first, second, grid in _PAIRS:
            one, two = self.entry.find(first), self.entry.find(second)
            if one and two and "location" in KINDS[record.kind].by_name and "location" not in record.properties:
                record.properties["location"] = Point(one[0].name, two[0].name, grid)
                if not keep:
                    self.taken |= {one[0].name, two[0].name}

    def _forenames(self, record: Record, column: Column) -> None:
        several = any(" " in value for value in column.values)
        record.properties["given_name"] = Value(column.name, extract="^(\\S+)" if several else None)
        if several:
            record.properties["middle_name"] = Value(column.name, extract="^\\S+\\s+(.+)$")
        self.taken.add(column.name)

    def _ordered(self, record: Record, column: Column) -> list[str]:
        """The meanings of a column, one whose codes in the model are just its values first."""
        meanings = column.meanings
        if column.means("address") and record.kind == "Address":
            meanings = ("text",)
        if column.means("name") and self.entry.find("surname") and not self.entry.find("given_name", "forenames"):
            meanings = ("name",) if any(" " in value for value in column.values) else ("given_name",)
        declared = {name: property_of(record.kind, name) for name in meanings}
        return sorted(declared, key=lambda name: not ((found := declared[name]) and fits_codes(column, found)))

    def _lesser(self, column: Column) -> bool:
        """True where another column is called the same in fewer words: `surname` beside `first and surname`."""
        same = [c for c in self.entry.find(column.meaning) if not c.about and c is not column]
        labelled = any(party.label and column in party.columns for party in self.parties)
        return bool(column.about and same) and not labelled and not _REPEATED & {column.meaning}

    def _line(self, record: Record, columns: Sequence[Column]) -> None:
        """A person's address in parts is one line: `{House No} {Street}, {Town}`."""
        if "address" in record.properties:
            return
        parts = {m: c for m in _ADDRESS_PARTS for c in columns if c.means(m) and c.name not in self.taken}
        if not parts.keys() & {"street", "paon"}:
            return
        house = " ".join(f"{{{parts[m].name}}}" for m in ("paon", "street") if m in parts)
        lines = [f"{{{parts['saon'].name}}}"] if "saon" in parts else []
        lines += [house, *(f"{{{parts[m].name}}}" for m in ("locality", "town") if m in parts)]
        record.properties["address"] = Value(template=", ".join(lines), note="an address in parts, written as one line")
        self.taken |= {column.name for column in parts.values()}


def if_not_always(column: Column) -> str | None:
    """The condition that a column is not empty, None where it never is."""
    return None if column.always and column.cells else braced(column.name)
