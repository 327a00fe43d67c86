"""How a column's values are to be read for a property: parse, formats, maps of codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from graph.model import KINDS, PERSON_NAME, Property, ValueType
from loaders.suggest.column import Column
from loaders.suggest.moment import Moments
from loaders.suggest.proposal import Value
from loaders.suggest.term import MARKERS_BY_WORD, marker_of
from loaders.suggest.vocabulary import words
from standards import code_list
from standards.text import fold

_ENOUGH = 0.8
_CODES = re.compile(r"\b[A-Z][A-Z_]{2,}\b")
_BOOLEAN = frozenset({"found"})
_MOST_MAPPED = 24
_LONGEST_CODE = 12


def property_of(kind: str, name: str) -> Property | None:
    """The property of a kind, a person's whole name too."""
    if kind == "Person" and name == PERSON_NAME.name:
        return PERSON_NAME
    return None if name == "value" else KINDS[kind].by_name.get(name)


def value_for(column: Column, declared: Property) -> Value | None:
    """How a column gives a property, None where its values cannot; an empty column gives whatever its name says."""
    if declared.type is ValueType.POINT:
        return None
    if not column.counts:
        return Value(column.name, note="the column is empty in this file: read by its name alone")
    if declared.type in (ValueType.DATE, ValueType.DATETIME):
        return None if column.moments is None else dated(column, day=declared.type is ValueType.DATE)
    if declared.type in (ValueType.INT, ValueType.FLOAT):
        whole = declared.type is ValueType.INT
        return Value(column.name, parse="int" if whole else "float") if _numeric(column, whole=whole) else None
    if declared.name == "gender":
        return _gender(column)
    if declared.name in _BOOLEAN and column.share("yes_no") == 1.0:
        return Value(column.name, parse="bool")
    return _coded(column, declared)


def _numeric(column: Column, *, whole: bool) -> bool:
    return column.share("int" if whole else "float") >= _ENOUGH


def dated(column: Column, *, day: bool = False) -> Value:
    """A column of dates with the formats that read it, and a word where day and month cannot be told apart."""
    found = column.moments or Moments((), timed=False, share=1.0)
    parse = "datetime" if found.timed and not day else "date"
    return Value(column.name, parse=parse, formats=found.formats, note=date_note(found))


def date_note(found: Moments) -> str:
    """What to say about the dates of a column, empty where nothing is doubtful."""
    if found.ambiguous:
        return "every date could also be read month first: day first is taken, as in Britain; look at it"
    if found.month_first:
        return "month first: as days first some of these dates do not exist"
    if any("YY" in form and "YYYY" not in form for form in found.formats):
        return "two-figure years are placed by the row's as_of, else the load's day"
    return ""


def _gender(column: Column) -> Value:
    """Codes spelled out; what the map does not know stays as it is."""
    checked = {value: code_list.check_gender(value) for value in column.values[:_MOST_MAPPED]}
    codes = {value: found.value for value, found in checked.items() if found.valid and fold(found.value) != fold(value)}
    if not codes or len(column.counts) > _MOST_MAPPED:
        return Value(column.name)
    return Value(column.name, map=codes, otherwise="keep")


def codes_of(declared: Property) -> tuple[str, ...]:
    """The codes of the model for a property, those that its description lists; markers' for a person's warnings."""
    described = KINDS["Marker"].by_name["type"] if declared.name == "warning" else declared
    if described.name == "type" and described in KINDS["Marker"].properties:
        return tuple(MARKERS_BY_WORD.values())
    found = tuple(_CODES.findall(described.description))
    return found if len(found) > 1 else ()


def _coded(column: Column, declared: Property) -> Value:
    codes = codes_of(declared)
    short = all(len(value) <= _LONGEST_CODE for value in column.values)
    if not codes or not column.few or not short or set(column.values) <= set(codes):
        return Value(column.name)
    found = map_codes(column.values, codes)
    if not found and codes[0] in MARKERS_BY_WORD.values():
        found = {value: code for value in column.values if (code := marker_of(words(value))) is not None}
    if not found:
        return Value(column.name, note=f"its codes are {', '.join(sorted(column.counts))}: a map may say what they are")
    return Value(column.name, map=found, otherwise="keep", note="the codes were matched by their words: look at them")


def map_codes(values: Iterable[str], codes: tuple[str, ...]) -> Mapping[str, str]:
    """Values mapped to the codes they say: whole, as a code's last words, or all of them as initials."""
    given = list(values)
    initials = {code[0]: code for code in codes}
    if all(len(value) == 1 for value in given) and len(initials) == len(codes) and set(given) <= initials.keys():
        return {value: initials[value] for value in given}
    found: dict[str, str] = {}
    for value in given:
        name = fold(value).upper().replace(" ", "_")
        ends = [code for code in codes if code == name or code.endswith(f"_{name}")]
        if name and len(ends) == 1:
            found[value] = ends[0]
    return found


def fits_codes(column: Column, declared: Property) -> bool:
    """True where every value of a column is one of the codes that the model lists for a property, or its initial."""
    codes = codes_of(declared)
    return bool(codes and column.counts) and len(map_codes(column.values, codes)) == len(column.counts)


def told_by(column: Column, text: Column) -> Mapping[str, str]:
    """Codes mapped to markers by what the text beside them mostly speaks of."""
    spoken: dict[str, Counter[str | None]] = {}
    for code, said in zip(column.cells, text.cells, strict=True):
        if code and said:
            spoken.setdefault(code, Counter())[marker_of(words(said))] += 1
    most = {code: counts.most_common(1)[0] + (counts.total(),) for code, counts in spoken.items()}
    return {code: name for code, (name, count, total) in most.items() if name is not None and count * 2 > total}
