"""What a row says, counted: kept beside its stamp, so that a row which is not read is counted as one that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from graph.ids import short
from graph.model import KINDS, LINKS, Identity

if TYPE_CHECKING:
    from loaders.encode import Claim, ValueNode

# A letter for each (kind, made) and each (link type, made); which it is changes with the model, and the stamp with it.
_FIRST = 48
_KINDS, _TYPES = tuple(KINDS), tuple(LINKS)
_KIND_LETTERS = {(name, made): chr(_FIRST + 2 * at + made) for at, name in enumerate(_KINDS) for made in (False, True)}
_TYPE_LETTERS = {(name, made): chr(_FIRST + 2 * at + made) for at, name in enumerate(_TYPES) for made in (False, True)}
VALUE_KINDS = frozenset(name for name, kind in KINDS.items() if kind.identity is Identity.VALUE)


class Shape(NamedTuple):
    """What many rows say alike: the kinds of things and types of links (True: a short form made it), and findings."""

    things: tuple[tuple[str, bool], ...]
    links: tuple[tuple[str, bool], ...]
    findings: Mapping[str, int]


def said_text(
    claims: Sequence[Claim], values: Sequence[ValueNode], stated: Sequence[tuple[str, bool]], found: str
) -> str:
    """The shape of what a row says and, behind a dot, the `short` ids of its things; `found` as of `found_text`."""
    things = [(claim.kind, claim.made, claim.node) for claim in claims if claim.kind not in VALUE_KINDS]
    things += [(value.kind, value.made, value.id) for value in values]
    kinds = "".join([_KIND_LETTERS[kind, made] for kind, made, _ in things])
    links = "".join([_TYPE_LETTERS[link] for link in stated])
    return f"{kinds}|{links}|{found}.{''.join([short(id_) for _, _, id_ in things])}"


def found_text(findings: Mapping[str, int] | None) -> str:
    """How often a row fails each standard."""
    return ",".join(f"{serial}*{count}" for serial, count in sorted(findings.items())) if findings else ""


@lru_cache(maxsize=1 << 12)
def shape_of(text: str) -> Shape:
    """The shape that stands before the dot."""
    kinds, links, found = text.split("|")
    counts = (part.split("*") for part in found.split(",") if part)
    return Shape(
        tuple((_KINDS[(ord(letter) - _FIRST) // 2], bool((ord(letter) - _FIRST) % 2)) for letter in kinds),
        tuple((_TYPES[(ord(letter) - _FIRST) // 2], bool((ord(letter) - _FIRST) % 2)) for letter in links),
        Counter({serial: int(count) for serial, count in counts}),
    )
