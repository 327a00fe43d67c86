"""How far an analytic reaches: from the modules that it begins in along their imports, as pieces of syntax.

A module of the rooms of analytics is reached whole. Of what everybody reads with, `graph.read`, only the definitions
that are named on the way are: a module that takes one word of it does not ask all that its questions ask.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files

_OWN = ("alert", "analysis", "resolution")
_SHARED = ("graph.read.", "graph.relevance")
_WHOLE = "*"


def reached(code: Collection[str]) -> dict[str, list[ast.AST]]:
    """The modules that are reached, each with the parts of it that are: itself, or definitions."""
    found: dict[tuple[str, str], ast.AST] = {}
    waiting = [(module, name or _WHOLE) for module, _, name in (each.partition(":") for each in code)]
    begun = {module for module, _ in waiting}
    while waiting:
        module, name = waiting.pop()
        if module.split(".")[0] in _OWN:
            name = _WHOLE
        elif module not in begun and not module.startswith(_SHARED):
            continue
        if (module, name) not in found:
            node = _tree(module) if name == _WHOLE else _definitions(module).get(name)
            # What a module has of another may be taken from it.
            waiting += _named(module, node) if node is not None else [imports(module)[name]]
            if node is not None:
                found[module, name] = node
    modules: dict[str, list[ast.AST]] = {}
    for (module, _), node in found.items():
        modules.setdefault(module, []).append(node)
    return modules


def _named(module: str, node: ast.AST) -> Iterator[tuple[str, str]]:
    """The definitions, here or elsewhere, that a part of a module names."""
    for each in ast.walk(node):
        if isinstance(each, ast.Name):
            if each.id in imports(module):
                yield imports(module)[each.id]
            elif each.id in _definitions(module) and not isinstance(node, ast.Module):
                yield module, each.id
    if isinstance(node, ast.Module):
        yield from imports(module).values()


@lru_cache
def _tree(module: str) -> ast.Module:
    room, *path = module.split(".")
    return ast.parse(files(room).joinpath(*path[:-1], f"{path[-1]}.py").read_text("utf-8"))


@lru_cache
def imports(module: str) -> Mapping[str, tuple[str, str]]:
    """What a module imports, by its name here: the other module, and the name there."""
    found = {}
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.ImportFrom) and node.module:
            for each in node.names:
                within = "." in node.module
                there = (node.module, each.name) if within else (f"{node.module}.{each.name}", _WHOLE)
                found[each.asname or each.name] = there
    return found


@lru_cache
def _definitions(module: str) -> Mapping[str, ast.AST]:
    """What a module defines at its top, by name."""
    found: dict[str, ast.AST] = {}
    for node in _tree(module).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found[node.name] = node
        for target in getattr(node, "targets", [getattr(node, "target", None)]):
            found |= {each.id: node for each in ast.walk(target or ast.Pass()) if isinstance(each, ast.Name)}
    return found
