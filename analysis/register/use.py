"""What an analytic reads, as its code and statements have it; and whether any of that is denied.

Source of what is denied: the protected characteristics of the Equality Act 2010, s.4.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from analysis.register import About, Analytic
from graph.model import KINDS, LINKS
from graph.statements import statements

# What is said of a thing whatever the question: its id, kind and label, how well attested it is, who may see it.
_OF_EVERYTHING = frozenset({"id", "kind", "label", "mk"})
_OF_RECORDS = ("grade", "role", "at", "valid_from", "valid_to", "recorded_at", "source")
_PROPERTIES = frozenset({prop.name for kind in KINDS.values() for prop in kind.properties} | {*_OF_RECORDS})
_READ = re.compile(r"\b[a-z]\w*\.([a-z_]+)\b")
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
# The rooms whose modules are an analytic's own; what it takes of others is what everybody reads with.
_OWN = ("alert", "analysis", "resolution")


@dataclass(frozen=True, slots=True)
class Use:
    """The modules and statements of an analytic, and what these read: link types, and properties of nodes and links."""

    modules: tuple[str, ...]
    statements: tuple[str, ...]
    link_types: tuple[str, ...]
    properties: tuple[str, ...]


def use_of(analytic: Analytic) -> Use:
    """What an analytic reads."""
    modules = sorted(_reached(analytic.code))
    asked = sorted({text for module in modules for text in _texts(module)} & set(statements()))
    text = "\n".join(statements()[name].text for name in asked)
    return Use(
        tuple(modules),
        tuple(asked),
        tuple(sorted(set(_TYPE.findall(text)) & set(LINKS))),
        tuple(sorted((set(_READ.findall(text)) & _PROPERTIES) - _OF_EVERYTHING)),
    )


def denied(analytic: Analytic) -> list[str]:
    """What an analytic reads although it may not, each with where."""
    told = _NEVER if analytic.about is About.IDENTITY else set(PROTECTED)
    used = use_of(analytic)
    found = [
        f"{analytic.name}: cypher/{name}.cypher reads {word} ({PROTECTED[word]})"
        for name in used.statements
        for word in sorted(set(_READ.findall(statements()[name].text)) & told)
    ]
    return found + [
        f"{analytic.name}: {module} names {word} ({PROTECTED[word]})"
        for module in used.modules
        for word in sorted(set(_texts(module)) & told)
    ]


def _reached(code: Iterable[str]) -> set[str]:
    """These modules and, in the rooms of analytics, whatever they import from there."""
    found: set[str] = set()
    waiting = list(code)
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += [name for name in _imports(module) if name.split(".")[0] in _OWN]
    return found


@lru_cache
def _tree(module: str) -> ast.Module:
    room, *path = module.split(".")
    return ast.parse(files(room).joinpath(*path[:-1], f"{path[-1]}.py").read_text("utf-8"))


def _imports(module: str) -> Iterator[str]:
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from [node.module] if "." in node.module else (f"{node.module}.{each.name}" for each in node.names)


def _texts(module: str) -> Iterator[str]:
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
