"""The documents of the questions: files that an installation may also keep, to serve nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

DOCUMENTS = files("client").joinpath("documents")
_CHANGE = re.compile(r"\bmutation\b")
# A document's own line: `query search($text: String!) {`, then the question with its arguments.
_SELECTION = re.compile(r"^(\w+ .*?\{\n  \w+(?:\([^)]*\))?)(?: \{.*)?\n\}\n$", re.DOTALL)


@cache
def document(name: str) -> str:
    """The text of a question's document."""
    return DOCUMENTS.joinpath(f"{name}.graphql").read_text("utf-8")


@cache
def digest(name: str) -> str:
    """The id by which an installation knows a question's document."""
    return "sha256:" + sha256(document(name).encode()).hexdigest()


def selecting(name: str, select: str) -> str:
    """A question's document with another selection, as between the outer braces: `edges { node { id } }`."""
    match = _SELECTION.match(document(name))
    assert match is not None, f"{name}.graphql is not as the generator writes it"  # noqa: S101
    return f"{match[1]} {{\n{select}\n}}\n}}\n"


def reads(text: str) -> bool:
    """Whether a document can change nothing, so that it may be sent again; one that only says the word may not."""
    return _CHANGE.search(text) is None


def variables(given: Mapping[str, Any]) -> dict[str, Any]:
    """The variables that were given; what is None is left to the default of the schema."""
    return {name: value for name, value in given.items() if value is not None}
