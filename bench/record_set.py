"""Labelled record sets as records of the Person model: one mapping for each family of sets, none for a single one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

Row = Mapping[str, Any]
Properties = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RecordSet:
    """Who each record of a set is, and pairs of people known to be mistaken for one another.

    `source`: of a link task, where only pairs of two sources count; `lookalikes`: by sort, pairs of `truth`.
    """

    name: str
    ids: list[str]
    truth: list[str]
    source: list[str] | None = None
    lookalikes: Mapping[str, list[tuple[str, str]]] = field(default_factory=dict)


def read_set(path: Path, family: str, name: str | None = None) -> RecordSet:
    """Return the truth of a Parquet file with the columns `uid`, `truth` and those that its family is mapped from.

    A file `<path>.lookalikes.json` beside it has the pairs by sort.
    """
    frame = pl.read_parquet(path, columns=[c for c in pl.read_parquet_schema(path) if c in ("uid", "truth", "src")])
    beside = path.with_suffix(".lookalikes.json")
    pairs = json.loads(beside.read_text("utf-8")) if beside.exists() else {}
    return RecordSet(
        name or path.stem,
        frame["uid"].cast(pl.String).to_list(),
        frame["truth"].cast(pl.String).to_list(),
        frame["src"].to_list() if family == "febrl" and "src" in frame.columns else None,
        {sort: [(a, b) for a, b in found] for sort, found in pairs.items()},
    )


def read_records(
    path: Path, family: str, start: int = 0, count: int | None = None
) -> tuple[list[str], list[Properties]]:
    """Return the ids and records of so many rows of a set; raises KeyError for a family that is not known."""
    frame = pl.scan_parquet(path).slice(start, count).collect()
    records = [_without_gaps(FAMILIES[family](row)) for row in frame.iter_rows(named=True)]
    return frame["uid"].cast(pl.String).to_list(), records


def _without_gaps(given: Iterable[tuple[str, Any]]) -> Properties:
    return {name: value for name, value in given if value is not None and value != [] and value != ""}


def _one(value: str | None) -> list[str]:
    return [value] if value else []


def _british(row: Row) -> Iterable[tuple[str, Any]]:
    yield "given_name", row["first_name"]
    yield "middle_name", row["middle"]
    yield "surname", row["surname"]
    yield "date_of_birth", row["dob"]
    yield "postcode", _one(row["postcode"])
    yield "address", _one(row["address"])
    yield "phone", _one(row["phone"])
    yield "vrm", _one(row["vrm"])


def _historical(row: Row) -> Iterable[tuple[str, Any]]:
    yield "given_name", row["first_name"]
    yield "surname", row["surname"]
    yield "alias", _one(row["full_name"])
    yield "date_of_birth", row["dob"]
    yield "gender", row["gender"]
    yield "place_of_birth", row["birth_place"]
    yield "postcode", _one(row["postcode_fake"])
    yield "occupation", row["occupation"]


def _febrl(row: Row) -> Iterable[tuple[str, Any]]:
    born = row["date_of_birth"] or ""
    street = " ".join(part for part in (row["street_number"], row["address_1"]) if part)
    yield "given_name", row["given_name"]
    yield "surname", row["surname"]
    yield "date_of_birth", f"{born[:4]}-{born[4:6]}-{born[6:8]}" if len(born) == 8 else None
    yield "address", _one(", ".join(part for part in (street, row["suburb"]) if part))
    yield "postcode", _one(row["postcode"])


def _silo(row: Row) -> Iterable[tuple[str, Any]]:
    yield "given_name", row["first_name"]
    yield "middle_name", row["middle_initial"]
    yield "surname", row["last_name"]
    yield "date_of_birth", row["dob"]
    yield "gender", row["sex"]
    yield "address", _one(row["address"])
    yield "ni_number", row["ssn"]


FAMILIES: Mapping[str, Callable[[Row], Iterable[tuple[str, Any]]]] = {
    "british": _british,
    "historical": _historical,
    "febrl": _febrl,
    "silo": _silo,
}
