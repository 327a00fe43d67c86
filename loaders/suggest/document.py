"""A proposal written as a mapping file: YAML with the reasons as comments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from loaders.mapping.spec import Format
from loaders.suggest.proposal import End, Entry, Link, Point, Record, Value

_PLAIN = re.compile(r"[A-Za-z_][\w /()&+.-]*")
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n", "~"})
_WIDE = 116
_DEFAULT_QUOTE = '"'


def render(source: str, entries: Sequence[Entry]) -> str:
    """The whole mapping file."""
    return "\n".join(_lines(source, entries)) + "\n"


def _lines(source: str, entries: Sequence[Entry]) -> Iterator[str]:
    yield "# Proposed by `polegraph mapping suggest`: read it, correct it, then `polegraph mapping check` it."
    yield f"source: {quoted(source)}  # the identity of the source; never change it once it is loaded"
    yield f"name: {quoted(source)}"
    yield 'owner: ""'
    yield "priority: 50  # which source wins where values differ; higher wins"
    yield "marking: OFFICIAL  # nothing in a file says who may see it: set it before the first load"
    yield "zone: Europe/London  # of times without a zone"
    yield ""
    yield "files:"
    for place, entry in enumerate(entries):
        if place:
            yield ""
        yield from _entry(entry)


def _entry(entry: Entry) -> Iterator[str]:
    yield from _comments(entry.notes, "  ")
    yield f"  - path: {quoted(entry.sniffed.path)}"
    yield from _layout(entry)
    if entry.row_key is not None:
        yield f"    row_key: {_text(entry.row_key)}"
    if entry.as_of is not None:
        yield from _value("    as_of: ", entry.as_of)
    elif entry.kind is not None:
        yield "    # no column says when a row was true: give --as-of when loading"
    if entry.marking is not None:
        yield from _value("    marking: ", entry.marking)
    yield from _grade(entry)
    if entry.records:
        yield "    records:"
        for record in entry.records:
            yield from _record(record)
    if entry.links:
        yield "    links:"
        for link in entry.links:
            yield from _link(link)
    if not entry.records and not entry.links:
        yield "    # what these rows say could not be told: write records or links"
        yield "    links: []"
    yield from _unused(entry)


def _layout(entry: Entry) -> Iterator[str]:
    layout = entry.sniffed.layout
    yield f"    format: {layout.format or Format.CSV}"
    if layout.format is Format.CSV and layout.delimiter not in (None, ","):
        yield f"    delimiter: {_text(layout.delimiter or ',')}"
    if layout.encoding is not None:
        yield f"    encoding: {layout.encoding}"
    if layout.skip_rows:
        yield f"    skip_rows: {layout.skip_rows}"
    if not layout.header:
        yield "    header: false"
        yield "    # the file has no header: give the columns better names, here and below"
        yield f"    columns: [{', '.join(quoted(name) for name in layout.columns)}]"


def _grade(entry: Entry) -> Iterator[str]:
    if isinstance(entry.grade, Value):
        yield from _value("    grade: ", entry.grade)
    elif entry.grade is not None:
        parts = ", ".join(f"{name}: {_flow(value)}" for name, value in entry.grade.items())
        yield f"    grade: {{{parts}}}"


def _record(record: Record) -> Iterator[str]:
    yield from _comments(record.notes, "      ")
    yield f"      {record.name}:"
    yield f"        kind: {record.kind}"
    if record.key is not None:
        yield f"        key: {record.key if record.key == 'row' else _text(record.key)}"
    if record.value is not None:
        yield f"        value: {_text(record.value)}"
    if isinstance(record.when, Value):
        among = ", ".join(map(quoted, record.among))
        yield f"        when: {{column: {quoted(record.when.column or '')}, in: [{among}]}}"
    elif record.when is not None:
        yield f"        when: {_text(record.when)}"
    if record.properties:
        yield "        properties:"
        for name, value in record.properties.items():
            yield from _value(f"          {name}: ", value)


def _value(lead: str, value: Value | Point | list[Value]) -> Iterator[str]:
    indent = " " * (len(lead) - len(lead.lstrip()))
    if isinstance(value, Point):
        names = ("easting", "northing") if value.grid else ("latitude", "longitude")
        yield f"{lead}{{{names[0]}: {quoted(value.first)}, {names[1]}: {quoted(value.second)}}}"
        return
    if isinstance(value, list):
        yield from _comments([one.note for one in value if one.note], indent)
        yield f"{lead}[{', '.join(_flow(one) for one in value)}]"
        return
    yield from _comments([value.note] if value.note else [], indent)
    yield lead + _flow(value)


def _flow(value: Value) -> str:
    """A value on one line: a bare column where that is all."""
    bare = value.parse is None and value.map is None and value.extract is None
    if value.column is not None and bare:
        return quoted(value.column)
    parts = [f"column: {quoted(value.column)}"] if value.column is not None else []
    parts += [f"template: {_text(value.template)}"] if value.template is not None else []
    parts += [f"value: {quoted(value.constant)}"] if value.constant is not None else []
    parts += [f"parse: {value.parse}"] if value.parse else []
    parts += [f"formats: [{', '.join(_form(form) for form in value.formats)}]"] if value.formats else []
    parts += [f"extract: {_text(value.extract)}"] if value.extract else []
    parts += [f"map: {_map(value.map)}"] if value.map else []
    parts += [f"else: {value.otherwise}"] if value.otherwise else []
    return f"{{{', '.join(parts)}}}"


def _form(form: str) -> str:
    return (
        form
        if re.fullmatch(r"[\w/. -]+(?: [\w:]+)?", form) and not form.isdigit() and ": " not in form
        else _text(form)
    )


def _map(found: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{quoted(value)}: {quoted(code)}" for value, code in found.items()) + "}"


def _link(link: Link) -> Iterator[str]:
    yield from _comments([note for note in link.notes if note], "      ")
    said = "".join(f"{name}: {_flow(value)}, " for name, value in link.properties.items()).removesuffix(", ")
    properties = f", properties: {{{said}}}" if said else ""
    line = f"      - {{type: {link.type}, from: {_end(link.origin)}, to: {_end(link.target)}{properties}}}"
    if len(line) <= _WIDE:
        yield line
        return
    yield f"      - type: {link.type}"
    yield f"        from: {_end(link.origin)}"
    yield f"        to: {_end(link.target)}"
    if link.properties:
        yield "        properties:"
        for name, value in link.properties.items():
            yield from _value(f"          {name}: ", value)


def _end(end: End) -> str:
    if end.record is not None:
        return end.record
    if end.by is not None:
        return f"{{kind: {end.kind}, by: {{{end.by}: {_text(end.key or '')}}}}}"
    return f"{{kind: {end.kind}, key: {_text(end.key or '')}}}"


def _unused(entry: Entry) -> Iterator[str]:
    left = entry.unused()
    if left:
        names = ", ".join(column.name for column in left)
        yield from _comments([f"columns not used: {names}"], "    ")


def _comments(notes: Sequence[str], indent: str) -> Iterator[str]:
    """Comments no wider than the page."""
    for note in notes:
        line = f"{indent}#"
        for word in " ".join(note.split()).split(" "):
            if len(line) + len(word) >= _WIDE:
                yield line
                line = f"{indent}#  "
            line += f" {word}"
        yield line


def _text(text: str) -> str:
    """A text in double quotes."""
    return json.dumps(text, ensure_ascii=False)


def quoted(text: str) -> str:
    """A text as a YAML scalar: bare where nothing in it means anything to YAML, also inside braces."""
    bare = _PLAIN.fullmatch(text) and text.casefold() not in _WORDS and text == text.strip()
    return text if bare and text.isascii() else _text(text)
