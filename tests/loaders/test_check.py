from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest

from loaders.check_label import unread_marking
from loaders.row import Missing, Value
from standards.address import address_key
from tests.loaders.conftest import Desk, Said


def _crime(desk: Desk, header: str, row: str, properties: str, more: str = "", as_of: int | None = None) -> Said:
    desk.file("x.csv", f"{header}\n{row}\n")
    return desk.said(
        f"""
source: test
files:
  - path: x.csv
    {more}
    records:
      crime: {{kind: Crime, key: "{{#line}}", properties: {properties}}}
""",
        as_of=as_of,
    )


def _given(desk: Desk, cell: str, spec: str, name: str = "type") -> tuple[Value | None, dict[str, int]]:
    said = _crime(desk, "x,y", f'"{cell}",', f"{{{name}: {spec}}}")
    return said.record("crime").properties.get(name), dict(said.findings)


@pytest.mark.parametrize(
    ("cell", "spec", "expected", "findings"),
    [
        ("a", "x", "a", {}),
        ("a", "{value: B}", "B", {}),
        ("a", '{template: "{x}-{y}"}', "a", {}),
        ("no 12 b", r"{column: x, extract: '\d+'}", "12", {}),
        ("no 12 b", r"{column: x, extract: '(\d)(\d)'}", "1", {}),
        ("none", r"{column: x, extract: '\d+'}", None, {}),
        ("a", "{column: x, map: {a: B}}", "B", {}),
        ("c", "{column: x, map: {a: B}}", "c", {"MAP": 1}),
        ("c", "{column: x, map: {a: B}, else: keep}", "c", {}),
        ("c", "{column: x, map: {a: B}, else: drop}", None, {}),
        ("c", "{column: x, map: {a: B}, else: {value: D}}", "D", {}),
        ("", "{column: x, map: {a: B}, else: {value: D}}", None, {}),
        ("yes", "{column: x, parse: bool}", "true", {}),
        ("5.0", "{column: x, parse: int}", "5", {}),
        ("9:05", "{column: x, parse: time}", "09:05", {}),
        ("0905", "{column: x, parse: time, formats: [HHmm]}", "09:05", {}),
    ],
)
def test_values(desk: Desk, cell: str, spec: str, expected: str | None, findings: dict[str, int]) -> None:
    assert _given(desk, cell, spec) == (expected, findings)


def test_else_reject(desk: Desk) -> None:
    said = _crime(desk, "x", "c", "{type: {column: x, map: {a: B}, else: reject}}")
    assert [(reject.code, reject.column, reject.value) for reject in said.rejects] == [("bad-value", "x", "c")]


@pytest.mark.parametrize(
    ("cell", "spec", "expected", "findings"),
    [
        ("2017-08", "x", "2017-08", {}),
        ("5/8/2017", "x", "2017-08-05", {}),
        ("15/08/2017 10:32", "x", "2017-08-15T09:32Z", {}),
        ("15/08/2017 10:32", "{column: x, zone: UTC}", "2017-08-15T10:32Z", {}),
        ("08/15/2017", "{column: x, formats: [DD/MM/YYYY, MM/DD/YYYY]}", "2017-08-15", {}),
        ("2017-08-15", "{column: x, formats: [DD/MM/YYYY]}", "2017-08-15", {"DS_001": 1}),
        ("31/02/2017", "x", "31/02/2017", {"DS_001": 1}),
        ("31/02/2017", "{column: x, else: drop}", None, {}),
        ("1/2/26", "{column: x, formats: [DD/MM/YY]}", "1926-02-01", {}),
        ("1/2/25", "{column: x, formats: [DD/MM/YY]}", "2025-02-01", {}),
    ],
)
def test_dates(desk: Desk, cell: str, spec: str, expected: str | None, findings: dict[str, int]) -> None:
    assert _given(desk, cell, spec, "occurred_from") == (expected, findings)


