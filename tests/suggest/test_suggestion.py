"""Files of forms that the demo city does not have, written for these tests."""

from __future__ import annotations

import gzip
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import zstandard

from graph.errors import BadInput, LoadError
from loaders.check_data import check_data
from loaders.mapping.spec import FileMapping, RecordSpec
from loaders.suggest import suggest
from tests.suggest.conftest import Propose

OFFENCES = """\
Force: Anywhere
Extract of offences and parties;;;

Crime Ref;Offence Type;Date From;Victim Title;Victim Forename;Victim Surname;Victim DoB;Victim House No;Victim Street;\
Victim Town;Victim Post Code;Victim Home Tel;Victim Mobile;Suspect ID;Suspect Name;Suspect Sex;Veh Reg;Veh Make;\
OIC Collar;Beat Code;X;Y;Last Amended
01/100/23;THEFT;25/02/2023 12:30;MR;Zoë;Müller;01/02/1970;4;High Street;Stockport;SK1 1AB;0161 496 0100;07700 900100;\
S00001;John Smith;M;AB12CDE;FORD;2001;A1;390100;392100;26/02/2023
01/101/23;ASSAULT;26/02/2023 01:05;MRS;Mary;O'Neill;31/12/1980;6;Mill Lane;Stockport;SK1 2AB;;07700 900101;;;;;;2002;\
B2;390200;392300;27/02/2023
01/102/23;THEFT;27/02/2023 23:59;MR;Ian;Café;11/11/1990;8;High Street;Stockport;SK1 3AB;0161 496 0102;;S00002;\
Aisha Khan;F;CD34EFG;BMW;2001;A1;390300;392500;28/02/2023
"""
NOMINALS = (
    "PersonURN|FullName|BirthDate|Gender|NI|Email1|Phone1|Phone2|MotherURN\r"
    "P0001|John Smith|5/31/1984|M|AB123456C|john@mail.example|07700900001||P0003\r"
    "P0002|Mary Khan|12/25/1980|F|AB123457C|mary@mail.example|07700900002|01614960002|\r"
    "P0003|Susan Smith|01/02/1960|F|AB123458C|susan@mail.example|07700900003||\r"
    "P0004|Peter Jones|7/4/1991|M|AB123459C|peter@mail.example|07700900004||P0002\r"
    "P0005|Emma Evans|1/3/1990|F|AB123460C|emma@mail.example|07700900005||P0001\r"
)


def _record(entry: FileMapping, name: str) -> RecordSpec:
    return next(record for record in entry.records if record.name == name)


def _columns(record: RecordSpec) -> dict[str, tuple[str, ...]]:
    return {
        part.property.name: tuple(name for spec in part.values for name in spec.source.columns)
        for part in record.properties
    }


def test_lines_before_the_header_an_old_encoding_and_several_people_in_a_row(propose: Propose, tmp_path: Path) -> None:
    found, mapping = propose({"offences_with_parties.csv": OFFENCES.replace("\n", "\r\n").encode("windows-1252")})
    (entry,) = mapping.files

    layout = entry.layout
    assert (layout.delimiter, layout.encoding, layout.skip_rows) == (";", "cp1252", 3)
    assert [record.kind.name for record in entry.records] == ["Crime", "Person", "Person", "Vehicle"]
    victim, suspect = _columns(_record(entry, "victim")), _columns(_record(entry, "suspect"))
    assert victim["phone"] == ("Victim Home Tel", "Victim Mobile")
    assert victim["address"] == ("Victim House No", "Victim Street", "Victim Town")
    assert suspect["name"] == ("Suspect Name",)
    key = _record(entry, "suspect").key
    assert key is not None
    assert key.source.columns == ("Suspect ID",)
    said = {(link.type.name, link.origin.kinds, link.target.kinds) for link in entry.links}
    assert said >= {
        ("INVOLVED_IN", ("Person",), ("Crime",)),
        ("INVOLVED_IN", ("Vehicle",), ("Crime",)),
        ("DRIVES", ("Person",), ("Vehicle",)),
        ("HANDLED_BY", ("Crime",), ("Officer",)),
        ("OCCURRED_AT", ("Crime",), ("Area",)),
    }
    assert list(check_data(mapping, tmp_path)) == ["offences_with_parties.csv: 3 rows"]
    assert "skip_rows: the first 3 lines" in found.text


def test_utf16_old_line_ends_month_first_and_a_reference_to_the_same_file(propose: Propose, tmp_path: Path) -> None:
    found, mapping = propose({"nominals.txt": NOMINALS.encode("utf-16-le")})
    (entry,) = mapping.files
    (record,) = entry.records

    births = next(part for part in record.properties if part.property.name == "date_of_birth")
    assert births.values[0].formats == ("MM/DD/YYYY",)
    assert "month first" in found.text
    assert _columns(record)["phone"] == ("Phone1", "Phone2")
    (link,) = entry.links
    assert (link.type.name, link.origin.key is not None, link.target.record) == ("ASSOCIATED_WITH", True, "nominal")
    assert link.properties["role"].source.fill(()) == "PARENT"
    assert [line for line in check_data(mapping, tmp_path) if "warning" not in line] == ["nominals.txt: 5 rows"]


def test_day_and_month_that_cannot_be_told_are_said_aloud(propose: Propose) -> None:
    found, _ = propose({"people.csv": "id,name,dob\n1,John Smith,05/06/1984\n2,Mary Khan,07/08/1990\n"})

    assert found.warnings == ("people.csv: dob reads day first and month first alike; day first is taken",)
    assert "# every date could also be read month first" in found.text
    assert "formats: [DD/MM/YYYY]" in found.text


