from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable

import polars as pl
import pytest
import zstandard

from graph.errors import LoadError, MappingError
from tests.loaders.conftest import PEOPLE, Desk, Said

People = Callable[..., Said]
HEAD = "id,name,dob\n"
ROWS = "1,John Smith,31/05/1984\n2,Ann Lee,1990\n"


def _names(said: Said) -> list[str]:
    return [str(row.records[0].properties["surname"]) for row in said.rows]


def test_plain_file(people: People) -> None:
    said = people(HEAD + ROWS)
    assert said.read == 2
    assert said.rows[0].line == 2
    assert said.rows[0].raw == '["1","John Smith","31/05/1984"]'
    assert said.record("person").properties == {
        "given_name": "John",
        "surname": "Smith",
        "date_of_birth": "1984-05-31",
    }
    assert said.record("person", 1).properties["year_of_birth"] == 1990


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_marks(people: People, end: str, mark: str) -> None:
    assert _names(people((mark + HEAD + ROWS).replace("\n", end))) == ["Smith", "Lee"]


@pytest.mark.parametrize(
    ("encoding", "options"),
    [
        ("utf-16", ""),
        ("utf-16", "encoding: utf-16"),
        ("utf-16-le", "encoding: utf-16"),
        ("windows-1252", "encoding: windows-1252"),
        ("cp850", "encoding: cp850"),
    ],
)
def test_encodings(people: People, encoding: str, options: str) -> None:
    assert _names(people((HEAD + "1,Zoë Müller,1984\n").encode(encoding), options)) == ["Müller"]


def test_one_undecodable_line_costs_only_itself(people: People) -> None:
    said = people(HEAD.encode() + b"1,John Smith,\n2,Zo\xeb Lee,\n3,Ann Lee,\n4,Eve Roe,\n")
    assert said.codes == [(3, "undecodable")]
    assert said.rejects[0].raw == b"2,Zo\xeb Lee,"
    assert _names(said) == ["Smith", "Lee", "Roe"]


def test_a_wrong_encoding_is_said(people: People) -> None:
    rows = "".join(f"{number},Zoë Müller,\n" for number in range(9))
    with pytest.raises(LoadError, match="say encoding: windows-1252"):
        people((HEAD + rows).encode("windows-1252"))
    with pytest.raises(LoadError, match="say encoding: utf-16"):
        people((HEAD + ROWS).encode("utf-16-le"))
    with pytest.raises(LoadError, match="wrong encoding utf-16"):
        people(HEAD + ROWS, "encoding: utf-16")


def test_nul_bytes_cost_their_row(people: People) -> None:
    assert people(HEAD + "1,Jo\0hn Smith,\n2,Ann Lee,\n").codes == [(2, "nul-byte")]


@pytest.mark.parametrize(
    ("torn", "code"),
    [
        ('8,"Torn Name,1984', "torn-quote"),
        ('8,Torn,"1984', "torn-quote"),
        ('8,"Torn" Name,1984', "torn-quote"),
        ("8,Torn", "column-count"),
        ("8,Torn,1984,more", "column-count"),
    ],
)
def test_a_torn_line_costs_only_itself(people: People, torn: str, code: str) -> None:
    said = people(HEAD + "1,John Smith,1984\n" + torn + '\n2,"Lee, Ann",1990\n3,Eve Roe,\n')
    assert said.codes == [(3, code)]
    assert said.rejects[0].raw == torn.encode()
    assert _names(said) == ["Smith", "Lee", "Roe"]


def test_quoted_cells_may_hold_lines_and_quotes(people: People) -> None:
    said = people(HEAD + '1,"John ""Jack""\nSmith",1984\n2,Ann 5\' Lee,\n')
    assert said.rejects == []
    assert [row.line for row in said.rows] == [2, 4]
    assert _names(said) == ["Smith", "Lee"]


def test_formulas_are_text(people: People) -> None:
    said = people(HEAD + "=1+1,John Smith,\n")
    assert said.record("person").key == "=1+1"


def test_empty_files(people: People) -> None:
    with pytest.raises(LoadError, match="empty, not even a header"):
        people("")
    assert people(HEAD).read == 0
    assert people("\n\n" + HEAD + "\n\n" + ROWS + "\n").read == 2


def test_unknown_columns_are_said_before_a_row_is_read(people: People) -> None:
    with pytest.raises(
        MappingError, match=r"mapping.yaml:10: unknown column 'dob' in people.csv; did you mean 'DoB'\?"
    ):
        people("id,name,DoB\n1,John Smith,1984\n")


def test_a_column_that_stands_twice(people: People) -> None:
    with pytest.raises(MappingError, match="'name' stands 2 times"):
        people("id,name,dob,name\n")
    assert people("id,name,dob,x,x\n1,John Smith,,,\n").read == 1


def test_a_header_is_trimmed_and_may_be_absent(people: People) -> None:
    assert people(" id ,name, dob\n" + ROWS).read == 2
    assert people(ROWS, "columns: [id, name, dob]").read == 2
    assert people("x\nid;name;dob\n1;A B;\n", 'skip_rows: 1\n    delimiter: ";"').read == 1


