"""Links out of a mapping file: types, ends and properties, checked against the model and the file's records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yaml.nodes import Node, ScalarNode, SequenceNode

from graph.model import KINDS, LINKS, LinkType
from loaders.mapping.document import line_of
from loaders.mapping.record import parse_key
from loaders.mapping.spec import EndSpec, LinkSpec, RecordSpec, ValueSpec
from loaders.mapping.value import (
    Scope,
    parse_conditions,
    parse_grade_value,
    parse_marking_value,
    parse_templated,
    parse_value,
)
from loaders.row import Missing

_KEYS = ("type", "from", "to", "when", "properties", "marking", "grade")
_END_KEYS = ("kind", "key", "source", "by", "missing")
_PROPERTIES = ("role", "status", "valid_from", "valid_to")
_FOUND_BY = {"Person": ("phone", "email", "vrm"), "Organisation": ("phone", "email", "vrm")}
_MAPPED = tuple(name for name in LINKS if name != "SAME_IDENTITY")


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What an end may refer to: the file's source and its records by name."""

    source: str
    records: Mapping[str, RecordSpec]


def parse_links(scope: Scope, node: Node | None, source: str, records: tuple[RecordSpec, ...]) -> tuple[LinkSpec, ...]:
    """The links under `links`, in order; one with a mistake is left out."""
    if node is None:
        return ()
    around = _Surroundings(source, {record.name: record for record in records})
    links = (_link(scope, item, around) for item in scope.document.items(node, "links"))
    return tuple(link for link in links if link is not None)


def _link(scope: Scope, node: Node, around: _Surroundings) -> LinkSpec | None:
    fields = scope.document.fields(node, "link", _KEYS)
    missing = [name for name in ("type", "from", "to") if name not in fields]
    if missing:
        scope.document.problem(node, f"link has no {', '.join(missing)}")
        return None
    name = scope.document.choice(fields["type"], "link type", _MAPPED)
    what = f"link {name}"
    origin = _end(scope, fields["from"], around, f"{what}: from")
    target = _end(scope, fields["to"], around, f"{what}: to")
    properties = scope.document.fields(fields["properties"], what, _PROPERTIES) if "properties" in fields else {}
    link_properties = {key: parse_value(scope, value, f"{what}: {key}") for key, value in properties.items()}
    when = parse_conditions(scope, fields.get("when"), what)
    marking = parse_marking_value(scope, fields.get("marking"), what)
    grade = parse_grade_value(scope, fields.get("grade"), what)
    if name is None or origin is None or target is None:
        return None
    _check_kinds(scope, node, LINKS[name], origin, target)
    return LinkSpec(LINKS[name], line_of(node), origin, target, when, link_properties, marking, grade)


def _check_kinds(scope: Scope, node: Node, link: LinkType, origin: EndSpec, target: EndSpec) -> None:
    for side, end, allowed in (("from", origin, link.sources), ("to", target, link.targets)):
        wrong = [kind for kind in end.kinds if kind not in allowed]
        if wrong:
            scope.document.problem(
                node, f"link {link.name}: {side} cannot be {', '.join(wrong)}; it may be {', '.join(sorted(allowed))}"
            )


def _end(scope: Scope, node: Node, around: _Surroundings, what: str) -> EndSpec | None:
    if isinstance(node, ScalarNode):
        name = scope.document.text(node, what)
        record = around.records.get(name)
        if record is None:
            scope.document.problem(node, f"{what}: no record {name!r} in this file", word=name, among=around.records)
            return None
        return EndSpec((record.kind.name,), around.source, record=name)
    fields = scope.document.fields(node, what, _END_KEYS)
    kinds = _kinds(scope, fields.get("kind"), node, what)
    if ("key" in fields) == ("by" in fields):
        scope.document.problem(node, f"{what} needs a key or a by, and one of them only")
        return None
    missing = scope.document.choice(fields["missing"], what, list(Missing)) if "missing" in fields else None
    if missing == Missing.MAKE and "by" not in fields:
        scope.document.problem(node, f"{what}: missing: make stands with by only")
    source = scope.document.text(fields["source"], f"{what}: source") if "source" in fields else around.source
    return EndSpec(
        kinds,
        source,
        key=parse_key(scope, fields["key"], f"{what}: key") if "key" in fields else None,
        by=_by(scope, fields["by"], kinds, what) if "by" in fields else None,
        missing=Missing.HOLD if missing is None else Missing(missing),
    )


def _kinds(scope: Scope, node: Node | None, parent: Node, what: str) -> tuple[str, ...]:
    if node is None:
        scope.document.problem(parent, f"{what} has no kind")
        return ()
    nodes = node.value if isinstance(node, SequenceNode) else [node]
    names = [(item, scope.document.text(item, f"{what}: kind")) for item in nodes]
    for item, name in names:
        if name not in KINDS:
            scope.document.problem(item, f"{what}: unknown kind {name!r}", word=name, among=KINDS)
    return tuple(name for _, name in names if name in KINDS)


def _by(scope: Scope, node: Node, kinds: tuple[str, ...], what: str) -> tuple[str, ValueSpec] | None:
    schemes = schemes_of(kinds)
    if kinds and not schemes:
        scope.document.problem(node, f"{what}: {', '.join(kinds)} has no identifier to be named by; write key:")
        return None
    fields = scope.document.fields(node, f"{what}: by", schemes or None)
    if len(fields) != 1:
        scope.document.problem(node, f"{what}: by needs one identifier; it has {len(fields)}")
        return None
    scheme, inner = next(iter(fields.items()))
    return scheme, parse_templated(scope, inner, f"{what}: by {scheme}")


def schemes_of(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """The identifiers by which things of these kinds can be named."""
    own = [p.name for kind in kinds for p in KINDS[kind].identifiers if p.name != "value"]
    return tuple(dict.fromkeys([*own, *(scheme for kind in kinds for scheme in _FOUND_BY.get(kind, ()))]))
