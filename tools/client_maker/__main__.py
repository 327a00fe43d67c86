"""`python -m tools.client_maker`: the files of the client that the schema decides."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from graphql import GraphQLSchema, build_schema, parse, print_ast, validate

from tools.client_maker import python
from tools.client_maker.selection import selection

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "api/schema.graphql"
_FIX = ("check", "--fix", "--quiet", "--select")
_RUFF = ((*_FIX, "F401"), (*_FIX, "I"), ("format", "--quiet"))
# What kind of operation each is, and what its documents' names begin with: a question may be watched too.
_ROOTS = {"Query": ("query", ""), "Mutation": ("mutation", ""), "Subscription": ("subscription", "watch")}


def made() -> Mapping[str, str]:
    """What is written, by its path in the project."""
    schema = build_schema(SCHEMA.read_text("utf-8"))
    modules = {
        "choice": python.choices(schema),
        "given": python.givens(schema),
        "answer": python.answers(schema),
        "question": python.questions(schema),
    }
    found = {"client/made/__init__.py": '"""What the schema decides: written by `make docs`."""\n'}
    found |= {f"client/made/{name}.py": _formatted(text, name) for name, text in modules.items()}
    return found | {f"client/documents/{name}.graphql": text for name, text in documents(schema).items()}


def documents(schema: GraphQLSchema) -> Mapping[str, str]:
    """The document of each question, by its name; raises ValueError for one that the schema does not allow."""
    found: dict[str, str] = {}
    for root, (word, prefix) in _ROOTS.items():
        kind = schema.type_map[root]
        for name, field in getattr(kind, "fields", {}).items():
            asked = ", ".join(f"${each}: {argument.type}" for each, argument in field.args.items())
            given = ", ".join(f"{each}: ${each}" for each in field.args)
            head = f"({asked})" if asked else ""
            asking = f"{name}({given})" if given else name
            own = prefix + name[0].upper() + name[1:] if prefix else name
            text = f"{word} {own}{head} {{ {asking} {{ {selection(schema, name, field)} }} }}"
            if errors := validate(schema, parse(text)):
                raise ValueError(f"{name}: {errors[0].message}")
            found[own] = print_ast(parse(text)) + "\n"
    return found


def _formatted(text: str, name: str) -> str:
    """As ruff formats and sorts it, without what nothing uses."""
    ruff = str(Path(sys.executable).with_name("ruff"))
    for arguments in _RUFF:
        command = [ruff, *arguments, "--stdin-filename", f"client/made/{name}.py", "-"]
        text = subprocess.run(command, input=text, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    return text


def main() -> None:
    """Write them, and take away what is no question any more."""
    files = made()
    for old in (ROOT / "client/documents").glob("*.graphql"):
        if f"client/documents/{old.name}" not in files:
            old.unlink()
    for name, text in files.items():
        (ROOT / name).parent.mkdir(exist_ok=True)
        (ROOT / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
