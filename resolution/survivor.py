"""Which values of a thing are golden, by which rule, and what they beat; as the viewer may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.answer import RecordView
from graph.model import KINDS
from graph.open import Graph
from graph.read.entity import group
from graph.read.record import records_of
from resolution.golden import Golden, GoldenInput
from resolution.golden import golden as survivors
from security.viewer import Viewer


@dataclass(frozen=True, slots=True)
class GoldenView:
    """A golden value, the rule that chose it, its record, and what it beat."""

    property: str
    value: str
    rule: str
    record: RecordView
    others: tuple[tuple[str, tuple[RecordView, ...]], ...]


def golden(graph: Graph, viewer: Viewer, id: str) -> list[GoldenView]:  # noqa: A002 - the contract's name
    """The golden values of a subject's group over the records that the viewer may see, with what they beat."""
    members = group(graph, viewer, id)
    held = {each.id: each for found in records_of(graph, viewer, [m.id for m in members]).values() for each in found}
    if not held:
        return []
    kind = members[0].kind
    found = golden_of(graph, kind, held.values())
    return [
        GoldenView(
            field_of(kind, name),
            golden_text(found.values[name]),
            chosen.rule.value,
            held[chosen.record],
            tuple((golden_text(value), tuple(held[r] for r in ids)) for value, ids in chosen.others),
        )
        for name, chosen in found.provenance.items()
    ]


def golden_of(graph: Graph, kind: str, records: Iterable[RecordView]) -> Golden:
    """The golden record of these records, as the graph would store it."""
    source = graph.catalogue.source
    return survivors(kind, [GoldenInput(r.id, source(r.source).priority, r.as_of, r.properties) for r in records])


def field_of(kind: str, name: str) -> str:
    """The name of a property in the schema."""
    return KINDS[kind].by_name[name].field


def golden_text(value: object) -> str:
    """A golden value as text; several, in their order, with commas between."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
