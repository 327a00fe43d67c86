"""Lines of a CSV file that are wrong in forty ways, each with what is to become of it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from loaders.row import Code

HEADER = "id,name,dob,sex,nhs,height,at,severity,lat,lon,marking,grade"
WIDTH = HEADER.count(",") + 1
MAPPING = """
source: test
marking: {column: marking}
files:
  - path: "rows.csv"
    row_key: "{id}"
    records:
      person:
        kind: Person
        key: "{id}"
        grade: {column: grade}
        properties:
          name: name
          date_of_birth: {column: dob, parse: date}
          gender: {column: sex, map: {M: Male, F: Female}, else: reject}
          nhs_number: nhs
          height_cm: height
      crime:
        kind: Crime
        key: "{id}"
        properties:
          occurred_from: {column: at, parse: datetime}
          severity: severity
          location: {latitude: lat, longitude: lon}
"""

Line = Callable[[str], bytes]


@dataclass(frozen=True)
class Wrong:
    """One way to be wrong: the line for a key, and the code it is rejected with or else the finding it counts."""

    name: str
    line: Line
    code: Code | None = None
    finding: str | None = None


def cells(key: str, **given: str) -> list[str]:
    said = dict.fromkeys(HEADER.split(","), "")
    said |= {"id": key, "name": "John Smith", "dob": "31/05/1984", "sex": "M", "lat": "53.5", "lon": "-2.2"} | given
    return list(said.values())


def good(key: str, **given: str) -> bytes:
    return ",".join(cells(key, **given)).encode()


def _with(**given: str) -> Line:
    return lambda key: good(key, **given)


def _replaced(old: bytes, new: bytes) -> Line:
    return lambda key: good(key).replace(old, new)


KINDS = (
    Wrong("quote that does not close", _replaced(b"John", b'"John'), Code.TORN_QUOTE),
    Wrong("quote that does not close at the end", lambda key: good(key) + b'"1A P', Code.TORN_QUOTE),
    Wrong("text after a closing quote", _replaced(b"John", b'"John"'), Code.TORN_QUOTE),
    Wrong("quote that opens after another within a cell", _replaced(b"John Smith,", b'Jo"hn,"'), Code.TORN_QUOTE),
    Wrong("quote within a cell", _replaced(b"John", b'Jo"hn'), finding="DS_031"),
    Wrong("too few cells", lambda key: key.encode() + b",John Smith", Code.COLUMN_COUNT),
    Wrong("one cell too many", lambda key: good(key) + b",", Code.COLUMN_COUNT),
    Wrong("hundreds of cells", lambda key: good(key) + b"," * 300, Code.COLUMN_COUNT),
    Wrong("another delimiter", lambda key: good(key).replace(b",", b";"), Code.COLUMN_COUNT),
    Wrong("words of a footer", lambda key: f"-- end of report {key} --".encode(), Code.COLUMN_COUNT),
    Wrong("NUL byte", _replaced(b"John", b"Jo\0hn"), Code.NUL_BYTE),
    Wrong("nothing but NUL bytes", lambda key: b"\0" * len(key), Code.NUL_BYTE),
    Wrong("byte of Windows-1252", _replaced(b"John", b"Jo\xebl"), Code.UNDECODABLE),
    Wrong("UTF-8 cut off", _replaced(b"John", b"Jo\xc3"), Code.UNDECODABLE),
    Wrong("overlong UTF-8", _replaced(b"John", b"Jo\xc0\xafhn"), Code.UNDECODABLE),
    Wrong("surrogate in UTF-8", _replaced(b"John", b"Jo\xed\xa0\x80hn"), Code.UNDECODABLE),
    Wrong("no key", lambda key: good("", name=key), Code.NO_KEY),
    Wrong("white space for a key", lambda key: good(" \t ", name=key), Code.NO_KEY),
    Wrong("nothing but delimiters", lambda key: b"," * (WIDTH - 1), Code.NO_KEY),
    Wrong("unknown marking", _with(marking="EYES ONLY"), Code.UNKNOWN_MARKING),
    Wrong("marking that is not declared", _with(marking="TOP SECRET"), Code.UNKNOWN_MARKING),
    Wrong("value that the map rejects", _with(sex="Q"), Code.BAD_VALUE),
    Wrong("the header again", lambda key: HEADER.encode(), Code.HEADER_REPEATED),
    Wrong("the header again with a mark", lambda key: b"\xef\xbb\xbf" + HEADER.encode(), Code.HEADER_REPEATED),
    Wrong("key too long", lambda key: good(key + "9" * 2_000), Code.KEY_TOO_LONG),
    Wrong("name too long", _with(name="John " + "x" * 2_001), Code.KEY_TOO_LONG),
    Wrong("grade that is none", _with(grade="9Z Q"), finding="GRADE"),
    Wrong("day that is none", _with(dob="31/02/1984"), finding="DS_034"),
    Wrong("month that is none", _with(at="2024-13-01 10:00"), finding="DS_001"),
    Wrong("birth to come", _with(dob="31/05/2984"), finding="DS_034"),
    Wrong("words for a date", _with(at="last Tuesday"), finding="DS_001"),
    Wrong("latitude out of range", _with(lat="153.5"), finding="DS_014"),
    Wrong("longitude that is no number", _with(lon="west"), finding="DS_015"),
    Wrong("number out of range", _with(height="1e400"), finding="NUMBER"),
    Wrong("number that is none", _with(severity="high"), finding="NUMBER"),
    Wrong("NHS number with a wrong check digit", _with(nhs="9434765918"), finding="NHS"),
    Wrong("control characters", _replaced(b"John", b"Jo\x07\x1bhn"), finding="DS_031"),
    Wrong("direction of writing turned round", _with(name="John\u202e Smith"), finding="DS_031"),
    Wrong("formula", _with(name="=cmd|'/C calc'!A0"), finding="DS_031"),
    Wrong("CR LF at the end of one line", lambda key: good(key) + b"\r"),
    Wrong("CR within a line", _replaced(b"John", b"John\r"), finding=None),
    Wrong("mark in the middle of a file", lambda key: b"\xef\xbb\xbf" + good(key)),
    Wrong("separators of lines in a name", _with(name="John\u2028Smith")),
)
# A few, for they are long.
HUGE = (
    Wrong("cell of ten megabytes", lambda key: good(key, name="x" * 10_000_000), Code.ROW_TOO_LONG),
    Wrong("quoted cell of ten megabytes", lambda key: good(key, name='"' + "x, " * 3_000_000 + '"'), Code.ROW_TOO_LONG),
)


def mixed(seed: int, rows: int, wrong: int) -> tuple[bytes, list[Wrong | None]]:
    """A file of good rows, every fifth with a quoted name, and wrong ones among them; of each line what it is."""
    chance = random.Random(seed)
    kinds: list[Wrong | None] = [KINDS[number % len(KINDS)] for number in range(wrong)]
    kinds += [*HUGE, *[None] * rows]
    chance.shuffle(kinds)
    lines = [HEADER.encode()]
    for number, kind in enumerate(kinds):
        if kind is not None:
            lines.append(kind.line(f"W{number}"))
        else:
            lines.append(good(f"G{number}", name='"Smith, John"' if number % 5 == 0 else "John Smith"))
    return b"\n".join(lines), kinds
