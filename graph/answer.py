"""What reads give back: entities, links, records and pages of them, as one viewer may see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class EntityView:
    """A thing: its id, kind, marking number (None for values), label and properties by their names in the model."""

    id: str
    kind: str
    mk: int | None
    label: str
    properties: Mapping[str, Any]
    moved_from: str | None = None


@dataclass(frozen=True, slots=True)
class LinkView:
    """One statement about two things; `source` and `mk` are local numbers, times epoch seconds, `grade` packed."""

    id: str
    type: str
    origin: EntityView
    target: EntityView
    mk: int
    source: int | None
    grade: int | None
    role: str | None
    status: str | None
    valid_from: int | None
    valid_to: int | None
    precision: int | None
    recorded_at: int
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordView:
    """What one source says about one thing: normalised properties, grade, version, and the entity it belongs to.

    `recorded_at`, `as_of`: the dates of its first and of its newest live statement, epoch seconds.
    """

    id: str
    source: int
    kind: str
    key: str
    mk: int
    version: int
    grade: int | None
    recorded_at: int
    superseded_at: int | None
    properties: Mapping[str, Any]
    entity: str | None
    as_of: int | None = None


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source: its local number, id, name, owner and priority (higher wins)."""

    n: int
    id: str
    name: str
    owner: str | None
    priority: int


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A slice of a totally ordered list: the items, a sealed cursor for each, and whether more follow or precede."""

    items: tuple[T, ...]
    cursors: Sequence[str]
    has_next: bool
    has_previous: bool


@dataclass(frozen=True, slots=True)
class Truncation:
    """What was left out and why; `suppressed` counts visible things, `entity` is the crowded node, if any."""

    reason: str
    suppressed: int
    entity: EntityView | None = None


@dataclass(frozen=True, slots=True)
class NetworkView:
    """Nodes and the links among them."""

    nodes: tuple[EntityView, ...]
    links: tuple[LinkView, ...]
    truncated: Truncation | None = None


@dataclass(frozen=True, slots=True)
class LinkFilter:
    """Which links a question walks. None is no limit; `grade` is (worst source, latest letter), None the default.

    `pass_crowded`: what very many share is passed through too.
    """

    types: tuple[str, ...] | None = None
    roles: tuple[str, ...] | None = None
    kinds: tuple[str, ...] | None = None
    direction: str = "BOTH"
    since: int | None = None
    until: int | None = None
    grade: tuple[int, int] | None = None
    valid_at: int | None = None
    known_at: int | None = None
    exclude_ids: tuple[str, ...] = ()
    exclude_kinds: tuple[str, ...] = field(default=())
    pass_crowded: bool = False


# How exactly a date is known, by the packed number of a link.
PRECISIONS = {1: "YEAR", 2: "MONTH", 3: "DAY", 4: "MINUTE", 5: "SECOND"}


def iso(epoch: int | None) -> str | None:
    """Epoch seconds as ISO 8601, UTC."""
    return None if epoch is None else datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_of(epoch: int) -> str:
    """The day of epoch seconds as ISO 8601, UTC."""
    return datetime.fromtimestamp(epoch, UTC).date().isoformat()


def unpack_grade(grade: int) -> tuple[int, str, str]:
    """Source 1 to 3, letter A to E, handling P or C of a packed grade."""
    return grade // 100, "ABCDE"[grade // 10 % 10 - 1], "PC"[grade % 10 - 1]


def pack_grade(source: int, letter: str, handling: str) -> int:
    """A grade as one small integer: 1A P is 111, 3E C is 352."""
    return source * 100 + ("ABCDE".index(letter) + 1) * 10 + "PC".index(handling) + 1
