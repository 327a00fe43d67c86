"""The standards held against the Neo4j POLE example, where it lies beside the project."""

import csv
import io
import os
import zipfile
from pathlib import Path

import pytest

from standards.address import parse_address
from standards.code_list import parse_outcome
from standards.date import Precision, parse_date
from standards.phone import check_phone
from standards.postcode import check_postcode
from standards.vehicle import VrmForm, check_vrm, vrm_form

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = Path(os.environ.get("POLEGRAPH_TEST_DATA", ROOT / ".." / "shared" / "data")) / "neo4j-pole-example.zip"

pytestmark = [
    pytest.mark.opendata,
    pytest.mark.skipif(
        not EXAMPLE.exists(), reason="no open data: set POLEGRAPH_TEST_DATA to the folder that holds it"
    ),
]


def column(node: str, name: str) -> list[str]:
    with zipfile.ZipFile(EXAMPLE) as archive, archive.open(f"crime-investigation.nodes.{node}.csv") as member:
        return [row[name] for row in csv.DictReader(io.TextIOWrapper(member, "utf-8"))]


def test_every_postcode_passes() -> None:
    codes = column("PostCode", "code")
    assert len(codes) > 14_000
    assert [code for code in codes if check_postcode(code).value != code] == []


def test_every_mark_passes() -> None:
    marks = column("Vehicle", "reg")
    assert len(marks) == 1_000
    assert [mark for mark in marks if not check_vrm(mark).valid] == []
    # A third of these invented marks use the letters I or Q, which are not issued.
    assert {vrm_form(mark) for mark in marks} <= {VrmForm.CURRENT, None}


def test_numbered_addresses_are_a_number_and_a_street() -> None:
    addresses = {text for text in column("Location", "address") if text[:1].isdigit()}
    assert len(addresses) > 10_000
    parsed = {text: parse_address(text) for text in addresses}
    assert [text for text, parts in parsed.items() if not parts.paon or not parts.street] == []
    assert sum(parts.town is not None for parts in parsed.values()) < 50


def test_no_phone_is_e164() -> None:
    assert [number for number in column("Phone", "phoneNo") if check_phone(number).valid] == []


def test_every_crime_has_a_day_and_a_known_outcome() -> None:
    dates = [parse_date(text) for text in set(column("Crime", "date"))]
    assert {when and when.precision for when in dates} == {Precision.DAY}
    assert [text for text in set(column("Crime", "last_outcome")) if text and parse_outcome(text) is None] == []
