"""A YAML document read as text with line numbers, and the collection of everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_FEW = 12
# What PyYAML says, and what somebody who writes mappings has then mostly done.
_ADVICE = (
    ("cannot start any token", 'put the text in quotes; a template begins with a brace: "{Column}"'),
    ("expected <block end>", "the line stands too far in or out, or something above is not closed"),
    ("mapping values are not allowed", "put the text in quotes, or the line stands too far in"),
    ("expected ':'", "write a colon and a space after the name"),
    ("expected ',' or", "a bracket or brace above is not closed, or a comma is missing"),
    ("found unexpected end of stream", "a quote is not closed"),
    ("but found another document", "one mapping is one document: take the --- away"),
    ("undefined alias", "put the text in quotes"),
)


@dataclass(frozen=True, slots=True)
class Document:
    """One mapping file: its path as it is shown, and the mistakes found so far."""

    path: str
    problems: list[str]

    def problem(self, node: Node | int, text: str, *, word: str | None = None, among: Collection[str] = ()) -> None:
        """Note a mistake at a node or line; `word` and `among` add the nearest right name."""
        line = node if isinstance(node, int) else line_of(node)
        hint = hint_for(word, among) if word is not None else ""
        self.problems.append(f"{self.path}:{line}: {text}{hint}")

    def fields(self, node: Node, what: str, allowed: Collection[str] | None) -> dict[str, Node]:
        """The fields of a YAML mapping by name, without the wrong ones; `allowed` None takes any name."""
        if not isinstance(node, MappingNode):
            self.problem(node, f"{what} is {_shape(node)}, not a YAML mapping of names to values")
            return {}
        found: dict[str, Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, ScalarNode) else None
            if name is None:
                self.problem(key, f"{what}: a name is {_shape(key)}; put a template in quotes")
            elif name in found:
                self.problem(key, f"{what}: {name!r} stands twice")
            elif allowed is not None and name not in allowed:
                self.problem(key, f"{what}: unknown key {name!r}", word=name, among=allowed)
            else:
                found[name] = value
        return found

    def text(self, node: Node, what: str) -> str:
        """The text of a scalar, outer white space gone; empty and noted where the node is no scalar."""
        if isinstance(node, ScalarNode):
            return str(node.value).strip()
        flow = isinstance(node, MappingNode) and node.flow_style
        self.problem(node, f"{what} is {_shape(node)}, not a text" + ("; put a template in quotes" if flow else ""))
        return ""

    def items(self, node: Node, what: str) -> list[Node]:
        """The items of a sequence; empty and noted where the node is none."""
        if isinstance(node, SequenceNode):
            return list(node.value)
        self.problem(node, f"{what} is {_shape(node)}, not a list")
        return []

    def texts(self, node: Node, what: str) -> list[str]:
        """The texts of a sequence of scalars; a scalar alone is a list of one."""
        nodes = [node] if isinstance(node, ScalarNode) else self.items(node, what)
        return [self.text(item, what) for item in nodes]

    def choice(self, node: Node, what: str, among: Collection[str]) -> str | None:
        """The text of a scalar that must be one of a closed set, else None and noted."""
        text = self.text(node, what)
        if text in among:
            return text
        if isinstance(node, ScalarNode):
            self.problem(node, f"{what}: unknown {text!r}", word=text, among=among)
        return None


def compose(text: str, path: str, problems: list[str]) -> tuple[Document, Node | None]:
    """The document and its root node, None where it is empty or no YAML; every mistake goes to `problems`."""
    document = Document(path, problems)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        if tabs := _tabbed(text):
            for line in tabs:
                document.problem(line, "this is no YAML: the line begins with a tab; write spaces there")
            return document, None
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        said = error.problem or error.context or "it cannot be read"
        advice = next((advice for sign, advice in _ADVICE if sign in said), "correct it there or just above")
        document.problem(line, f"this is no YAML: {said}; {advice}")
        return document, None
    except yaml.YAMLError as error:
        document.problem(1, f"this is no YAML: {' '.join(str(error).split())}")
        return document, None
    if root is None:
        document.problem(1, "the file is empty; a mapping begins with `source:`")
    return document, root


def _tabbed(text: str) -> list[int]:
    """The lines that begin with a tab, or with spaces and a tab."""
    lines = enumerate(text.split("\n"), 1)
    return [number for number, line in lines if "\t" in line[: len(line) - len(line.lstrip())]]


def line_of(node: Node) -> int:
    """The line, from 1, on which a node begins."""
    return int(node.start_mark.line) + 1


def hint_for(word: str, among: Collection[str]) -> str:
    """The end of a message: the nearest right name, else all of them where they are few, else nothing."""
    near = nearest(word, among)
    if near is not None:
        return f"; did you mean '{near}'?"
    return f"; one of {', '.join(sorted(among))}" if 0 < len(among) <= _FEW else ""


def nearest(word: str, among: Iterable[str]) -> str | None:
    """The name that is most like a word, letter case aside; None where none is near."""
    names = {name.casefold(): name for name in sorted(among, reverse=True)}
    folded = word.casefold()
    longer = [name for name in names if len(folded) > 1 and name.startswith(folded)]
    found = get_close_matches(folded, names, n=1, cutoff=0.6) or (longer if len(longer) == 1 else [])
    return names[found[0]] if found else None


def _shape(node: Node) -> str:
    if isinstance(node, MappingNode):
        return "a YAML mapping"
    return "a list" if isinstance(node, SequenceNode) else f"the text {node.value!r}"