def test_null_values_and_white_space(people: People) -> None:
    said = people(HEAD + "1,  John Smith ,NULL\n", "null_values: [NULL, '-']")
    assert "date_of_birth" not in said.record("person").properties
    assert said.findings == {}


def test_compressed_and_archived(desk: Desk) -> None:
    desk.file("a.csv.gz", gzip.compress((HEAD + ROWS).encode()))
    desk.file("b.csv.zst", zstandard.compress((HEAD + ROWS).encode()))
    with zipfile.ZipFile(desk.folder / "c.zip", "w") as archive:
        for name in ("m2.csv", "m1.csv", "other.csv", "deep/m3.csv"):
            archive.writestr(zipfile.ZipInfo(name, (2024, 5, 10, 15, 16, 22)), HEAD + ROWS)
    assert desk.said(PEOPLE.format(path="a.csv.gz", options="")).read == 2
    assert desk.said(PEOPLE.format(path="b.csv.zst", options="")).read == 2
    said = desk.said(PEOPLE.format(path="c.zip!/m*.csv", options=""))
    assert said.read == 4
    assert {row.as_of for row in said.rows} == {1715354182}


def test_broken_archives_are_said(desk: Desk) -> None:
    desk.file("a.csv.gz", gzip.compress((HEAD + ROWS).encode())[:-9])
    with pytest.raises(LoadError, match="broken or cut off"):
        desk.said(PEOPLE.format(path="a.csv.gz", options=""))
    desk.file("c.zip", "no archive")
    with pytest.raises(LoadError, match="no readable zip archive"):
        desk.said(PEOPLE.format(path="c.zip!/m*.csv", options=""))


def test_missing_files_and_folders(desk: Desk) -> None:
    desk.file("people.csv", HEAD)
    with pytest.raises(LoadError, match=r"nothing matches 'peple.csv' in .*; did you mean 'people.csv'\?"):
        desk.said(PEOPLE.format(path="peple.csv", options=""))
    (desk.folder / "folder.csv").mkdir()
    with pytest.raises(LoadError, match="is a folder, not a file"):
        desk.said(PEOPLE.format(path="folder.csv", options=""))
    desk.file("people.xyz", HEAD)
    with pytest.raises(LoadError, match="say format: csv"):
        desk.said(PEOPLE.format(path="people.xyz", options=""))
    desk.file("sheet.csv", b"PK\x03\x04 and more")
    with pytest.raises(LoadError, match="zip archive or a spreadsheet"):
        desk.said(PEOPLE.format(path="sheet.csv", options=""))


def test_ndjson(desk: Desk) -> None:
    desk.file(
        "p.ndjson",
        '{"id": 1, "name": "John Smith", "more": {"dob": "1984-05-31"}}\n\n{"id": 2, "name":\n[1]\n'
        '{"id": 3, "name": null}\n',
    )
    text = PEOPLE.format(path="p.ndjson", options="").replace("column: dob", "column: more.dob")
    said = desk.said(text)
    assert said.codes == [(3, "bad-json"), (4, "bad-json")]
    assert said.record("person").properties["date_of_birth"] == "1984-05-31"
    with pytest.raises(MappingError, match="unknown column 'nom'"):
        desk.said(text.replace("name: name", "name: nom"))


def test_parquet_values_become_text(desk: Desk) -> None:
    frame = pl.DataFrame({"id": [1, 2], "name": ["John Smith", None], "dob": ["1984-05-31", "1990-01-01"]})
    frame.with_columns(pl.col("dob").str.to_date()).write_parquet(desk.folder / "p.parquet")
    said = desk.said(PEOPLE.format(path="p.parquet", options=""), chunk_rows=1)
    assert [row.records[0].key for row in said.rows] == ["1", "2"]
    assert said.record("person").properties["date_of_birth"] == "1984-05-31"


@pytest.mark.parametrize("chunk_rows", [2, 100])
def test_row_keys_that_come_twice(desk: Desk, chunk_rows: int) -> None:
    desk.file("people.csv", HEAD + "1,John Smith,\n2,Ann Lee,\n1,John Smith,\n3,Eve Roe,\n2,Anne Lee,\n")
    said = desk.said(PEOPLE.format(path="people.csv", options=""), chunk_rows=chunk_rows)
    assert said.codes == [(3, "row-key-repeated"), (6, "row-key-repeated")]
    assert said.repeated == 1
    assert sorted(_names(said)) == ["Roe", "Smith"]


def test_a_row_key_of_its_own(people: People) -> None:
    said = people(HEAD + "1,John Smith,a\n1,John Smith,b\n,Ann Lee,c\n", 'row_key: "{id}|{dob}"')
    assert [row.key for row in said.rows] == ["1|a", "1|b"]
    assert said.codes == [(4, "no-key")]
    assert said.findings == {"DS_034": 2}


def test_columns_that_no_mapping_reads_do_not_change_a_row(people: People) -> None:
    first = people("id,name,dob,seen\n1,John Smith,,a\n").rows[0]
    second = people("id,name,dob,seen\n1,John Smith,,b\n").rows[0]
    third = people("id,name,dob,seen\n1,John Smyth,,b\n").rows[0]
    assert first.content == second.content != third.content