def test_a_file_without_a_header_is_read_by_its_values(propose: Propose) -> None:
    rows = "".join(
        f"SR{at:05},2024-0{at % 9 + 1}-11 1{at % 10}:05,1{at % 10}.0{at % 9 + 1}.19{60 + at % 40},"
        f"M{at % 9 + 1} {at % 8 + 1}AB,0770090{at:04},AB{at % 50 + 10}CD{'EFGHJ'[at % 5]},53.4{at:03},-2.2{at:03},"
        f"{'Male' if at % 2 else 'Female'},2024-09-0{at % 9 + 1}\n"
        for at in range(1, 41)
    )
    _, mapping = propose({"stop_search.csv": rows})
    (entry,) = mapping.files

    assert not entry.layout.header
    records = {record.kind.name: record for record in entry.records}
    assert set(records) >= {"StopSearch", "Person", "Vehicle"}
    assert _columns(records["Person"]) == {
        "date_of_birth": ("column_3",),
        "postcode": ("column_4",),
        "phone": ("column_5",),
        "gender": ("column_9",),
    }
    assert entry.as_of is not None
    assert entry.as_of.source.columns == ("column_10",)
    assert any(part.point is not None for part in records["StopSearch"].properties)


def test_values_say_what_names_do_not(propose: Propose) -> None:
    header = "ident,text1,text2,text3\n"
    rows = "".join(f"{at},M{at} 1AB,0770090{at:04},p{at}@mail.example\n" for at in range(1, 9))
    found, mapping = propose({"persons.csv": header + rows})

    held = _columns(mapping.files[0].records[0])
    assert {held["postcode"], held["phone"], held["email"]} == {("text1",), ("text2",), ("text3",)}
    assert "# its values are postcodes" in found.text


def test_codes_are_mapped_and_unknown_ones_stay(propose: Propose) -> None:
    rows = "".join(
        f"C{at},2024-01-0{at % 9 + 1}T10:00:00Z,0770090{at:04},0770091{at:04},{'VSD'[at % 3]},6{at}\n"
        for at in range(9)
    )
    found, _ = propose({"calls.csv": f"call_id,start,a_number,b_number,kind,seconds\n{rows}"})

    assert "channel: {column: kind, map: {V: VOICE, S: SMS, D: DATA}, else: keep}" in found.text


def test_keys_of_another_file_become_ends_of_links(propose: Propose, tmp_path: Path) -> None:
    officers = "num,surname,rank\n" + "".join(f"{at},Smith,PC\n" for at in range(4000, 4020))
    crimes = "Crime No,Crime type,Whoever\n" + "".join(f"C{at},Theft,{4000 + at % 20}\n" for at in range(60))
    found, mapping = propose({"officers.csv": officers, "crimes.csv": crimes})

    crime = next(entry for entry in mapping.files if entry.path == "crimes.csv")
    (link,) = crime.links
    assert (link.type.name, link.target.kinds) == ("HANDLED_BY", ("Officer",))
    assert "# Whoever: its values are keys (num) of officers.csv" in found.text
    assert len([line for line in check_data(mapping, tmp_path) if "rejected" in line]) == 0


def test_compressed_files_archives_and_objects(propose: Propose, tmp_path: Path) -> None:
    people = b"id,surname,dob\n1,Smith,1984-05-31\n2,Khan,1990-01-02\n"
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("export/victims.csv", people)
        archive.writestr("readme.md", "no data")
    contents: dict[str, str | bytes] = {
        "a/people.csv.gz": gzip.compress(people),
        "a/persons.csv.zst": zstandard.ZstdCompressor().compress(people),
        "pack.zip": packed.getvalue(),
        "incidents.ndjson": '{"ref":"I1","opened":"2024-01-01T10:00:00Z",'
        '"caller":{"name":"John Smith","phone":"07700900001"}}\n',
    }
    _, mapping = propose(contents)

    kinds = {entry.path: [record.kind.name for record in entry.records] for entry in mapping.files}
    assert kinds == {
        "a/people.csv.gz": ["Person"],
        "a/persons.csv.zst": ["Person"],
        "pack.zip!/export/victims.csv": ["Person"],
        "incidents.ndjson": ["Incident", "Person"],
    }
    assert _columns(mapping.files[-1].records[1]) == {"name": ("caller.name",), "phone": ("caller.phone",)}
    assert len(list(check_data(mapping, tmp_path))) == 4 + 3


def test_what_is_not_used_is_listed(propose: Propose) -> None:
    found, _ = propose({"people.csv": "id,name,shoe polish\n1,John Smith,black\n2,Mary Khan,brown\n"})

    assert "# columns not used: shoe polish" in found.text
    assert [column.name for column in found.entries[0].unused()] == ["shoe polish"]


def test_nothing_known_is_still_a_mapping(propose: Propose) -> None:
    found, mapping = propose({"things.csv": "zz,yy\n1.5,a\n2.5,b\n"})

    assert (mapping.files[0].records, mapping.files[0].links) == ((), ())
    assert "could not be told" in found.warnings[0]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "the file is empty"),
        ("array.json", b'[\n{"a": 1}\n]\n', "looks like a JSON document"),
        ("page.html", b"<html>\n<body>\n", "looks like XML"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(LoadError, match=said):
        suggest([tmp_path / name])


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,name\n1,John Smith\n")
    (tmp_path / "b").mkdir()
    with pytest.raises(LoadError, match="no such file"):
        suggest([tmp_path / "none.csv"])
    with pytest.raises(LoadError, match="is a folder"):
        suggest([tmp_path])
    with pytest.raises(LoadError, match="does not lie below"):
        suggest([tmp_path / "a.csv"], data=tmp_path / "b")
    with pytest.raises(BadInput, match="no file was given"):
        suggest([])
