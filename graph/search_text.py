"""What full text finds a thing by: the folded words of its searched properties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.model import KINDS
from standards.text import fold


def search_text(kind: str, properties: Mapping[str, Any]) -> str:
    """The distinct folded words of every searched property; identifiers also in one piece, without separators."""
    words: dict[str, None] = {}
    for declared in KINDS[kind].properties:
        if declared.searched and (value := properties.get(declared.name)) is not None:
            for text in value if isinstance(value, list) else [value]:
                folded = fold(str(text))
                words.update(dict.fromkeys(folded.split()))
                if declared.identifier:
                    words[folded.replace(" ", "")] = None
    return " ".join(words)
