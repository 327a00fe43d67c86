"""What a row says of itself: when it was true, who may see it, how good the word is."""

from __future__ import annotations

from graph.model import EVENTS
from loaders.suggest.column import Column
from loaders.suggest.proposal import Entry, Value
from loaders.suggest.value import dated
from security.marking import MarkingError, parse_marking

# Rows of these are written once: the time of the thing is the time of the row.
_WRITTEN_ONCE = ("Call", "Sighting", "IntelReport", "StopSearch")
_MARKINGS = {"O": "OFFICIAL", "OS": "OFFICIAL-SENSITIVE", "S": "SECRET", "TS": "TOP SECRET", "U": "OFFICIAL"}
_MOST = 24
_GRADES = (
    ("source", "grade_source", "123"),
    ("intelligence", "grade_intelligence", "ABCDE"),
    ("handling", "grade_handling", "PC"),
)


def label(entry: Entry) -> None:
    """Give an entry its as_of, marking and grade where columns say them."""
    entry.as_of = _as_of(entry)
    if entry.as_of is not None and entry.as_of.column is not None:
        entry.used.add(entry.as_of.column)
    column = next((c for c in entry.find("marking") if c.few), None)
    if column is not None:
        entry.marking = _marking(column)
        entry.used.add(column.name)
    _grade(entry)


def _as_of(entry: Entry) -> Value | None:
    columns = [c for c in entry.find("as_of") if c.moments is not None or not c.counts]
    if columns:
        value = dated(columns[-1])
        return value if columns[-1].moments is not None else None
    if entry.kind in _WRITTEN_ONCE or (entry.kind is None and entry.links):
        return _of(entry, "occurred_from", "date")
    return _of(entry, "closed_at") if entry.kind in EVENTS else None


def _of(entry: Entry, *meanings: str) -> Value | None:
    """The time of the thing as that of its row."""
    columns = entry.find(*meanings)
    column = next((c for c in columns if (c.moments is not None and c.full) or not c.cells), None)
    if column is None:
        return None
    value = dated(column)
    value.note = f"no column says when a row was changed; {column.name} is the nearest to it"
    return value


def _marking(column: Column) -> Value:
    """The markings that a column's codes stand for; one that is not known is taken for the highest, to be looked at."""
    found = {value: _marking_of(value) for value in column.values[:_MOST]}
    note = "look at each: what a code stands for decides who may see the row"
    unknown = sorted(value for value, text in found.items() if text is None)
    if unknown:
        note += f"; rows with {', '.join(unknown)} are rejected until you say what that is"
    return Value(column.name, map={value: text for value, text in found.items() if text is not None}, note=note)


def _marking_of(value: str) -> str | None:
    head, _, operation = value.partition("-")
    for text in (value.upper(), _MARKINGS.get(value.upper(), "")):
        try:
            return parse_marking(text).text
        except MarkingError:
            continue
    if head.upper() in _MARKINGS and operation.isalpha():
        return f"{_MARKINGS[head.upper()]}; operation={operation.upper()}"
    return None


def _grade(entry: Entry) -> None:
    parts: dict[str, Value] = {}
    for name, meaning, codes in _GRADES:
        column = next((c for c in entry.find(meaning) if set(c.values) <= set(codes)), None)
        if column is not None:
            parts[name] = Value(column.name)
    whole = next((c for c in entry.find("graded") if c.share("grade") > 0), None)
    if len(parts) == len(_GRADES):
        entry.grade = parts
        entry.used |= {value.column for value in parts.values() if value.column is not None}
    elif whole is not None:
        entry.grade = Value(whole.name)
        entry.used.add(whole.name)
