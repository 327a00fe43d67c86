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
_HIGHEST = "SECRET"
_MOST = 24
_GRADES = (("source", "grade_source", "123"), ("intelligence", "grade_intelligence", "ABCDE"), ("handling", "grade_handling", "PC"))


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
        found = next((c for c in entry.find("occurred_from", "date") if c.moments is not None and c.full), None)
        if found is not None:
            value = dated(found)
            value.note = f"no column says when a row was changed; {found.name} is when it was written"
            return value
    last = entry.columns[-1] if entry.columns else None
    if last is not None and entry.kind in EVENTS and last.means("date") and last.full and last.name not in entry.used:
        value = dated(last)
        value.note = "a date at the end of the row that nothing else needs"
        return value
    return None


def _marking(column: Column) -> Value:
    """The markings that a column's codes stand for; one that is not known is taken for the highest, to be looked at."""
    found = {value: _marking_of(value) for value in column.values[:_MOST]}
    note = "look at every line: what a code stands for decides who may see the row"
    if any(text is None for text in found.values()):
        note += f"; codes that say nothing are taken for {_HIGHEST}"
    return Value(column.name, map={value: text or _HIGHEST for value, text in found.items()}, note=note)


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
