"""What holds for every file: sizes, docstrings, and nothing that belongs to one machine."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project.tree import ROOMS, modules, name_of, tracked

MOST_LINES = 400
# Nobody edits what the schema decides, as long as the schema is.
GENERATED = "client/made/"
MACHINE_PATH = re.compile(r"(?:^|[^A-Za-z0-9._*-])/(?:work|farm|root|home/[a-z]\w*|Users/\w+)/")
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|repo1?\.maven\.(?:org|apache\.org)|registry\.npmjs\.org|anaconda\.org"
)
PUBLIC = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def _lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name_of(path)}:{number}: {line.strip()[:100]}"
        for path in tracked()
        for number, line in enumerate(_text(path).splitlines(), 1)
        if pattern.search(line)
    ]


def _text(path: Path) -> str:
    content = path.read_bytes()
    return "" if b"\0" in content else content.decode("utf-8", "replace")


def test_no_module_has_more_than_one_purpose() -> None:
    written = [path for path in modules() if not name_of(path).startswith(GENERATED)]
    long = {name_of(path): count for path in written if (count := len(_text(path).splitlines())) > MOST_LINES}
    assert long == {}, f"more than {MOST_LINES} lines: take them apart"


def test_no_path_of_a_machine() -> None:
    assert _lines_with(MACHINE_PATH) == []


def test_no_address_of_a_package_registry() -> None:
    assert _lines_with(REGISTRY) == []


def test_locks_hold_no_addresses() -> None:
    locks = [path for path in tracked() if path.suffix == ".lock" or re.match(r"requirements.*\.txt$", path.name)]
    assert {name_of(path) for path in locks} >= {"requirements.txt", "requirements-dev.txt", "graph/managed/jars.lock"}
    assert [name_of(path) for path in locks if "://" in _text(path)] == []


def _undocumented(path: Path) -> Iterator[str]:
    tree = ast.parse(_text(path))
    if not ast.get_docstring(tree):
        yield name_of(path)
    for node in tree.body:
        if isinstance(node, PUBLIC) and not node.name.startswith("_") and not ast.get_docstring(node):
            yield f"{name_of(path)}: {node.name}"


def test_every_public_name_says_what_it_is() -> None:
    ours = [path for path in modules() if name_of(path).split("/")[0] in ROOMS]
    assert [problem for path in ours for problem in _undocumented(path)] == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_what_it_is_for(room: str) -> None:
    assert any(name_of(path) == f"{room}/__init__.py" for path in modules())
