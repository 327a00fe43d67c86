"""Sources and their files out of mapping files: everything wrong is said at once, before a row is read."""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from yaml.nodes import Node

from graph.errors import BadInput, MappingError
from loaders.mapping.document import Document, compose, line_of
from loaders.mapping.link import parse_links
from loaders.mapping.record import parse_records
from loaders.mapping.spec import FileMapping, Format, GradeSpec, Layout, SourceMapping, ValueSpec
from loaders.mapping.value import (
    Scope,
    parse_grade_value,
    parse_marking_value,
    parse_templated,
    parse_value,
    parse_zone,
)
from loaders.mapping.warning import warnings_of
from loaders.presets import PREFIX, preset_text
from security.marking import parse_marking

_KEYS = ("source", "name", "owner", "priority", "marking", "grade", "zone", "files")
_LAYOUT_KEYS = (
    "format", "delimiter", "quote", "encoding", "header", "columns", "skip_rows", "null_values", "trim"
)  # fmt: skip
_FILE_KEYS = ("path", *_LAYOUT_KEYS, "row_key", "as_of", "marking", "grade", "zone", "records", "links")
_YES, _NO = ("true", "yes", "on"), ("false", "no", "off")
_DEFAULT_PRIORITY = 50
_RESERVED = "made"


@dataclass(frozen=True, slots=True)
class _Part:
    """One mapping file's share of a source."""

    mapping: SourceMapping
    document: Document
    lines: Mapping[str, int]
    said: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Defaults:
    source: str
    zone: str
    marking: ValueSpec | None
    grade: GradeSpec | None
    known: frozenset[str]


def load_mappings(paths: Sequence[Path], markings: Sequence[str]) -> list[SourceMapping]:
    """The sources that mapping files describe, in order of first mention; several files may be parts of one.

    `markings` are the declared ones, empty where any may be used. Raises MappingError with every mistake of all files,
    each as `file:line: what is wrong`, and the nearest right name where there is one.
    """
    mappings, problems = read_mappings(paths, markings)
    if problems:
        raise MappingError(problems)
    return mappings


def mapping_of(text: str) -> SourceMapping:
    """The source that a text describes; raises MappingError."""
    problems: list[str] = []
    document, root = compose(text, "text", problems)
    if root is not None:
        part = _part(document, root, frozenset())
    if root is None or problems:
        raise MappingError(problems)
    return part.mapping


def read_mappings(paths: Sequence[Path], markings: Sequence[str]) -> tuple[list[SourceMapping], list[str]]:
    """What can be understood of mapping files, and every mistake in them, so that data can be held against the rest."""
    problems: list[str] = []
    known = frozenset(parse_marking(text).text for text in markings)
    parts = [part for path in paths for part in _read(path, known, problems)]
    sources: dict[str, list[_Part]] = {}
    for part in parts:
        sources.setdefault(part.mapping.source, []).append(part)
    mappings = [_merge(group) for group in sources.values()]
    if not paths:
        problems.append("no mapping file was given")
    return mappings, problems


def _read(path: Path, known: frozenset[str], problems: list[str]) -> list[_Part]:
    try:
        text = preset_text(str(path)) if str(path).startswith(PREFIX) else path.read_text(encoding="utf-8-sig")
    except BadInput as error:
        problems.append(error.message)
        return []
    except IsADirectoryError:
        problems.append(f"{path}: this is a folder; name the mapping file in it")
        return []
    except FileNotFoundError:
        problems.append(f"{path}: no such mapping file")
        return []
    except UnicodeDecodeError as error:
        problems.append(f"{path}: byte {error.start + 1} is not UTF-8; save the mapping as UTF-8")
        return []
    except OSError as error:
        problems.append(f"{path}: cannot be read: {error.strerror}")
        return []
    document, root = compose(text, str(path), problems)
    return [] if root is None else [_part(document, root, known)]


def _part(document: Document, root: Node, known: frozenset[str]) -> _Part:
    fields = document.fields(root, "mapping", _KEYS)
    names: tuple[str, ...] = ("source", "name", "owner", "priority")
    said = {name: document.text(fields[name], name) for name in names if name in fields}
    source = said.get("source", "")
    if not source:
        document.problem(fields.get("source", root), "the mapping has no source; write source: NAME")
    elif source == _RESERVED:
        document.problem(fields["source"], f"source {_RESERVED!r} is reserved; take another name")
    zone = parse_zone(document, fields["zone"]) if "zone" in fields else "Europe/London"
    scope = Scope(document, zone, known)
    defaults = _Defaults(
        source,
        zone,
        parse_marking_value(scope, fields.get("marking"), "source"),
        parse_grade_value(scope, fields.get("grade"), "source"),
        known,
    )
    if "files" not in fields:
        document.problem(root, "the mapping has no files")
    nodes = document.items(fields["files"], "files") if "files" in fields else []
    files = tuple(_file(document, node, defaults, scope.columns) for node in nodes)
    priority = _number(document, fields.get("priority"), "priority", _DEFAULT_PRIORITY)
    mapping = SourceMapping(
        source, said.get("name", source), said.get("owner", ""), priority, files, tuple(warnings_of(files))
    )
    return _Part(mapping, document, {name: line_of(node) for name, node in fields.items()}, said)


