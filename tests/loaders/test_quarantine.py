from __future__ import annotations

import gzip
import json
import re
import zipfile
from pathlib import Path

import polars as pl
import pytest
import zstandard

from graph.errors import LoadError
from loaders.check_label import GRADE_FINDING
from loaders.check_property import BOOLEAN_FINDING, NUMBER_FINDING, TIME_FINDING
from loaders.check_value import MAP_FINDING
from loaders.quarantine import RejectWriter
from loaders.reader import deliveries, read
from loaders.row import Code
from tests.loaders.conftest import PEOPLE, TODAY, Desk, read_all

ROWS = '1,John Smith,1984\n,Ann Lee,1990\n3,"Torn\n4,Eve\n=5,Roe,"=cmd()",x\n'


def _rejected(desk: Desk, path: str, options: str = "") -> Path:
    mapping = desk.mapping(PEOPLE.format(path=path, options=options))
    (entry,) = mapping.files
    (delivery,) = deliveries(entry, desk.folder)
    with RejectWriter(desk.folder / "bad", delivery, entry) as writer:
        for chunk in read(delivery, entry, as_of=None, today=TODAY):
            writer.write(chunk.rejects)
    assert writer.path is not None
    return writer.path


def test_rejects_keep_their_text_and_say_why(desk: Desk) -> None:
    desk.file("people.csv", "id,name,dob\n" + ROWS)
    path = _rejected(desk, "people.csv")
    assert path.relative_to(desk.folder).as_posix() == "bad/test/people.csv"
    assert path.read_text().splitlines() == [
        "id,name,dob,_line,_code,_reason,_value",
        ",Ann Lee,1990,3,no-key,record 'person' has no key: a column of it is empty,",
        '3,"Torn,4,torn-quote,"a quote that does not close, or text after a closing quote","3,""Torn"',
        '4,Eve,5,column-count,2 cells where the file has 3 columns,"4,Eve"',
        '=5,Roe,"=cmd()",x,6,column-count,4 cells where the file has 3 columns,"\'=5,Roe,""=cmd()"",x"',
    ]
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["people.csv", "people.csv.gz", "deep/people.csv"])
def test_repaired_rejects_load_again(desk: Desk, name: str) -> None:
    content = ("id,name,dob\n" + ROWS).encode()
    desk.file(name, gzip.compress(content) if name.endswith(".gz") else content)
    path = _rejected(desk, name)
    text = (gzip.decompress(path.read_bytes()) if name.endswith(".gz") else path.read_bytes()).decode()
    lines = text.replace(",Ann", "2,Ann").replace('3,"Torn,', '3,"Torn",,').replace("4,Eve", "4,Eve,").splitlines()[:4]
    repaired = "\n".join(lines).encode()
    path.write_bytes(gzip.compress(repaired) if name.endswith(".gz") else repaired)
    said = read_all(desk.mapping(PEOPLE.format(path=name, options="")), desk.folder / "bad" / "test")
    assert [row.records[0].key for row in said.rows] == ["2", "3", "4"]
    assert said.rows[0].raw == '["2","Ann Lee","1990"]'


def test_rejects_of_an_archive_lie_in_a_folder_of_its_name(desk: Desk) -> None:
    with zipfile.ZipFile(desk.folder / "x.zip", "w") as archive:
        archive.writestr("people.csv", "id,name,dob\n,Ann Lee,\n")
    path = _rejected(desk, "x.zip!/people.csv")
    path.write_text(path.read_text().replace(",Ann", "2,Ann"))
    mapping = desk.mapping(PEOPLE.format(path="x.zip!/people.csv", options=""))
    assert read_all(mapping, desk.folder / "bad" / "test").read == 1


def test_files_without_a_header(desk: Desk) -> None:
    desk.file("people.csv", ",Ann Lee,\n")
    path = _rejected(desk, "people.csv", "columns: [id, name, dob]")
    path.write_text(path.read_text().replace(",Ann", "2,Ann"))
    mapping = desk.mapping(PEOPLE.format(path="people.csv", options="columns: [id, name, dob]"))
    assert [row.records[0].key for row in read_all(mapping, path.parent).rows] == ["2"]


def test_every_code_and_finding_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "quarantine.md").read_text(encoding="utf-8")
    rejected, failed = page.split("## What fails its standard")
    assert set(re.findall(r"^\| `([a-z-]+)` \|", rejected, re.MULTILINE)) == set(Code)
    for finding in (MAP_FINDING, GRADE_FINDING, NUMBER_FINDING, BOOLEAN_FINDING, TIME_FINDING, "ROLE", "STATUS"):
        assert f"`{finding}`" in failed


