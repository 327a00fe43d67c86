"""Every statement that `graph/generate.py` makes, as one text; `make docs` keeps it in `generated.cypher`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import LiteralString

from graph import generate
from graph.model import KINDS, LINKS
from graph.schema import key_index
from resolution.key import INDEXED

SNAPSHOT = Path(__file__).with_name("generated.cypher")
OF_KIND: tuple[Callable[[str], LiteralString], ...] = (
    generate.create_entities,
    generate.merge_entities,
    generate.merge_values,
    generate.retire_entities,
    generate.revive_entities,
)
OF_LINK: tuple[Callable[[str], LiteralString], ...] = (generate.create_links, generate.delete_links)


def texts() -> Iterator[tuple[str, LiteralString]]:
    """What makes each statement, as `create_entities Person`, and its text."""
    for make in OF_KIND:
        yield from ((f"{make.__name__} {kind}", make(kind)) for kind in KINDS)
    for make in OF_LINK:
        yield from ((f"{make.__name__} {link}", make(link)) for link in (*LINKS, "WAS"))
    yield from ((f"key_index {name}", key_index(name)) for name in INDEXED)


def render() -> str:
    """The snapshot: each statement under the name of what makes it."""
    return "\n".join(f"// {name}\n{text}" for name, text in texts()) + "\n"


if __name__ == "__main__":
    sys.stdout.write(render())