def _file(document: Document, node: Node, defaults: _Defaults, columns: Mapping[str, int]) -> FileMapping:
    fields = document.fields(node, "file", _FILE_KEYS)
    path = document.text(fields["path"], "path") if "path" in fields else ""
    if not path:
        document.problem(node, "file has no path")
    elif PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
        document.problem(fields["path"], f"path {path!r} must lie below the data folder")
    zone = parse_zone(document, fields["zone"]) if "zone" in fields else defaults.zone
    scope = Scope(document, zone, defaults.known, dict(columns))
    records = parse_records(scope, fields.get("records"))
    links = parse_links(scope, fields.get("links"), defaults.source, records)
    if not {"records", "links"} & set(fields):
        document.problem(node, f"file {path!r} has neither records nor links")
    marking = parse_marking_value(scope, fields.get("marking"), "file")
    return FileMapping(
        defaults.source,
        path,
        document.path,
        line_of(node),
        _layout(document, fields, path),
        records,
        links,
        row_key=parse_templated(scope, fields["row_key"], "row_key") if "row_key" in fields else None,
        as_of=parse_value(scope, fields["as_of"], "as_of") if "as_of" in fields else None,
        markings=tuple(spec for spec in (marking, defaults.marking) if spec is not None),
        grade=parse_grade_value(scope, fields.get("grade"), "file") or defaults.grade,
        known=defaults.known,
        columns=scope.columns,
    )


def _layout(document: Document, fields: Mapping[str, Node], path: str) -> Layout:
    formats = document.choice(fields["format"], "format", list(Format)) if "format" in fields else None
    columns = tuple(document.texts(fields["columns"], "columns")) if "columns" in fields else ()
    header = _flag(document, fields.get("header"), "header", default=not columns)
    if header and columns:
        document.problem(
            fields["columns"], "columns are for a file without a header; write header: false, or leave out"
        )
    if not header and not columns:
        document.problem(fields["header"], f"file {path!r} has no header, so it needs columns: [names]")
    if len(set(columns)) < len(columns):
        document.problem(fields["columns"], "columns: a name stands twice")
    return Layout(
        None if formats is None else Format(formats),
        _character(document, fields.get("delimiter"), "delimiter"),
        _quote(document, fields.get("quote")),
        _encoding(document, fields.get("encoding")),
        header,
        columns,
        _number(document, fields.get("skip_rows"), "skip_rows", 0),
        frozenset(document.texts(fields["null_values"], "null_values")) if "null_values" in fields else frozenset(),
        _flag(document, fields.get("trim"), "trim", default=True),
    )


def _flag(document: Document, node: Node | None, what: str, *, default: bool) -> bool:
    if node is None:
        return default
    word = document.choice(node, what, (*_YES, *_NO))
    return default if word is None else word in _YES


def _number(document: Document, node: Node | None, what: str, default: int) -> int:
    if node is None:
        return default
    text = document.text(node, what)
    if text.isascii() and text.isdigit():
        return int(text)
    document.problem(node, f"{what} {text!r} is no whole number from 0")
    return default


def _character(document: Document, node: Node | None, what: str) -> str | None:
    if node is None:
        return None
    # Not through `text`, which trims: a tab is a delimiter.
    value = str(getattr(node, "value", ""))
    value = {"\\t": "\t", "tab": "\t"}.get(value, value)
    if len(value) == 1 and value not in "\r\n":
        return value
    document.problem(node, f"{what} {value!r} is not one character")
    return None


def _quote(document: Document, node: Node | None) -> str:
    if node is None:
        return '"'
    return "" if getattr(node, "value", None) in ("", "none") else _character(document, node, "quote") or '"'


def _encoding(document: Document, node: Node | None) -> str | None:
    if node is None:
        return None
    text = document.text(node, "encoding")
    try:
        "".encode(text)
        return codecs.lookup(text).name
    except LookupError:
        common = ("utf-8", "utf-16", "windows-1252", "iso-8859-1", "iso-8859-15", "cp850")
        document.problem(node, f"encoding: unknown {text!r}", word=text, among=common)
        return None


def _merge(parts: Sequence[_Part]) -> SourceMapping:
    first = parts[0].mapping
    said: dict[str, str] = {}
    seen: set[str] = set()
    for part in parts:
        for name, text in part.said.items():
            if said.setdefault(name, text) != text:
                part.document.problem(
                    part.lines[name], f"{name} {text!r} of source {first.source!r} is {said[name]!r} in another file"
                )
        for file in part.mapping.files:
            if file.path in seen:
                part.document.problem(file.line, f"path {file.path!r} stands twice in source {first.source!r}")
            seen.add(file.path)
    return SourceMapping(
        first.source,
        said.get("name", first.source),
        said.get("owner", ""),
        int(said["priority"]) if said.get("priority", "").isdigit() else _DEFAULT_PRIORITY,
        tuple(file for part in parts for file in part.mapping.files),
        tuple(warning for part in parts for warning in part.mapping.warnings),
    )