@pytest.mark.parametrize(
    "path", ["p.ndjson", "p.ndjson.gz", "p.parquet", "p.ndjson.zst", "x.zip!/p.ndjson", "x.zip!/p.csv"]
)
def test_repaired_rejects_of_every_format_load_again(desk: Desk, path: str) -> None:
    objects = [{"id": "1", "name": "John Smith", "dob": "1984"}, {"id": "", "name": "Ann Lee", "dob": "1990"}]
    plain = "\n".join(json.dumps(each) for each in objects).encode()
    if path.endswith("csv"):
        plain = b"id,name,dob\n" + "\n".join(",".join(each.values()) for each in objects).encode()
    _place(desk, path, plain, objects)

    rejects = _rejected(desk, path)
    _repair(rejects)

    mapping = desk.mapping(PEOPLE.format(path=path, options=""))
    (row,) = read_all(mapping, desk.folder / "bad" / "test").rows
    assert row.records[0].key == "2"
    assert row.records[0].properties["surname"] == "Lee"


def _place(desk: Desk, path: str, plain: bytes, objects: list[dict[str, str]]) -> None:
    archive, _, member = path.partition("!/")
    if member:
        with zipfile.ZipFile(desk.folder / archive, "w") as packed:
            packed.writestr(member, plain)
    elif path.endswith("parquet"):
        pl.DataFrame(objects).write_parquet(desk.folder / path)
    else:
        desk.file(path, _packed(path, plain))


def _repair(rejects: Path) -> None:
    if rejects.suffix == ".parquet":
        pl.read_parquet(rejects).with_columns(pl.lit("2").alias("id")).write_parquet(rejects)
        return
    plain = rejects.read_bytes()
    if rejects.suffix == ".gz":
        plain = gzip.decompress(plain)
    elif rejects.suffix == ".zst":
        plain = zstandard.ZstdDecompressor().decompressobj().decompress(plain)
    repaired = plain.replace(b'"id":""', b'"id":"2"').replace(b"\n,Ann", b"\n2,Ann")
    rejects.write_bytes(_packed(rejects.name, repaired))


def _packed(name: str, plain: bytes) -> bytes:
    if name.endswith(".gz"):
        return gzip.compress(plain)
    return zstandard.compress(plain) if name.endswith(".zst") else plain


def test_objects_and_parquet(desk: Desk) -> None:
    desk.file("p.ndjson", '{"id": "", "name": "Ann Lee", "dob": ""}\nnonsense\n')
    path = _rejected(desk, "p.ndjson")
    assert '"raw":"nonsense","_line":2,"_code":"bad-json"' in path.read_text()
    pl.DataFrame({"id": [""], "name": ["Ann Lee"], "dob": [""]}).write_parquet(desk.folder / "p.parquet")
    frame = pl.read_parquet(_rejected(desk, "p.parquet"))
    assert frame.rows(named=True)[0]["_code"] == "no-key"


def test_undecodable_bytes_stay_as_they_were(desk: Desk) -> None:
    desk.file("people.csv", b"id,name,dob\n1,John Smith,\n2,Zo\xeb Lee,\n3,Eve Roe,\n4,Al Roe,\n")
    assert b"\n2,Zo\xeb Lee,,3,undecodable," in _rejected(desk, "people.csv").read_bytes()


def test_the_file_that_is_read_is_never_replaced(desk: Desk) -> None:
    desk.file("bad/test/people.csv", "id,name,dob\n,Ann Lee,\n")
    mapping = desk.mapping(PEOPLE.format(path="people.csv", options=""))
    (delivery,) = deliveries(mapping.files[0], desk.folder / "bad" / "test")
    with pytest.raises(LoadError, match="name another --rejects"):
        RejectWriter(desk.folder / "bad", delivery, mapping.files[0])


def test_nothing_is_written_without_rejects_or_a_folder(desk: Desk) -> None:
    desk.file("people.csv", "id,name,dob\n,Ann Lee,\n")
    mapping = desk.mapping(PEOPLE.format(path="people.csv", options=""))
    (delivery,) = deliveries(mapping.files[0], desk.folder)
    with RejectWriter(desk.folder / "bad", delivery, mapping.files[0]) as writer:
        writer.write([])
    assert not (desk.folder / "bad").exists()
    with RejectWriter(None, delivery, mapping.files[0]) as silent:
        silent.write(next(read(delivery, mapping.files[0], as_of=None, today=TODAY)).rejects)
    assert (silent.codes, silent.path) == ({"no-key": 1}, None)
