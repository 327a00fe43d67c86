"""Reject files that hold somebody's key are found however the key is made up, and others are left."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from loaders.retain.reject import forget_rejects, sought_of

HEADER = "_line,_code,_reason,_value,force,id,name\n"


@pytest.mark.parametrize(
    ("key", "cells", "theirs", "others"),
    [
        ("p1", ["p1", "9"], "p1,Zebulon", "p11,Zebulon"),
        # Of two columns, which stand apart.
        ("12-4711", ["12", "4711", "Zebulon", "1"], "12,4711,Zebulon", "13,4711,Zebulon"),
        ("12-4711", ["12", "4711", "Zebulon", "1"], 'Zebulon,"of\n12",4711', "4711,Zebulon\n12,4712"),
        ("124711", ["12", "4711", "47"], "12,4711,Zebulon", "12,47,Zebulon"),
        # With a word of the mapping's own.
        ("PERSON-7", ["7", "Zebulon"], "7,Zebulon", "77,Zebulon"),
        # Of what its other cells say some is in a key by accident, and another in the row that was rejected.
        ("12-4711", ["12", "4711", "Zebulon", "-"], "12,4711,Zebulon", "12,4712,-"),
        ("OFFENDER-7", ["7", "F", "END"], "7,Zebulon,", "77,F,END"),
        ("LEEDS-7", ["7", "LEEDS", "E"], "LEEDS,7,Zebulon", "YORK,7,E"),
        # Without a number.
        ("person-Anna Nowak", ["Anna Nowak", "F"], "x,Anna Nowak,M", "x,Anna,Nowak"),
        ("GB-SMITH-JOHN", ["SMITH-JOHN"], "SMITH-JOHN,x", "SMITH,JOHN"),
        ("person/anna@x.org", ["anna@x.org"], "anna@x.org,x", "bob@x.org,person"),
        ("FORCE-A", ["A"], "A,Zebulon", "B,FORCE"),
        # Put right since: its cells are gone.
        ("12-4711", [], "12,4711,Zebulon", "12,4712,Zebulon"),
        ("LEEDS-1", ["LEEDS-1", "1", "LEEDS"], "LEEDS-1,Zebulon", "LEEDS,1,Zebulon"),
    ],
)
def test_a_file_with_a_key_of_somebody_goes(
    tmp_path: Path, key: str, cells: list[str], theirs: str, others: str
) -> None:
    (tmp_path / "crimes").mkdir()
    gone, left = (tmp_path / "crimes" / name for name in ("theirs.csv", "others.csv"))
    gone.write_text(HEADER + f"2,no-key,,,{theirs}\n", "utf-8")
    left.write_text(HEADER + f"2,no-key,,,{others}\n", "utf-8")
    elsewhere = tmp_path / "other.csv"
    elsewhere.write_text(gone.read_text("utf-8"), "utf-8")

    sought = {("crimes", texts) for texts in sought_of(key, orjson.dumps(cells).decode())}

    assert forget_rejects(tmp_path, sought) == [gone]
    assert sorted(tmp_path.rglob("*.csv")) == [left, elsewhere]
