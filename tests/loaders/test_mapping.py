from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import MappingError
from loaders.mapping import load_mappings
from loaders.mapping.template import TemplateError, parse_template
from tests.loaders.conftest import Desk

WRONG = """\
source: test
prioritee: 60
zone: Europe/Londn
marking: OFICIAL
files:
  - path: a.csv
    delimiter: ";;"
    encoding: utf-9
    records:
      person:
        kind: Persn
        key: "{id}"
      other:
        kind: Person
        properties: {nam: x, height_cm: [a, b], gender: {column: s, map: {M: Male}, els: keep}}
      crime:
        kind: Crime
        key: id
        properties:
          occurred_from: {column: d, parse: dat, formats: [dd/mm/yyyy]}
          location: {latitude: x}
          note: {column: n, extract: "(?=x)"}
          summary: {template: "{a"}
          type: {column: c, extract: "("}
      phone: {kind: Phone}
    links:
      - {type: INVOLVD_IN, from: other, to: crime}
      - {type: INVOLVED_IN, from: othr, to: crime}
      - {type: INVOLVED_IN, from: crime, to: other}
      - {type: USES, from: {kind: Person, by: {nhs: "{n}"}}, to: phone}
      - {type: USES, from: {kind: Person}, to: phone}
      - {type: USES, to: phone}
      - {type: USES, from: {kind: Person, key: {id}}, to: {kind: Phone, key: "{id}"}}
"""
EXPECTED = [
    (2, "unknown key 'prioritee'; did you mean 'priority'?"),
    (3, "unknown 'Europe/Londn'; did you mean 'Europe/London'?"),
    (4, "unknown classification 'OFICIAL'; did you mean OFFICIAL?"),
    (7, "delimiter ';;' is not one character"),
    (8, "encoding: unknown 'utf-9'; did you mean 'utf-8'?"),
    (11, "unknown kind 'Persn'; did you mean 'Person'?"),
    (14, "a Person needs a key"),
    (15, "unknown key 'nam'; did you mean 'name'?"),
    (15, "height_cm takes one value, not a list"),
    (15, "unknown key 'els'; did you mean 'else'?"),
    (18, "key 'id' names no column"),
    (20, "parse: unknown 'dat'; did you mean 'date'?"),
    (20, "date format 'dd/mm/yyyy'"),
    (21, "needs latitude and longitude, or easting and northing"),
    (22, "looks around or back"),
    (23, "a '{' stands alone"),
    (24, "'(' is no regular expression"),
    (25, "a Phone needs a value"),
    (27, "unknown 'INVOLVD_IN'; did you mean 'INVOLVED_IN'?"),
    (28, "no record 'othr' in this file; did you mean 'other'?"),
    (29, "from cannot be Crime"),
    (29, "to cannot be Person"),
    (30, "unknown key 'nhs'; did you mean 'nhs_number'?"),
    (31, "needs a key or a by"),
    (32, "link has no from"),
    (33, "put a template in quotes"),
]


def _problems(desk: Desk, *texts: str) -> list[str]:
    paths = [desk.file(f"{number}.yaml", text) for number, text in enumerate(texts)]
    with pytest.raises(MappingError) as caught:
        load_mappings(paths, desk.markings)
    return caught.value.problems


def test_every_mistake_is_said_at_once_with_its_line(desk: Desk) -> None:
    problems = _problems(desk, WRONG)
    path = desk.folder / "0.yaml"
    missing = [
        (line, text)
        for line, text in EXPECTED
        if not any(p.startswith(f"{path}:{line}:") and text in p for p in problems)
    ]
    assert missing == []
    extra = [p for p in problems if not any(f":{line}:" in p for line, _ in EXPECTED)]
    assert extra == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("source: [", "1.yaml"),
        ("source: a\n\tname: b\n", "no YAML"),
        ("", "is empty"),
        ("- a\n", "is a list, not a YAML mapping"),
        ("source: a\nsource: b\nfiles: []\n", "2: mapping: 'source' stands twice"),
        ("files: []\n", "has no source"),
        ("source: made\nfiles: []\n", "reserved"),
        ("source: a\n", "has no files"),
        ("source: a\nfiles:\n  - {records: {}}\n", "file has no path"),
        ("source: a\nfiles:\n  - {path: ../x.csv, links: []}\n", "must lie below the data folder"),
        ("source: a\nfiles:\n  - {path: x.csv}\n", "neither records nor links"),
        ("source: a\nfiles:\n  - {path: x.csv, header: false, links: []}\n", "needs columns"),
    ],
)
def test_broken_files(desk: Desk, text: str, said: str) -> None:
    problems = _problems(desk, text)
    assert any(said.removeprefix("1.yaml") in problem for problem in problems)


