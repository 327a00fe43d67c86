"""The fixed statements of `cypher/`, loaded and checked once, each with its name, parameters, columns and mode."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import LiteralString

_HEADER = re.compile(r"^// (params|returns|mode|allows): ?(.*)$")
_NAME = re.compile(r"^\s*([a-z][a-z_0-9]*)\s*:\s*(.+?)\s*$")
_PARAMETER = re.compile(r"\$([a-z][a-z_0-9]*)")


class Mode(StrEnum):
    """`read`: for a viewer, tests `$allowed`; `internal`: the loader's and resolver's own reading; `write`: changes."""

    READ = "read"
    INTERNAL = "internal"
    WRITE = "write"


class StatementError(ValueError):
    """A statement file or a call of one is wrong; the message names the statement."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: `link/frontier`, its first sentence, its text, and what goes in and comes out."""

    name: str
    summary: str
    text: LiteralString
    params: frozenset[str]
    columns: tuple[str, ...]
    mode: Mode
    allows: frozenset[str]

    @property
    def together(self) -> LiteralString:
        """Its text with all rows in one record, `rows`: lists in the order of the columns.

        A record of its own costs the driver 15 us and two waits for the network, a list among others 3.
        """
        # Names of columns come from the header of a file of this package: they are as literal as its text.
        columns = ", ".join(self.columns)
        return f"CALL () {{\n{self.text}\n}}\nRETURN collect([{columns}]) AS rows"

    def numbered(self, place: int) -> LiteralString:
        """Its text as one of several, its own parameters numbered, all rows in one record `rows_<place>`."""
        text = _PARAMETER.sub(lambda found: found[0] if found[1] == "allowed" else f"{found[0]}_{place}", self.text)
        columns = ", ".join(self.columns)
        return f"CALL () {{\nCALL () {{\n{text}\n}}\nRETURN collect([{columns}]) AS rows_{place}\n}}"

    def check(self, given: Mapping[str, object]) -> None:
        """Raise StatementError where parameters are unknown or missing."""
        unknown, missing = sorted(given.keys() - self.params), sorted(self.params - given.keys())
        if unknown or missing:
            raise StatementError(f"statement {self.name}: unknown parameters {unknown}, missing {missing}")


def parse(name: str, text: str) -> Statement:
    """The statement of a file's text; raises StatementError where the header is incomplete or does not fit the body."""
    lines = text.splitlines()
    head = [line for line in lines if line.startswith("//")]
    fields = {match[1]: match[2] for line in head if (match := _HEADER.match(line))}
    body = "\n".join(line for line in lines if not line.startswith("//")).strip()
    if not head or _HEADER.match(head[0]) or {"params", "returns", "mode"} - fields.keys():
        raise StatementError(f"statement {name}: the header needs a sentence, params, returns and mode")
    params = frozenset(_names(name, fields["params"]))
    used = frozenset(_PARAMETER.findall(body))
    if params != used:
        raise StatementError(f"statement {name}: header and body differ in {sorted(params ^ used)}")
    mode = Mode(fields["mode"].strip())
    if mode is Mode.READ and "allowed" not in used:
        raise StatementError(f"statement {name}: a read must test $allowed")
    allows = frozenset(fields.get("allows", "").replace(",", " ").split())
    columns = tuple(_names(name, fields["returns"]))
    # Files of this package are the only source of text, so it is as literal as a constant.
    return Statement(name, head[0][3:].strip(), body, params, columns, mode, allows)


def _names(statement: str, text: str) -> Iterator[str]:
    for part in re.split(r",(?![^(]*\))", text) if text.strip() else ():
        match = _NAME.match(part)
        if match is None:
            raise StatementError(f"statement {statement}: {part.strip()!r} is not name: type")
        yield match[1]


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".cypher"):
            yield prefix + entry.name.removesuffix(".cypher"), entry.read_text("utf-8")


@cache
def statements() -> dict[str, Statement]:
    """Every statement by name; migrations are read by `graph.schema` and are not among them."""
    found = ((name, text) for name, text in _walk(files("cypher"), "") if not name.startswith("migration/"))
    return {name: parse(name, text) for name, text in found}


@cache
def several(names: tuple[str, ...]) -> LiteralString:
    """The text that asks these read statements in one, each `numbered` by its place."""
    asked = "\n".join(statement(name).numbered(place) for place, name in enumerate(names))
    return f"{asked}\nRETURN {', '.join(f'rows_{place}' for place in range(len(names)))}"


def statement(name: str) -> Statement:
    """The statement of that name; raises StatementError where there is none."""
    found = statements().get(name)
    if found is None:
        raise StatementError(f"there is no statement {name}")
    return found
