"""Values, conditions, markings and grades out of a mapping file, checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import available_timezones

import polars as pl
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from loaders.mapping.document import Document, line_of
from loaders.mapping.spec import Condition, Else, GradeSpec, Parse, ValueSpec
from loaders.mapping.template import PLACES, ROW, Template, TemplateError, column, constant, parse_template
from security.marking import FLOOR, MarkingError, parse_marking
from standards.code_list import parse_grade
from standards.date_format import FormatError, format_pattern

VALUE_KEYS = ("column", "value", "template", "parse", "formats", "zone", "extract", "map", "else")
_SOURCES = ("column", "value", "template")
_TESTS = ("in", "not_in", "matches")
_GRADE_CODES = {"source": ("1", "2", "3"), "intelligence": tuple("ABCDE"), "handling": ("P", "C")}
_ONLY_PYTHON = re.compile(r"\(\?(?:=|!|<=|<!|>|P=|\()|\\[1-9]|[*+?}]\+")


@dataclass(slots=True)
class Scope:
    """Where a part of a mapping stands: its document, its zone, the markings that may be used, columns named so far."""

    document: Document
    zone: str
    known: frozenset[str]
    columns: dict[str, int] = field(default_factory=dict)

    def template(self, node: Node, what: str) -> Template:
        """The template that a scalar says; its columns are noted."""
        text = self.document.text(node, what)
        try:
            found = parse_template(text)
        except TemplateError as error:
            self.document.problem(node, f"{what}: {error}")
            return constant("")
        self.use(found, node)
        return found

    def use(self, template: Template, node: Node) -> Template:
        """The template, its columns noted with the line that names them first."""
        for name in template.columns:
            if name not in (*PLACES, ROW):
                self.columns.setdefault(name, line_of(node))
        return template


def parse_value(scope: Scope, node: Node, what: str) -> ValueSpec:
    """The value that a node says; a plain text is a column."""
    if isinstance(node, ScalarNode):
        return _plain(scope, node, what, as_template=False)
    return _detailed(scope, node, what)


def parse_templated(scope: Scope, node: Node, what: str) -> ValueSpec:
    """The value that a node says where a plain text is a template, as in keys; it must name a column."""
    if not isinstance(node, ScalarNode):
        if isinstance(node, MappingNode) and _is_bare_template(node):
            name = node.value[0][0].value
            scope.document.problem(node, f'{what} is a YAML mapping; put a template in quotes: "{{{name}}}"')
            return ValueSpec(constant(""), line_of(node))
        return _detailed(scope, node, what)
    spec = _plain(scope, node, what, as_template=True)
    if not spec.source.columns and "{" not in node.value:
        scope.document.problem(node, f'{what} {node.value!r} names no column; write "{{{node.value}}}" for one')
    return spec


def _is_bare_template(node: MappingNode) -> bool:
    """True for `{Crime ID}` without quotes, which YAML takes for a mapping of one name to nothing."""
    return bool(node.flow_style) and len(node.value) == 1 and node.value[0][1].value == ""


def parse_constant(scope: Scope, node: Node, what: str) -> ValueSpec:
    """The value that a node says where a plain text is a constant, as in markings."""
    if isinstance(node, ScalarNode):
        return ValueSpec(constant(scope.document.text(node, what)), line_of(node), zone=scope.zone)
    return _detailed(scope, node, what)


def _plain(scope: Scope, node: ScalarNode, what: str, *, as_template: bool) -> ValueSpec:
    text = scope.document.text(node, what)
    if not text:
        scope.document.problem(node, f"{what} is empty; name a column")
        return ValueSpec(constant(""), line_of(node))
    template = scope.template(node, what) if as_template else scope.use(column(text), node)
    return ValueSpec(template, line_of(node), zone=scope.zone)


def _detailed(scope: Scope, node: Node, what: str, further: tuple[str, ...] = ()) -> ValueSpec:
    document = scope.document
    fields = document.fields(node, what, (*VALUE_KEYS, *further))
    source = _source(scope, node, fields, what)
    parse = document.choice(fields["parse"], f"{what}: parse", list(Parse)) if "parse" in fields else None
    otherwise, other = _otherwise(document, fields.get("else"), what)
    return ValueSpec(
        source,
        line_of(node),
        parse=None if parse is None else Parse(parse),
        formats=_formats(document, fields.get("formats"), what, time=parse == Parse.TIME),
        zone=parse_zone(document, fields["zone"]) if "zone" in fields else scope.zone,
        extract=_pattern(document, fields.get("extract"), f"{what}: extract"),
        map=_map(document, fields.get("map"), what),
        otherwise=otherwise,
        other=other,
    )


def _source(scope: Scope, node: Node, fields: Mapping[str, Node], what: str) -> Template:
    given = [name for name in _SOURCES if name in fields]
    if len(given) != 1:
        if isinstance(node, MappingNode):
            scope.document.problem(node, f"{what} needs one of column, value, template; it has {len(given)}")
        return constant("")
    inner = fields[given[0]]
    if given[0] == "template":
        return scope.template(inner, what)
    text = scope.document.text(inner, f"{what}: {given[0]}")
    return constant(text) if given[0] == "value" else scope.use(column(text), inner)


def _otherwise(document: Document, node: Node | None, what: str) -> tuple[Else, str]:
    if node is None:
        return Else.BAD, ""
    if isinstance(node, MappingNode):
        fields = document.fields(node, f"{what}: else", ("value",))
        return Else.VALUE, document.text(fields["value"], f"{what}: else") if "value" in fields else ""
    word = document.choice(node, f"{what}: else", ("keep", "drop", "reject"))
    return (Else.BAD if word is None else Else(word)), ""


def _map(document: Document, node: Node | None, what: str) -> Mapping[str, str] | None:
    if node is None:
        return None
    fields = document.fields(node, f"{what}: map", None)
    return {name.strip(): document.text(value, f"{what}: map") for name, value in fields.items()}


def _formats(document: Document, node: Node | None, what: str, *, time: bool) -> tuple[str, ...]:
    if node is None:
        return ()
    formats = tuple(document.texts(node, f"{what}: formats"))
    for form in formats:
        letters = re.sub(r"YYYY|YY|MM|DD|HH|mm|ss|Z|T", "", form)
        try:
            format_pattern(f"YYYY-MM-DD {form}" if time else form)
        except FormatError as error:
            document.problem(node, f"{what}: {error}")
            continue
        if re.search(r"[^\W\d_]|%", letters):
            document.problem(node, f"{what}: date format {form!r} has more than the tokens YYYY YY MM DD HH mm ss Z")
    return formats


def _pattern(document: Document, node: Node | None, what: str) -> re.Pattern[str] | None:
    """The pattern, checked against both engines whose common syntax the contract allows."""
    if node is None:
        return None
    text = document.text(node, what)
    plain = re.sub(r"\\\\|\[\^?\]?(?:\\.|[^\]\\])*\]", "", text)
    if _ONLY_PYTHON.search(plain):
        document.problem(node, f"{what}: {text!r} looks around or back; use what Rust's regex knows too")
        return None
    try:
        pattern = re.compile(text)
        pl.Series([""]).str.contains(text)
    except re.error as error:
        document.problem(node, f"{what}: {text!r} is no regular expression: {error}")
    except pl.exceptions.ComputeError:
        document.problem(node, f"{what}: {text!r} is more than the syntax that Rust's regex and Python's re share")
    else:
        return pattern
    return None


def parse_zone(document: Document, node: Node) -> str:
    """The name of a time zone, checked."""
    text = document.text(node, "zone")
    if text in available_timezones():
        return text
    document.problem(node, f"zone: unknown {text!r}", word=text, among=available_timezones())
    return "Europe/London"


def parse_conditions(scope: Scope, node: Node | None, what: str) -> tuple[Condition, ...]:
    """The conditions that must all hold; a text with braces is a template, one without a column, not to be empty."""
    if node is None:
        return ()
    nodes = node.value if isinstance(node, SequenceNode) else [node]
    return tuple(_condition(scope, item, f"{what}: when") for item in nodes)


def _condition(scope: Scope, node: Node, what: str) -> Condition:
    if isinstance(node, ScalarNode):
        return Condition(_plain(scope, node, what, as_template="{" in node.value))
    tests = _tests_of(node)
    return Condition(
        _detailed(scope, node, what, further=_TESTS),
        frozenset(scope.document.texts(tests["in"], f"{what}: in")) if "in" in tests else None,
        frozenset(scope.document.texts(tests["not_in"], f"{what}: not_in")) if "not_in" in tests else None,
        _pattern(scope.document, tests.get("matches"), f"{what}: matches"),
    )


def _tests_of(node: Node) -> dict[str, Node]:
    if not isinstance(node, MappingNode):
        return {}
    return {key.value: value for key, value in node.value if isinstance(key, ScalarNode) and key.value in _TESTS}


def parse_marking_value(scope: Scope, node: Node | None, what: str) -> ValueSpec | None:
    """The marking that a node says; a plain text is the marking itself. Constants are checked here."""
    if node is None:
        return None
    spec = parse_constant(scope, node, f"{what}: marking")
    constants = [] if spec.source.columns else [spec.source.fill(())]
    if spec.map is not None:
        constants = [*spec.map.values(), *([spec.other] if spec.otherwise is Else.VALUE else [])]
    for text in constants:
        _check_marking(scope, node, text)
    return spec


def _check_marking(scope: Scope, node: Node, text: str) -> None:
    try:
        canonical = parse_marking(text).text
    except MarkingError as error:
        scope.document.problem(node, str(error))
        return
    if scope.known and canonical not in scope.known and canonical != FLOOR.text:
        scope.document.problem(node, f"marking {text!r} is not declared", word=canonical, among=scope.known)


def parse_grade_value(scope: Scope, node: Node | None, what: str) -> GradeSpec | None:
    """The grade that a node says: one value such as `1A P`, or its parts; a part that is no code is a column."""
    if node is None:
        return None
    names = {key.value for key, _ in node.value if isinstance(key, ScalarNode)} if isinstance(node, MappingNode) else ()
    if isinstance(node, MappingNode) and not set(names) & set(_SOURCES):
        return _grade_parts(scope, node, what)
    whole = parse_constant(scope, node, f"{what}: grade")
    text = "" if whole.source.columns else whole.source.fill(())
    if not whole.source.columns and parse_grade(text) is None:
        scope.document.problem(node, f"{what}: {text!r} is no grade; write it like 1A P")
    return GradeSpec(whole=whole)


def _grade_parts(scope: Scope, node: MappingNode, what: str) -> GradeSpec | None:
    fields = scope.document.fields(node, f"{what}: grade", tuple(_GRADE_CODES))
    missing = [name for name in _GRADE_CODES if name not in fields]
    if missing:
        scope.document.problem(node, f"{what}: grade has no {', '.join(missing)}")
        return None
    source, intelligence, handling = (_grade_part(scope, fields[name], name, what) for name in _GRADE_CODES)
    return GradeSpec(parts=(source, intelligence, handling))


def _grade_part(scope: Scope, node: Node, name: str, what: str) -> ValueSpec:
    if isinstance(node, ScalarNode) and node.value.strip() in _GRADE_CODES[name]:
        return parse_constant(scope, node, what)
    return parse_value(scope, node, f"{what}: grade: {name}")