def test_two_figure_years_follow_the_row(desk: Desk) -> None:
    properties = "{occurred_from: {column: x, formats: [DD/MM/YY]}}"
    said = _crime(desk, "x,seen", "1/2/19,2018-05-01\n1/2/19,2020-05-01\n1/2/19,", properties, "as_of: seen")
    assert [row.records[0].properties["occurred_from"] for row in said.rows] == [
        "1919-02-01",
        "2019-02-01",
        "2019-02-01",
    ]
    assert [row.as_of for row in said.rows] == [1525132800, 1588291200, None]
    assert _crime(desk, "x,seen", "1/2/19,nonsense", properties, "as_of: seen", as_of=7).findings == {"DS_001": 1}


def test_numbers_that_are_none_are_dropped_and_counted(desk: Desk) -> None:
    assert _given(desk, "0.5", "x", "severity") == (0.5, {})
    assert _given(desk, "much", "x", "severity") == (None, {"NUMBER": 1})


def test_points(desk: Desk) -> None:
    said = _crime(desk, "a,b", "53.48,-2.24\n,\n999,1\n53.4,west", "{location: {latitude: a, longitude: b}}")
    assert [row.records[0].properties.get("location") for row in said.rows] == [(53.48, -2.24), None, None, None]
    assert said.findings == {"DS_014": 1, "DS_015": 1}
    grid = _crime(desk, "a,b", "383819,398052", "{location: {easting: a, northing: b}}").record("crime")
    location = grid.properties["location"]
    assert isinstance(location, tuple)
    latitude, longitude = location
    assert (round(float(latitude), 3), round(float(longitude), 3)) == (53.479, -2.245)


PERSON = """
source: test
grade: {grade}
marking: {marking}
files:
  - path: x.csv
    records:
      person: {{kind: Person, key: "{{id}}", properties: {properties}}}
"""


def _person(desk: Desk, content: str, properties: str, marking: str = "OFFICIAL", grade: str = "1A P") -> Said:
    desk.file("x.csv", content)
    return desk.said(PERSON.format(properties=properties, marking=marking, grade=grade))


def test_short_forms_make_things(desk: Desk) -> None:
    said = _person(
        desk,
        'id,a,p,t,e,v,w\n1,"2 High Street, Ashby",m11ae,07700 900123,a@b.example,ab12 cde,violent\n',
        "{address: a, postcode: p, phone: t, email: e, vrm: v, warning: {column: w, map: {violent: WARNING_VIOLENT}}}",
    )
    made = {(record.kind, record.key or record.value) for record in said.rows[0].records if record.made}
    assert made == {
        ("Address", address_key("2 High Street, Ashby", "M1 1AE")),
        ("Postcode", "M1 1AE"),
        ("Phone", "+447700900123"),
        ("Email", "a@b.example"),
        ("Vehicle", "AB12CDE"),
        ("Marker", "1|WARNING_VIOLENT"),
    }
    assert sorted((link.type, link.origin.record, link.made) for link in said.rows[0].links) == [
        ("IN", "person.address.0", True),
        ("KEEPS", "person", True),
        ("LIVES_AT", "person", True),
        ("SUBJECT_OF", "person", True),
        ("USES", "person", True),
        ("USES", "person", True),
    ]
    properties = said.record("person").properties
    assert (properties["phone"], properties["postcode"]) == (["+447700900123"], ["M1 1AE"])
    assert {record.grade for record in said.rows[0].records} == {111}


def test_what_makes_nothing(desk: Desk) -> None:
    said = _person(desk, "id,a,p,w\n1,No fixed abode,M1 1AE,no\n", "{address: a, postcode: p, warning: w}")
    assert [record.kind for record in said.rows[0].records] == ["Person"]


def test_repeatable_properties_take_lists(desk: Desk) -> None:
    said = _person(desk, "id,a,b\n1,x y,\n2,x y,ZED Q\n", "{alias: [a, b, a]}")
    assert [row.records[0].properties["alias"] for row in said.rows] == [["X Y"], ["X Y", "Zed Q"]]


