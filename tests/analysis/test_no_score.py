"""Nobody is scored for what they may do: each number beside somebody is on the register, or a plain count."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphql import (
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    get_named_type,
    is_list_type,
)
from graphql.type import get_nullable_type

from analysis.register import REGISTER
from tests.project.tree import ROOT

SCHEMA = (ROOT / "api" / "schema.graphql").read_text("utf-8")
FORESEES = re.compile(
    r"risk|offend|danger|threat|likel|propens|crimin|recidiv|guilt|suspicion|foresee|predict", re.IGNORECASE
)
# What an agency wrote in a referral, shown as it was recorded; and a share of errors among cells of the map.
RECORDED = {"Safeguarding.riskScore", "Hotspot.adjusted"}
# What plain questions count of what is recorded, how well it is what was typed, and where somebody put it on a page.
COUNTED = {
    *(f"CallAnalysis.{name}" for name in ("calls", "outgoing", "seconds", "byHour")),
    *(f"CallContact.{name}" for name in ("calls", "outgoing", "seconds")),
    *("CommonContact.calls", "ContactOf.calls", "SharedLink.overlapDays", "FacetValue.count"),
    *("SearchHit.score", "WorkspaceThing.x", "WorkspaceThing.y"),
}


def test_every_number_beside_somebody_is_on_the_register() -> None:
    told = {name: said for analytic in REGISTER.values() for name, said in analytic.numbers.items()}
    assert {*told, *COUNTED} == set(beside_somebody(build_schema(SCHEMA)))
    assert not COUNTED & set(told)
    assert [name for name, said in told.items() if FORESEES.search(f"{name.split('.')[1]} {said}")] == []


def test_no_number_is_named_or_described_as_what_somebody_may_do() -> None:
    assert set(foreseeing(build_schema(SCHEMA))) == RECORDED


def test_the_check_can_fail() -> None:
    """A number that is added to who holds a network together, to a plain list, and nowhere near a question."""
    scored = SCHEMA.replace("type KeyPlayer {", "type KeyPlayer {\n  reoffending: Float", 1)
    scored = scored.replace("type Vehicle ", 'type Likely { "How dangerous." level: Int }\n\ntype Vehicle ', 1)
    scored = scored.replace("type SharedLink {", "type SharedLink {\n  closeness: Float", 1)
    schema = build_schema(scored)
    assert set(foreseeing(schema)) - RECORDED == {"KeyPlayer.reoffending", "Likely.level"}
    assert {"KeyPlayer.reoffending", "SharedLink.closeness"} <= set(beside_somebody(schema))


def foreseeing(schema: GraphQLSchema) -> Iterator[str]:
    """The numbers of any type whose name or description says so."""
    for type_ in schema.type_map.values():
        for name, said in _numbers(type_):
            if FORESEES.search(f"{name} {said}"):
                yield f"{type_.name}.{name}"


def beside_somebody(schema: GraphQLSchema) -> Iterator[str]:
    """The numbers of whatever a question answers that stand beside one thing of the graph."""
    entity = schema.type_map["Entity"]
    assert isinstance(entity, GraphQLInterfaceType)
    things = {"Entity", *(each.name for each in schema.get_implementations(entity).objects)}
    assert schema.query_type is not None
    waiting = [get_named_type(field.type) for field in schema.query_type.fields.values()]
    # A watch has what its owner set, and a truncation how much is not shown.
    seen = {*things, "Link", "Record", "Watch", "Truncation"}
    while waiting:
        type_ = waiting.pop()
        if isinstance(type_, GraphQLObjectType) and type_.name not in seen:
            seen.add(type_.name)
            held = [get_nullable_type(field.type) for field in type_.fields.values()]
            waiting += [get_named_type(each) for each in held]
            if any(not is_list_type(each) and get_named_type(each).name in things for each in held):
                yield from (f"{type_.name}.{name}" for name, _ in _numbers(type_))


def _numbers(type_: GraphQLNamedType) -> Iterator[tuple[str, str]]:
    for name, field in getattr(type_, "fields", {}).items():
        if get_named_type(field.type).name in ("Int", "Float"):
            yield name, field.description or ""
