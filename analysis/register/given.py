"""What the code of an analytic gives a statement for what ties nobody: the list of that, or something else."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping

from analysis.register.excepted import Denial
from analysis.register.reach import imports
from graph.read import denied
from graph.statements import statements

# The one list of each; whatever else is given lets through what the statement is there to leave out.
_LISTS = {Denial.WITHHELD: "WITHHELD_ROLES", Denial.NOTHING: "NOTHING_FOUND"}


def others(modules: Mapping[str, Collection[ast.AST]]) -> Iterator[tuple[str, Denial]]:
    """Where something else is given, and for which of them: the statement, or the module where that names none."""
    for module, nodes in modules.items():
        for node in nodes:
            for each in ast.walk(node):
                for name, value in _given(each):
                    if not _is_list(module, name, value):
                        yield from ((where, name) for where in _asked(each) or [module])


def _given(node: ast.AST) -> Iterator[tuple[Denial, ast.AST]]:
    """The values that a call or a dictionary has under these names."""
    pairs: list[tuple[object, ast.AST]] = []
    if isinstance(node, ast.Call):
        pairs = [(each.arg, each.value) for each in node.keywords]
    elif isinstance(node, ast.Dict):
        pairs = [(getattr(key, "value", None), value) for key, value in zip(node.keys, node.values, strict=True)]
    for name, value in pairs:
        if name in set(Denial):
            yield Denial(str(name)), value


def _is_list(module: str, name: Denial, value: ast.AST) -> bool:
    there = imports(module).get(value.id) if isinstance(value, ast.Name) else None
    return there == (denied.__name__, _LISTS[name])


def _asked(node: ast.AST) -> list[str]:
    """The statements that a call names."""
    texts = [getattr(each, "value", None) for each in getattr(node, "args", ())]
    return [text for text in texts if isinstance(text, str) and text in statements()]
