"""The data dictionary: the model as a page for people, `python -m graph.model.dictionary > docs/data-dictionary.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from graph.model import EVENTS, KINDS, LINKS, PERSON_NAME, Identity, Kind, LinkType, Property
from graph.model.event import EVENT_PROPERTIES

_HEAD = """# Data dictionary

The POLE model as it is declared in `graph/model/`; this page is written by `make docs`. DS numbers are serials of the
NPCC Minimum POLE Data Standards Dictionary. Dates are ISO text of their own precision (`2017`, `2017-08`, `2017-08-15`,
`2017-08-15T10:32Z`), points are WGS 84. Unknown codes are kept and counted, never refused. The name in GraphQL is the
same in camelCase where none is given. What can be ordered by walks an index: a list is then as quick as it is short."""

_IDENTITY = {
    Identity.RESOLVED: "resolved: records of several sources meet in one entity",
    Identity.KEYED: "keyed: one source's record, known by its key",
    Identity.VALUE: "value: the normalised value is the thing",
}
_COLUMNS = ("property", "type", "standard", "GraphQL", "meaning")


def render() -> str:
    """The whole page as Markdown: what every event has, each kind with its properties, each link type with its ends."""
    parts = [_HEAD, _contents(), "## Every event", _table(_COLUMNS, map(_row, EVENT_PROPERTIES)), "## Kinds"]
    for kind in KINDS.values():
        parts += _kind(kind)
    parts.append("## Links")
    for link in LINKS.values():
        parts += _link(link)
    return "\n\n".join(parts) + "\n"


def _contents() -> str:
    kinds = ", ".join(f"[{name}](#{name.lower()})" for name in KINDS)
    links = ", ".join(f"[{name}](#{name.lower()})" for name in LINKS)
    return f"Kinds: {kinds}.\n\nLinks: {links}."


def _kind(kind: Kind) -> Iterator[str]:
    own = [prop for prop in kind.properties if not (kind.event and prop in EVENT_PROPERTIES)]
    yield f"### {kind.name}"
    yield kind.description
    yield (
        f"Identity {_IDENTITY[kind.identity]}. In GraphQL `{kind.enum}`; labels "
        + ", ".join(f"`{label}`" for label in kind.labels)
        + (". Beside the properties of every event:" if kind.event else ".")
    )
    yield _table(_COLUMNS, map(_row, own))
    if kind.name == "Person":
        yield f"`{PERSON_NAME.name}` may be given instead of its parts: {PERSON_NAME.description}; it is not kept."


def _row(prop: Property) -> tuple[str, ...]:
    known = (("an identifier", prop.identifier), ("found by search", prop.searched), ("ordered by", prop.ordered))
    marks = [mark for mark, holds in known if holds]
    meaning = prop.description + (f" ({', '.join(marks)})" if marks else "")
    type_ = f"{prop.type}, repeatable" if prop.repeatable else str(prop.type)
    return f"`{prop.name}`", type_, prop.standard or "", f"`{prop.field}`" if prop.plural else "", meaning


def _link(link: LinkType) -> Iterator[str]:
    yield f"### {link.name}"
    yield link.description
    roles = ", ".join(f"`{role}`" for role in link.roles) or "none"
    yield _table(("from", "to", "roles"), [(_ends(link.sources), _ends(link.targets), roles)])


def _ends(kinds: frozenset[str]) -> str:
    if kinds == frozenset(EVENTS):
        return "any event"
    return ", ".join(name for name in KINDS if name in kinds)


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; a bar inside a cell is escaped."""
    head = tuple(columns)
    lines = [head, ("---",) * len(head), *(tuple(cell.replace("|", "\\|") for cell in row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    sys.stdout.write(render())