def test_failing_standards_are_kept_raw_and_counted(desk: Desk) -> None:
    said = _person(
        desk, "id,n,g,d,p\n1,117-66-8129,Z,2090-01-01,XX\n", "{nhs_number: n, gender: g, date_of_birth: d, phone: p}"
    )
    assert said.findings == {"NHS": 1, "DS_037": 1, "DS_034": 1, "DS_053": 1}
    assert said.record("person").properties["nhs_number"] == ["117-66-8129"]
    assert [(record.value, record.valid) for record in said.rows[0].records if record.kind == "Phone"] == [
        ("XX", False)
    ]


def test_markings_and_grades(desk: Desk) -> None:
    content = "id,m,g\n1,S,2BC\n2,,\n3,X,9Z\n4,S,E41\n"
    said = _person(desk, content, "{surname: id}", "{column: m, map: {S: SECRET; org=X}}", "{column: g}")
    assert [(row.marking, row.records[0].grade) for row in said.rows] == [
        ("SECRET; org=X", 222),
        ("OFFICIAL", None),
        ("SECRET; org=X", 241),
    ]
    assert [(reject.line, reject.code, reject.column, reject.value) for reject in said.rejects] == [
        (4, "unknown-marking", "m", "X")
    ]


TIED = """
source: test
files:
  - path: x.csv
    records:
      a: {{kind: Person, key: "{{id}}"}}
      b: {{kind: Person, key: "b{{id}}", marking: {{column: m}}}}
    links:
      - {{type: ASSOCIATED_WITH, from: a, to: b, marking: {marking}}}
"""


def test_a_row_is_marked_as_high_as_what_it_says(desk: Desk) -> None:
    desk.file("x.csv", "id,m\n1,SECRET\n2,\n")
    said = desk.said(TIED.format(marking="OFFICIAL-SENSITIVE"))
    assert [row.marking for row in said.rows] == ["SECRET", "OFFICIAL-SENSITIVE"]
    assert [record.marking for record in said.rows[0].records] == ["OFFICIAL", "SECRET"]


def test_what_a_delivery_is_marked_goes_with_what_each_part_of_a_row_says(desk: Desk) -> None:
    desk.file("x.csv", "id,m\n1,SECRET; org=X\n2,\n3,SECRT\n")
    said = desk.said(TIED.format(marking="TOP SECRET"), at_least="OFFICIAL-SENSITIVE; operation=ACORN")
    assert [[record.marking for record in row.records] for row in said.rows] == [
        ["OFFICIAL-SENSITIVE; operation=ACORN", "SECRET; operation=ACORN; org=X"],
        ["OFFICIAL-SENSITIVE; operation=ACORN", "OFFICIAL-SENSITIVE; operation=ACORN"],
    ]
    assert [row.links[0].marking for row in said.rows] == ["TOP SECRET; operation=ACORN"] * 2
    assert [row.marking for row in said.rows] == [
        "TOP SECRET; operation=ACORN; org=X",
        "TOP SECRET; operation=ACORN",
    ]
    (rejected,) = said.rejects
    assert (rejected.code, rejected.value, rejected.marking) == ("unknown-marking", "SECRT", None)


def test_a_row_that_cannot_be_read_is_marked_as_its_delivery_at_least(desk: Desk) -> None:
    (entry,) = desk.mapping(PERSON.format(properties="{}", marking="{column: m}", grade="1A P")).files
    assert unread_marking(replace(entry, at_least="SECRET; operation=ACORN")) == "TOP SECRET; operation=ACORN"
    (entry,) = desk.mapping(PERSON.format(properties="{}", marking="OFFICIAL", grade="1A P")).files
    assert unread_marking(replace(entry, at_least="SECRET; operation=ACORN")) == "SECRET; operation=ACORN"
    desk.markings = ("OFFICIAL", "OFFICIAL-SENSITIVE; org=X")
    (entry,) = desk.mapping(PERSON.format(properties="{}", marking="{column: m}", grade="1A P")).files
    assert unread_marking(replace(entry, at_least="SECRET; operation=ACORN")) == "SECRET; operation=ACORN; org=X"


