"""Labelled record sets as records of the Person model: one mapping for each family of sets, none for a single one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

Columns = Iterator[tuple[str, list[Any]]]


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


def read_columns(path: Path, family: str) -> tuple[list[str], dict[str, list[Any]]]:
    """Return the ids of a set in their order, and its records as columns of the Person model's properties.

    Raises KeyError for a family that is not known.
    """
    frame = pl.read_parquet(path).with_columns(pl.col("uid").cast(pl.String)).sort("uid")
    return frame["uid"].to_list(), dict(FAMILIES[family](frame))


def _texts(frame: pl.DataFrame, **columns: str) -> Columns:
    for name, column in columns.items():
        yield name, frame[column].to_list()


def _british(frame: pl.DataFrame) -> Columns:
    yield from _texts(frame, given_name="first_name", middle_name="middle", surname="surname", date_of_birth="dob")
    yield from _texts(frame, postcode="postcode", address="address", phone="phone", vrm="vrm")


def _historical(frame: pl.DataFrame) -> Columns:
    yield from _texts(frame, given_name="first_name", surname="surname", date_of_birth="dob", gender="gender")
    yield from _texts(frame, place_of_birth="birth_place", occupation="occupation")
    yield from _texts(frame, alias="full_name", postcode="postcode_fake")


def _febrl(frame: pl.DataFrame) -> Columns:
    def joined(separator: str, *columns: str) -> pl.Expr:
        known = [pl.when(pl.col(column) != "").then(pl.col(column)) for column in columns]
        return pl.concat_str(known, separator=separator, ignore_nulls=True)

    born = pl.col("date_of_birth")
    year, month, day = born.str.slice(0, 4), born.str.slice(4, 2), born.str.slice(6, 2)
    frame = frame.with_columns(
        pl.when(born.str.len_chars() == 8).then(pl.concat_str([year, month, day], separator="-")).alias("born"),
        joined(" ", "street_number", "address_1").alias("street"),
    ).with_columns(
        joined(", ", "street", "suburb").alias("address"),
        # The house or farm, which is as often written for the street as beside it.
        pl.when(pl.col("address_2") != "").then(joined(", ", "address_2", "suburb")).alias("house"),
    )
    yield from _texts(frame, given_name="given_name", surname="surname", date_of_birth="born")
    lines = zip(frame["address"].to_list(), frame["house"].to_list(), strict=True)
    yield "address", [[line for line in both if line] or None for both in lines]
    yield from _texts(frame, postcode="postcode")


def _silo(frame: pl.DataFrame) -> Columns:
    yield from _texts(frame, given_name="first_name", middle_name="middle_initial", surname="last_name")
    yield from _texts(frame, date_of_birth="dob", gender="sex")
    yield from _texts(frame, address="address", ni_number="ssn")


FAMILIES: Mapping[str, Callable[[pl.DataFrame], Columns]] = {
    "british": _british,
    "historical": _historical,
    "febrl": _febrl,
    "silo": _silo,
}