def test_files_that_cannot_be_read(desk: Desk) -> None:
    (desk.folder / "folder").mkdir()
    latin = desk.file("latin.yaml", b"source: caf\xe9\n")
    with pytest.raises(MappingError) as caught:
        load_mappings([desk.folder / "none.yaml", desk.folder / "folder", latin], [])
    assert [problem.rpartition(": ")[2].split(";")[0] for problem in caught.value.problems] == [
        "no such mapping file",
        "this is a folder",
        "byte 12 is not UTF-8",
    ]


PART = "source: a\nname: {name}\nfiles:\n  - {{path: {path}, links: []}}\n"


def test_parts_of_one_source(desk: Desk) -> None:
    paths = [
        desk.file("1.yaml", PART.format(name="A", path="x.csv")),
        desk.file("2.yaml", PART.format(name="A", path="y.csv")),
    ]
    (source,) = load_mappings(paths, [])
    assert [file.path for file in source.files] == ["x.csv", "y.csv"]
    problems = _problems(desk, PART.format(name="A", path="x.csv"), PART.format(name="B", path="x.csv"))
    assert any("name 'B' of source 'a' is 'A' in another file" in problem for problem in problems)
    assert any("path 'x.csv' stands twice" in problem for problem in problems)


def test_all_scalars_are_text(desk: Desk) -> None:
    text = """
source: 2015-01-01
files:
  - path: no
    records:
      crime: {kind: Crime, key: "{id}", properties: {type: {column: yes, map: {Y: on, 1: 07}}}}
"""
    mapping = desk.mapping(text)
    assert (mapping.source, mapping.files[0].path) == ("2015-01-01", "no")
    assert mapping.files[0].records[0].properties[0].values[0].map == {"Y": "on", "1": "07"}


def test_declared_markings(tmp_path: Path) -> None:
    desk = Desk(tmp_path, ("OFFICIAL-SENSITIVE; operation=ACORN",))
    text = "source: a\nmarking: {}\nfiles:\n  - {{path: x, links: []}}\n"
    assert "is not declared" in _problems(desk, text.format("OFFICIAL-SENSITIVE; operation=BIRCH"))[0]
    assert desk.mapping(text.format("OFFICIAL")).files[0].constant_marking() == "OFFICIAL"
    assert desk.mapping(text.format("{column: m}")).files[0].constant_marking() is None


def test_places_in_keys_are_warned_of(desk: Desk) -> None:
    mapping = desk.mapping('source: a\nfiles:\n  - {path: x, records: {c: {kind: Crime, key: "{#file}-{#line}"}}}\n')
    assert len(mapping.warnings) == 2
    assert "not stable between deliveries" in mapping.warnings[0]


@pytest.mark.parametrize(
    ("template", "cells", "expected"),
    [
        ("{a} {b}", ("x", ""), "x"),
        ("{a} {b}", ("", "y"), "y"),
        ("{a}, {b}, {c}", ("x", "", "z"), "x, z"),
        ("{a}, {b}, {c}", ("", "", "z"), "z"),
        ("{a}, {b}, {c}", ("x", "", ""), "x"),
        ("{a} ({b})", ("x", ""), "x"),
        ("{a} ({b})", ("x", "y"), "x (y)"),
        ("({a}) {b}", ("", "y"), "y"),
        ("{a}. {b} {c}", ("Mr", "", "Lee"), "Mr. Lee"),
        ("crime:{a}", ("1",), "crime:1"),
        ("{a}/{b}/", ("1", "2"), "1/2/"),
        ("{{{a}}} 100%", ("x",), "{x} 100%"),
        ("Flat {a}, {b}", ("", ""), ""),
    ],
)
def test_templates_leave_no_dangling_separators(template: str, cells: tuple[str, ...], expected: str) -> None:
    assert parse_template(template).fill(cells) == expected


@pytest.mark.parametrize("template", ["{a", "a}", "{}", "{#row}", "{a}}"])
def test_broken_templates(template: str) -> None:
    with pytest.raises(TemplateError):
        parse_template(template)


def test_the_example_of_the_guide_is_right(desk: Desk) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "mapping.md").read_text(encoding="utf-8")
    example = guide.partition("```yaml\n")[2].partition("```")[0]
    assert [len(file.records) for file in desk.mapping(example).files] == [2]