LINKS = """
source: test
files:
  - path: x.csv
    records:
      crime: {kind: Crime, key: "{id}"}
      suspect: {kind: Person, key: "{sus}", when: "{sus}"}
      phone: {kind: Phone, key: "{id}", value: "{tel}", when: {column: tel, not_in: ["", none]}}
    links:
      - type: INVOLVED_IN
        from: suspect
        to: crime
        when: {column: role, matches: "^S"}
        properties: {role: {column: role, map: {S: SUSPECT}, else: keep}, valid_from: day, valid_to: day}
      - {type: HANDLED_BY, from: crime, to: {kind: Officer, key: "{off}", source: hr}}
      - {type: ASSOCIATED_WITH, from: {kind: Person, by: {nhs_number: "{nhs}"}, missing: make}, to: suspect}
      - {type: INVOLVED_IN, from: {kind: [Vehicle, Item], key: "{off}"}, to: crime}
"""


def test_links_and_their_ends(desk: Desk) -> None:
    desk.file(
        "x.csv", "id,sus,tel,role,day,off,nhs\n1,P1,none,S,2017-08,O1,943 476 5919\n2,,none,S,,,\n3,P3,x,SX,?,,\n"
    )
    said = desk.said(LINKS)
    first, handled, known, found = said.rows[0].links
    assert (first.role, first.valid_from, first.precision) == ("SUSPECT", 1501545600, 2)
    assert (handled.target.kinds, handled.target.key, handled.target.source) == (("Officer",), "O1", "hr")
    assert (known.origin.by, known.origin.missing) == (("nhs_number", "9434765919"), Missing.MAKE)
    assert found.origin.kinds == ("Vehicle", "Item")
    assert [len(row.links) for row in said.rows] == [4, 0, 1]
    assert [len(row.records) for row in said.rows] == [2, 1, 3]
    assert said.findings == {"ROLE": 1, "DS_001": 2, "DS_053": 1}


def test_rows_without_keys_are_rejected(desk: Desk) -> None:
    text = LINKS.replace(', when: "{sus}"', "").replace('when: {column: tel, not_in: ["", none]}', "marking: OFFICIAL")
    desk.file("x.csv", "id,sus,tel,role,day,off,nhs\n1,,1,,,,\n2,P,,,,,\n,P,1,,,,\n")
    said = desk.said(text)
    assert [(r.line, r.code, r.column) for r in said.rejects] == [
        (2, "no-key", "sus"),
        (3, "no-value", "tel"),
        (4, "no-key", "id"),
    ]


def test_the_hash_of_a_row_as_key(desk: Desk) -> None:
    desk.file("x.csv", "a,b\n 1 ,x\n")
    said = desk.said("source: t\nfiles:\n  - {path: x.csv, records: {c: {kind: Crime, key: row}}}\n")
    cells = json.dumps(["1", "x"], separators=(",", ":")).encode()
    assert said.rows[0].records[0].key == hashlib.sha256(cells).hexdigest()


def test_rows_that_say_nothing_are_still_rows(desk: Desk) -> None:
    desk.file("x.csv", "id,k\n1,a\n2,a\n3,b\n")
    said = desk.said(
        'source: t\nfiles:\n  - {path: x.csv, records: {c: {kind: Crime, key: "{id}", when: {column: k, in: [b]}}}}\n'
    )
    assert (len(said.rows), said.repeated, said.rejects) == (3, 0, [])


def test_documents_have_a_scheme(desk: Desk) -> None:
    desk.file("x.csv", "n,t\n533 401 372,Passport\n12,Club card\n")
    said = desk.said(
        "source: t\nfiles:\n  - path: x.csv\n    records:\n"
        '      d: {kind: Document, value: "{n}", properties: {type: t, issuer: {value: GBR}}}\n'
    )
    assert [(row.records[0].scheme, row.records[0].value) for row in said.rows] == [
        ("Passport|GBR", "533401372"),
        ("Club card|GBR", "12"),
    ]
