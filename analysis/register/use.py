"""What an analytic reads, as its code and statements have it; and whether any of that is denied.

Denied are protected characteristics, parts as a victim or witness, and searches that found nothing, as
`graph.read.denied` has them.
Source: the protected characteristics of the Equality Act 2010, s.4.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from analysis.register import About, Analytic
from analysis.register.excepted import SHARED, Denial
from analysis.register.given import others
from analysis.register.reach import reached
from graph.model import KINDS, LINKS
from graph.statements import Statement, statements

# What is said of a thing whatever the question: its id, kind and label, how well attested it is, who may see it.
_OF_EVERYTHING = frozenset({"id", "kind", "label", "mk"})
_OF_RECORDS = ("grade", "role", "at", "valid_from", "valid_to", "recorded_at", "source")
_PROPERTIES = frozenset({prop.name for kind in KINDS.values() for prop in kind.properties} | {*_OF_RECORDS})
# `p.gender`, `p {.gender}` and `p['gender']`.
_READ = re.compile(r"(?:\w|[{,]\s*)\.([a-z_]+)\b|\['([a-z_]+)'\]")
_TYPE = re.compile(r"(?<=[:|])[A-Z][A-Z_]+\b")
# Each property of a person that is, or stands for, a protected characteristic.
PROTECTED: Mapping[str, str] = {
    "ethnicity_self": "race",
    "ethnicity_observed": "race",
    "nationality": "race",
    "place_of_birth": "race",
    "gender": "sex",
    "date_of_birth": "age",
    "year_of_birth": "age",
    "age": "age",
    "title": "sex, marriage",
    "maiden_name": "marriage",
}
# Whether two records are one person is not told without birth and sex; these say nothing of it.
_NEVER = {"ethnicity_self", "ethnicity_observed", "nationality"}
_KNOWN = "_known"
# Parts in events, by name or as one of all types, or all but a few, that lead to something; an end without a name is
# only there.
_ANY = r"\bINVOLVED_IN\b|\[\w*(:![^\]]*)?\]->?\(\w"
_PARTS, _SEARCHES = re.compile(_ANY), re.compile(rf"{_ANY}|\bStopSearch\b")


@dataclass(frozen=True, slots=True)
class Use:
    """The modules and statements of an analytic, and what these read: link types, and properties of nodes and links."""

    modules: tuple[str, ...]
    statements: tuple[str, ...]
    link_types: tuple[str, ...]
    properties: tuple[str, ...]


def use_of(analytic: Analytic) -> Use:
    """What an analytic reads."""
    modules = reached(analytic.code)
    asked = _asked(modules)
    text = "\n".join(statements()[name].text for name in asked)
    return Use(
        tuple(sorted(modules)),
        tuple(asked),
        tuple(sorted(set(_TYPE.findall(text)) & set(LINKS))),
        tuple(sorted((read_in(text) & _PROPERTIES) - _OF_EVERYTHING)),
    )


def denied(analytic: Analytic) -> list[str]:
    """What an analytic reads although it may not, each with where; and what it is excepted from without need."""
    told = _NEVER if analytic.about is About.IDENTITY else set(PROTECTED)
    modules = reached(analytic.code)
    asked = [statements()[name] for name in _asked(modules)]
    found = [
        f"cypher/{each.name}.cypher reads {word} ({PROTECTED[word]})"
        for each in asked
        for word in sorted(read_in(each.text) & told)
    ]
    found += [
        f"{module} names {word} ({PROTECTED[word]})"
        for module in sorted(modules)
        for word in sorted({*_texts(modules[module]), *_attributes(modules[module])} & told)
    ]
    unbounded = {(each.name, what): said for each in asked for what, said in breaches(each).items()}
    unbounded |= {(where, what): f"{where} is given another ${what} than the list" for where, what in others(modules)}
    own = {(name, what) for name, some in analytic.excepted.items() for what in some}
    shared = {(name, what) for name, some in SHARED.items() for what in some}
    found += [said for key, said in unbounded.items() if key not in own | shared]
    found += [f"{name} is excepted from ${what} and need not be" for name, what in sorted(own - set(unbounded))]
    return [f"{analytic.name}: {said}" for said in found]


def breaches(statement: Statement) -> dict[Denial, str]:
    """How a statement may tie somebody by what ties nobody: what it reads without leaving that out."""
    return {
        what: f"cypher/{statement.name}.cypher reads parts in events without ${what}: {whose} too"
        for what, read, whose in (
            (Denial.WITHHELD, _PARTS, "victims' and witnesses'"),
            (Denial.NOTHING, _SEARCHES, "searches that found nothing"),
        )
        if read.search(statement.text) and what not in statement.params
    }


def _asked(modules: Mapping[str, Collection[ast.AST]]) -> list[str]:
    asked = set[str]()
    for nodes in modules.values():
        named = set(_texts(nodes))
        # What was known at a moment is asked by another statement, whose name is made of the one's and this word.
        asked |= named | {f"{name}{_KNOWN}" for name in named if _KNOWN in named}
    return sorted(asked & set(statements()))


def read_in(text: str) -> set[str]:
    """The properties that a statement's text reads."""
    return {word for some in _READ.findall(text) for word in some if word}


def _texts(nodes: Collection[ast.AST]) -> Iterator[str]:
    for node in nodes:
        for each in ast.walk(node):
            if isinstance(each, ast.Constant) and isinstance(each.value, str):
                yield each.value


def _attributes(nodes: Collection[ast.AST]) -> Iterator[str]:
    """What is read of something by a name, but for what is called: `text.title()` is no form of address."""
    for node in nodes:
        called = {each.func for each in ast.walk(node) if isinstance(each, ast.Call)}
        for each in ast.walk(node):
            if isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Load) and each not in called:
                yield each.attr
