"""The data dictionary: the model as a page of `docs/`, written by `python -m graph.model.dictionary`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from graph.model import KINDS, LINKS
from graph.model.core import Kind, LinkType


def dictionary() -> str:
    """The whole page as Markdown."""
    lines = [
        "# Data dictionary",
        "",
        "Written from the model in `graph/model` by `make docs`; change it there.",
        "",
        "Standards are serials of the NPCC Minimum POLE Data Standards Dictionary.",
        "",
        "## Kinds",
        "",
    ]
    for kind in KINDS.values():
        lines += _kind(kind)
    lines += ["## Links", ""]
    for link in LINKS.values():
        lines += _link(link)
    return "\n".join(lines).rstrip() + "\n"


def _kind(kind: Kind) -> Iterator[str]:
    yield from (f"### {kind.name}", "", f"{kind.description} Identity: {kind.identity.value}.", "")
    yield from ("| property | GraphQL | type | standard | meaning |", "| --- | --- | --- | --- | --- |")
    for each in kind.properties:
        type_ = f"list of {each.type.value}" if each.repeatable else each.type.value
        yield f"| {each.name} | {each.field} | {type_} | {each.standard or ''} | {each.description} |"
    yield ""


def _link(link: LinkType) -> Iterator[str]:
    yield from (f"### {link.name}", "", link.description, "")
    yield f"- from {', '.join(sorted(link.sources))}"
    yield f"- to {', '.join(sorted(link.targets))}"
    if link.roles:
        yield f"- roles {', '.join(link.roles)}"
    yield ""


if __name__ == "__main__":
    sys.stdout.write(dictionary())
