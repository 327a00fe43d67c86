"""Vehicle marks checked by the hundred: what a list of them says, and each with the vehicles that have it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson

from api.http import Refused
from graph.batch import batched
from graph.export.csv_files import cell
from standards.vehicle import check_vrm

MOST_MARKS = 500
MOST_LETTERS = 100
# Marks without a vehicle for which it is asked what they may be: a question each.
MOST_LIKELY = 50
# As many ids as one question takes.
CHUNK = 100
CSV = "text/csv"
_COLUMNS = (
    "mark",
    "vrm",
    "valid",
    "id",
    "label",
    "make",
    "model",
    "colour",
    "warnings",
    "flags",
    "keepers",
    "markings",
    "candidates",
)
Json = dict[str, Any]


def marks_of(body: bytes, *, table: bool) -> list[str]:
    """The marks of a body: `{"marks": [...]}`, or a CSV whose column `vrm` or `mark`, else its first, holds them.

    Raises Refused (400) where there are none, too many, or what is sent is neither.
    """
    found = _of_table(body) if table else _of_json(body)
    if not found:
        raise Refused(400, "marks: there are none")
    if len(found) > MOST_MARKS:
        raise Refused(400, f"marks: {len(found)} are more than {MOST_MARKS}; send them in several requests")
    if longest := next((mark for mark in found if len(mark) > MOST_LETTERS), None):
        raise Refused(400, f"marks: one has {len(longest)} characters, more than {MOST_LETTERS}")
    return found


def _of_json(body: bytes) -> list[str]:
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Refused(400, f"the body is no JSON: {error}") from None
    marks = content.get("marks") if isinstance(content, dict) and content.keys() == {"marks"} else None
    if not isinstance(marks, list) or not all(isinstance(mark, str) for mark in marks):
        raise Refused(400, 'the body is not {"marks": ["...", ...]}')
    return marks


def _of_table(body: bytes) -> list[str]:
    try:
        rows = [row for row in csv.reader(io.StringIO(body.decode("utf-8-sig")), strict=True) if any(row)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise Refused(400, f"the body is no CSV in UTF-8: {error}") from None
    heads = [name.strip().lower() for name in rows[0]] if rows else []
    column = next((heads.index(name) for name in ("vrm", "mark") if name in heads), None)
    if column is None:
        return [row[0] for row in rows]
    return [row[column] for row in rows[1:] if len(row) > column]


def chunks(marks: Iterable[str]) -> Iterator[list[str]]:
    """The different marks that can be one, as they are stored, by the hundred."""
    known = sorted({found for mark in marks if (found := _normal(mark)) is not None})
    return batched(known, CHUNK)


def unmatched(marks: Iterable[str], vehicles: Sequence[Mapping[str, Any]]) -> list[str]:
    """The different marks that none of these vehicles has, in their order; at most `MOST_LIKELY`."""
    known = {each["subject"]["vrm"] for each in vehicles}
    return list(dict.fromkeys(mark for mark in marks if mark.strip() and _normal(mark) not in known))[:MOST_LIKELY]


def checks(
    marks: Iterable[str],
    vehicles: Sequence[Mapping[str, Any]],
    links: Sequence[Mapping[str, Any]],
    likely: Mapping[str, Sequence[Mapping[str, Any]]],
) -> Json:
    """What is said of each mark, in their order; `likely`: what those may be that no vehicle has."""
    kept: dict[str, list[Json]] = {}
    for link in links:
        keeper = {**link["from"], "validFrom": link["validFrom"], "validTo": link["validTo"]}
        kept.setdefault(link["to"]["id"], []).append(keeper)
    by_mark: dict[str, list[Json]] = {}
    for each in vehicles:
        subject = each["subject"]
        told = {**subject, "warnings": each["warnings"], "flags": each["flags"], "keepers": kept.get(subject["id"], [])}
        by_mark.setdefault(told.pop("vrm"), []).append(told)
    return {"checks": [_check(mark, by_mark, likely) for mark in marks]}


def _check(mark: str, by_mark: Mapping[str, list[Json]], likely: Mapping[str, Sequence[Mapping[str, Any]]]) -> Json:
    vrm = _normal(mark)
    found = by_mark.get(vrm or "", [])
    may_be = [] if found else likely.get(mark)
    return {"mark": mark, "vrm": vrm, "valid": vrm is not None, "vehicles": found, "candidates": may_be}


def as_table(told: Json) -> bytes:
    """The same as CSV: a line for each mark and vehicle, one without a vehicle where there is none."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for check in told["checks"]:
        for vehicle in check["vehicles"] or [{}]:
            row = {**vehicle, **check, "valid": str(check["valid"]).lower()}
            for name in ("warnings", "flags"):
                row[name] = [each["code"] for each in vehicle.get(name, ())]
            row["candidates"] = [each["entity"]["label"] for each in check["candidates"] or ()]
            row["keepers"] = [keeper["label"] for keeper in vehicle.get("keepers", ())]
            writer.writerow([cell(row.get(name)) for name in _COLUMNS])
    return out.getvalue().encode("utf-8-sig")


def _normal(mark: str) -> str | None:
    found = check_vrm(mark)
    return found.value if found.valid else None
