"""Templates over columns: `{Flat}, {Street}` with empty columns leaving no doubled or dangling separators."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

ROW, LINE, FILE = "#row", "#line", "#file"
PLACES = (LINE, FILE)

_TOKEN = re.compile(r"\{\{|\}\}|\{([^}]*)\}|\{|\}")
_WORDS = re.compile(r"[^\W_]+|[\W_]+")
_OPENING, _CLOSING = "([<\"'£$#+@", ")]>\"'%"


class TemplateError(ValueError):
    """A template that cannot be read; the message says which brace is wrong."""


@dataclass(frozen=True, slots=True)
class Text:
    """A piece that stands as it is: a word, or (`separates`) a separator that goes with an empty neighbour."""

    text: str
    separates: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A column's place in a template, with the brackets and signs that belong to its value."""

    name: str
    before: str = ""
    after: str = ""


Piece = Text | Column


@dataclass(frozen=True)
class Template:
    """A template taken apart; `columns` are the names it needs, in order."""

    pieces: tuple[Piece, ...]

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns it names, in order, with repeats."""
        return tuple(piece.name for piece in self.pieces if isinstance(piece, Column))

    @cached_property
    def alone(self) -> bool:
        """True where it is one column and nothing else."""
        return len(self.pieces) == 1 and self.columns != () and self.pieces[0] == Column(self.columns[0])

    @cached_property
    def form(self) -> str:
        """The template as a `%` format, for rows in which no column is empty."""
        parts = (
            p.text.replace("%", "%%") if isinstance(p, Text) else f"{_safe(p.before)}%s{_safe(p.after)}"
            for p in self.pieces
        )
        return "".join(parts)

    def fill(self, cells: Sequence[str]) -> str:
        """The text for one row's cells of `columns`; empty where every column is empty."""
        if all(cells):
            return self.form % tuple(cells)
        return self._fill_gaps(cells) if any(cells) else ""

    def _fill_gaps(self, cells: Sequence[str]) -> str:
        out: list[str] = []
        waiting, gap, values = "", False, iter(cells)
        for piece in self.pieces:
            if isinstance(piece, Text) and piece.separates:
                waiting = waiting or piece.text
                continue
            text = piece.text if isinstance(piece, Text) else next(values)
            if not text:
                gap = True
                continue
            if waiting and (out or not gap):
                out.append(waiting)
            out.append(text if isinstance(piece, Text) else f"{piece.before}{text}{piece.after}")
            waiting, gap = "", False
        return "".join(out) if gap else "".join(out) + waiting


def constant(text: str) -> Template:
    """The template that gives the same text for every row."""
    return Template((Text(text, separates=False),))


def column(name: str) -> Template:
    """The template that gives one column as it is."""
    return Template((Column(name),))


def parse_template(text: str) -> Template:
    """The template that a text says; `{{` and `}}` are braces. Raises TemplateError for a brace without its fellow."""
    pieces: list[str | Column] = [""]
    end = 0
    for match in _TOKEN.finditer(text):
        pieces[-1] = str(pieces[-1]) + text[end : match.start()]
        end = match.end()
        token = match[0]
        if token in ("{{", "}}"):
            pieces[-1] = str(pieces[-1]) + token[0]
        elif match[1] is None:
            raise TemplateError(f"template {text!r}: a {token!r} stands alone; write {token * 2} for the sign itself")
        else:
            pieces += [Column(_column_name(text, match[1])), ""]
    pieces[-1] = str(pieces[-1]) + text[end:]
    return Template(tuple(_join(pieces)))


def _column_name(text: str, inner: str) -> str:
    name = inner.strip()
    if not name:
        raise TemplateError(f"template {text!r}: nothing stands between the braces; write a column's name")
    if name.startswith("#") and name in (ROW, "#"):
        raise TemplateError(f"template {text!r}: unknown place {name!r}; one of {{#line}}, {{#file}}")
    return name


def _join(parts: list[str | Column]) -> list[Piece]:
    """The pieces in order, signs such as brackets handed to the column they touch."""
    pieces: list[Piece] = []
    for place in range(0, len(parts), 2):
        literal = str(parts[place])
        after_column, before_column = place > 0, place + 1 < len(parts)
        lead = len(literal) - len(literal.lstrip(_CLOSING)) if after_column else 0
        if lead:
            last = pieces[-1]
            pieces[-1] = Column(last.name, last.before, literal[:lead]) if isinstance(last, Column) else last
        rest = literal[lead:]
        tail = len(rest.rstrip(_OPENING)) if before_column else len(rest)
        pieces += [Text(word, separates=not word[0].isalnum()) for word in _WORDS.findall(rest[:tail])]
        if before_column:
            following = parts[place + 1]
            pieces.append(Column(following.name if isinstance(following, Column) else following, rest[tail:]))
    return pieces


def _safe(text: str) -> str:
    return text.replace("%", "%%")
