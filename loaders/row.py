"""What one row of a source says, checked and normalised: the hand-over from reading to writing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

# The property that holds the serials of the standards which values of a record fail; they are kept raw.
FAILED = "failed"
Value = str | int | float | list[str] | tuple[float, float]


class Code(StrEnum):
    """Why a row is rejected. Codes are published: none is renamed."""

    BAD_JSON = "bad-json"
    BAD_VALUE = "bad-value"
    COLUMN_COUNT = "column-count"
    HEADER_REPEATED = "header-repeated"
    KEY_TOO_LONG = "key-too-long"
    NO_KEY = "no-key"
    NO_KNOWN_COLUMN = "no-known-column"
    NO_VALUE = "no-value"
    NUL_BYTE = "nul-byte"
    ROW_KEY_REPEATED = "row-key-repeated"
    ROW_TOO_LONG = "row-too-long"
    TORN_QUOTE = "torn-quote"
    UNDATED_CHANGE = "undated-change"
    UNDECODABLE = "undecodable"
    UNKNOWN_MARKING = "unknown-marking"


class Missing(StrEnum):
    """What happens to a link whose end has not come: it waits, or a bare record stands in."""

    HOLD = "hold"
    MAKE = "make"


class End(NamedTuple):
    """One end of a link, in one of three forms.

    `record`: the name of a record of this row. `key` (with `source` and the `kinds` it may have, tried in order): a
    thing described elsewhere. `by` (scheme, normalised value): whoever any source says has this identifier.
    """

    kinds: tuple[str, ...]
    source: str
    record: str | None = None
    key: str | None = None
    by: tuple[str, str] | None = None
    missing: Missing = Missing.HOLD


class RecordClaim(NamedTuple):
    """What the row says about one thing.

    `key` is None only for a value kind that has none; `value` and `scheme` (type and issuer of a Document or Account,
    else empty) are set for value kinds only. `properties` are by model name, normalised; dates as ISO text of their
    precision, points as (latitude, longitude). `made` marks what a short form made.
    """

    name: str
    kind: str
    key: str | None
    marking: str
    grade: int | None
    properties: dict[str, Value]
    value: str | None = None
    scheme: str = ""
    valid: bool = True
    made: bool = False


class LinkClaim(NamedTuple):
    """One statement of the row about two things; times in epoch seconds, `precision` of `valid_from` 1 (year) to 5."""

    type: str
    origin: End
    target: End
    marking: str
    grade: int | None
    role: str | None = None
    status: str | None = None
    valid_from: int | None = None
    valid_to: int | None = None
    precision: int | None = None
    made: bool = False


class SourceRow(NamedTuple):
    """One good row: where it stood, its key, its own date, its marking, its content's hash, and all it says.

    `stamp`: by which it is known again (see `loaders.stamp`), nothing where it is to be checked whenever it comes;
    `found`: how often it fails each standard, as text.
    """

    line: int
    key: str
    as_of: int | None
    marking: str
    content: str
    raw: str
    records: tuple[RecordClaim, ...]
    links: tuple[LinkClaim, ...]
    stamp: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Reject:
    """One bad row: where it stood, the column (where one is to blame), a stable code, the reason and the value.

    `marking`: the row's own, None where it cannot be read.
    """

    line: int
    column: str | None
    code: Code
    reason: str
    value: str
    raw: bytes
    marking: str | None = None
