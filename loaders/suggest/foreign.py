"""References between files: a column whose values are another file's keys names that file's things."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loaders.suggest.column import Column
from loaders.suggest.kind import CONTACT, KEYS, PERSONAL, TIMES
from loaders.suggest.proposal import Entry, Reference
from loaders.suggest.term import kind_of, role_of

_CONTAINED = 0.9
_LEAST_DISTINCT = 3
_SHORT = 3
# What a column may mean and yet hold keys of another file; anything else measures or describes.
_MAY_REFER = frozenset({*KEYS, "", "unit", "camera", "vrm", "agency", "venue"})
_KIND_OF_MEANING = {
    "officer": "Officer",
    "collar_number": "Officer",
    "area": "Area",
    "parent": "Area",
    "uprn": "Address",
}


def refer(entries: Sequence[Entry]) -> None:
    """Give every entry its references: by values that another file's key has, else by words such as `Crime No`."""
    for entry in entries:
        taken = {entry.key.name} if entry.key is not None else set()
        for column in entry.columns:
            found = None if column.name in taken else _by_value(entry, column, entries) or _by_word(entry, column)
            if found is not None:
                entry.references.append(found)


def rekey(entries: Sequence[Entry]) -> None:
    """A vehicle that other files know by a number of this delivery is keyed by it, not by its mark."""
    for entry in entries:
        if entry.kind != "Vehicle":
            continue
        other = next((c for c in entry.columns if c.means("ref") and c.unique and c.full), None)
        if other is not None and any(
            _inside(column, other) for one in entries if one is not entry for column in one.columns
        ):
            entry.key = other


def _inside(column: Column, key: Column) -> bool:
    inside = sum(value in key.counts for value in column.counts)
    return column.means("ref") and inside * 2 > len(column.counts)


def _by_value(entry: Entry, column: Column, entries: Sequence[Entry]) -> Reference | None:
    if column.meaning not in _MAY_REFER or not column.identifying:
        return None
    scored = [(score, other) for other in entries for score in _fits(entry, column, other)]
    if not scored:
        return None
    _, target = max(scored, key=lambda pair: pair[0])
    if target.kind is None or target.key is None:
        return None
    where = "this file" if target is entry else target.sniffed.path
    return Reference(column, target.kind, f"its values are keys ({target.key.name}) of {where}")


def _fits(entry: Entry, column: Column, other: Entry) -> Iterator[float]:
    """How well a column's values are another file's keys, nothing where they are not."""
    key = other.key
    if key is None or other.kind is None or (other is entry and column is key) or not key.counts:
        return
    agreed = _agree(column, other)
    if not column.counts:
        if agreed and other is not entry:
            yield 0.5
        return
    inside = sum(value in key.counts for value in column.counts)
    short = all(len(value) < _SHORT for value in column.values)
    if inside >= _CONTAINED * len(column.counts) and (agreed or (len(column.counts) >= _LEAST_DISTINCT and not short)):
        yield inside / len(column.counts) + agreed + (0.2 if key.unique else 0.0)


def _agree(column: Column, other: Entry) -> bool:
    """True where the name speaks of what the other file describes, or is its key's own name."""
    named = _KIND_OF_MEANING.get(column.meaning) or kind_of(column.about)
    return named == other.kind or (other.key is not None and column.name.casefold() == other.key.name.casefold())


def _by_word(entry: Entry, column: Column) -> Reference | None:
    """What a reference's own name speaks of: another kind of thing than the row itself."""
    kind = _KIND_OF_MEANING.get(column.meaning)
    if kind is None and column.means("ref", "urn", "custody_number"):
        kind = "Person" if role_of(column.about) else kind_of(column.about)
        if column.means("custody_number"):
            kind = "Custody"
    if kind is None or not column.identifying or column.meaning in PERSONAL | CONTACT - {"uprn"}:
        return None
    same = kind == entry.kind and not column.about and not column.means("parent")
    return None if same or column.means(*TIMES) else Reference(column, kind, "its name says so")
