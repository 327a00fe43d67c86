"""`polegraph mapping check` names every kind of mistake with its line, and the right name where one is near."""

from __future__ import annotations

import pytest

from graph.errors import MappingError
from loaders.check_data import check_all
from loaders.mapping import load_mappings, read_mappings
from tests.loaders.conftest import Desk

GOOD = """\
source: crime-system
priority: 60
marking: OFFICIAL
files:
  - path: crimes.csv
    row_key: "{Crime ID}"
    as_of: Updated
    records:
      crime:
        kind: Crime
        key: "{Crime ID}"
        properties:
          type: Type
          occurred_from: {column: Month, parse: date}
          location: {latitude: Lat, longitude: Lon}
      suspect:
        kind: Person
        key: "{Suspect ref}"
        when: "{Suspect ref}"
        properties:
          name: Suspect
          date_of_birth: {column: DOB, parse: date, formats: [DD/MM/YYYY]}
          height_cm: {column: Height, parse: int}
          gender: {column: Sex, map: {M: Male, F: Female}, else: keep}
      phone:
        kind: Phone
        value: "{Mobile}"
        when: "{Mobile}"
    links:
      - {type: INVOLVED_IN, from: suspect, to: crime, properties: {role: {value: SUSPECT}}}
      - {type: USES, from: suspect, to: phone}
      - {type: HANDLED_BY, from: crime, to: {kind: Officer, key: "{OIC}"}}
"""
HEADER = "Crime ID,Updated,Type,Month,Lat,Lon,Suspect ref,Suspect,DOB,Height,Sex,Mobile,OIC\n"

# What is written instead of what, the line on which it is told, and a part of what is said.
MISTAKES = [
    ("unknown key at the top", "priority: 60", "prioritee: 60", 2, "did you mean 'priority'?"),
    ("a number that is none", "priority: 60", "priority: high", 2, "no whole number"),
    ("unknown classification", "marking: OFFICIAL", "marking: OFICIAL", 3, "did you mean OFFICIAL?"),
    ("unknown option of a file", "as_of: Updated", "as_off: Updated", 7, "did you mean 'as_of'?"),
    ("unknown kind", "kind: Crime", "kind: Crimes", 10, "did you mean 'Crime'?"),
    ("no kind", "        kind: Crime\n", "", 10, "has no kind"),
    ("no key", '        key: "{Crime ID}"\n        prop', "        prop", 10, "a Crime needs a key"),
    ("key without braces", '        key: "{Crime ID}"', "        key: Crime ID", 11, 'write "{Crime ID}"'),
    ("template without quotes", 'key: "{Suspect ref}"', "key: {Suspect ref}", 18, "put a template in quotes"),
    ("missing closing brace", 'key: "{Suspect ref}"', 'key: "{Suspect ref"', 18, "a '{' stands alone"),
    ("missing opening brace", 'key: "{Suspect ref}"', 'key: "Suspect ref}"', 18, "a '}' stands alone"),
    ("misspelled property", "name: Suspect", "nmae: Suspect", 21, "did you mean 'name'?"),
    ("property of another kind", "type: Type", "date_of_birth: Type", 13, "it is a property of Person"),
    (
        "value of a kind with a key",
        'key: "{Crime ID}"\n        p',
        'value: "{Crime ID}"\n        p',
        11,
        "only value kinds",
    ),
    ("value kind without a value", '        value: "{Mobile}"\n', "", 26, "a Phone needs a value"),
    (
        "several values for one",
        "height_cm: {column: Height, parse: int}",
        "height_cm: [Height, Sex]",
        23,
        "takes one value",
    ),
    ("unknown parse", "parse: int", "parse: integer", 23, "did you mean 'int'?"),
    (
        "date read as a number",
        "Month, parse: date",
        "Month, parse: int",
        14,
        "holds a date and time; parse: int does not fit",
    ),
    ("number read as yes or no", "parse: int", "parse: bool", 23, "holds a whole number; parse: bool does not fit"),
    ("formats of what is no date", "Height, parse: int", "Height, formats: [YYYY]", 23, "formats are for dates"),
    ("unknown token in a format", "[DD/MM/YYYY]", "[dd/mm/yyyy]", 22, "date format 'dd/mm/yyyy'"),
    ("day without a month", "[DD/MM/YYYY]", "[DD YYYY]", 22, "has DD without MM"),
    ("unknown option of a value", "else: keep", "els: keep", 24, "did you mean 'else'?"),
    ("unknown else", "else: keep", "else: kep", 24, "did you mean 'keep'?"),
    ("no source of a value", "{column: Height, parse: int}", "{parse: int}", 23, "one of column, value, template"),
    ("half a point", "{latitude: Lat, longitude: Lon}", "{latitude: Lat}", 15, "needs latitude and longitude"),
    ("a map that is a list", "map: {M: Male, F: Female}", "map: [M, F]", 24, "not a YAML mapping"),
    ("unknown link type", "type: INVOLVED_IN", "type: INVOLVED", 30, "did you mean 'INVOLVED_IN'?"),
    ("unknown record", "from: suspect, to: phone", "from: suspct, to: phone", 31, "did you mean 'suspect'?"),
    ("wrong way round", "from: suspect, to: crime", "from: crime, to: suspect", 30, "from cannot be Crime"),
    ("end of a wrong kind", "kind: Officer", "kind: Person", 32, "to cannot be Person; it may be Officer"),
    ("end without a key", '{kind: Officer, key: "{OIC}"}', "{kind: Officer}", 32, "needs a key or a by"),
    ("unknown identifier", 'key: "{OIC}"', 'by: {nhs: "{OIC}"}', 32, "Officer has no identifier to be named by"),
    ("unknown option of an end", 'key: "{OIC}"', 'key: "{OIC}", sauce: x', 32, "did you mean 'source'?"),
    ("link without an end", "from: suspect, to: phone", "from: suspect", 31, "link has no to"),
    ("unknown property of a link", "properties: {role:", "properties: {rolle:", 30, "did you mean 'role'?"),
    ("a key twice", "          type: Type\n", "          type: Type\n          type: Type\n", 14, "stands twice"),
    ("a list for names", "    records:\n      crime:\n", "    records:\n      - crime:\n", 0, "no YAML"),
    ("a tab before a line", "          type: Type", "\t  type: Type", 13, "begins with a tab"),
    ("a bracket that stays open", "[DD/MM/YYYY]", "[DD/MM/YYYY", 0, "no YAML"),
    ("a quote that stays open", 'row_key: "{Crime ID}"', 'row_key: "{Crime ID}', 0, "no YAML"),
    ("a line too far in", "          type: Type", "            type: Type", 0, "too far in"),
    ("two documents", "files:", "---\nfiles:", 0, "take the --- away"),
    ("path out of the folder", "path: crimes.csv", "path: ../crimes.csv", 5, "below the data folder"),
]
COLUMNS = [
    ("unknown column", "type: Type", "type: Typ", 13, "unknown column 'Typ' in crimes.csv; did you mean 'Type'?"),
    ("unknown column in a key", 'row_key: "{Crime ID}"', 'row_key: "{CrimeID}"', 6, "did you mean 'Crime ID'?"),
    ("unknown column in a link", "{OIC}", "{OFC}", 32, "unknown column 'OFC'"),
    ("month first", "DOB, parse: date, formats: [DD/MM/YYYY]", "Month, parse: date", 22, "written month first"),
]
WARNINGS = [
    (
        "unknown role",
        "value: SUSPECT",
        "value: SUSPCT",
        30,
        "role 'SUSPCT' is none of the model's; did you mean 'SUSPECT'?",
    ),
    ("unstable key", 'row_key: "{Crime ID}"', 'row_key: "{#line}"', 6, "not stable between deliveries"),
]


def _changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def test_the_mapping_they_are_made_in_is_right(desk: Desk) -> None:
    desk.file("crimes.csv", HEADER)
    assert list(check_all([desk.mapping(GOOD)], desk.folder)) == ["crimes.csv: 0 rows"]


@pytest.mark.parametrize(("name", "old", "new", "line", "said"), MISTAKES, ids=[mistake[0] for mistake in MISTAKES])
def test_a_mistake_is_told_with_its_line(desk: Desk, name: str, old: str, new: str, line: int, said: str) -> None:
    with pytest.raises(MappingError) as caught:
        desk.mapping(_changed(old, new))
    place = f"{desk.folder / 'mapping.yaml'}:{line or ''}"
    assert any(problem.startswith(place) and said in problem for problem in caught.value.problems), (
        name,
        caught.value.problems,
    )


@pytest.mark.parametrize(("name", "old", "new", "line", "said"), COLUMNS, ids=[mistake[0] for mistake in COLUMNS])
def test_a_mistake_that_the_data_shows(desk: Desk, name: str, old: str, new: str, line: int, said: str) -> None:
    desk.file("crimes.csv", HEADER + "1,2020-01-01,Theft,05/31/2017,53.1,-2.1,,,,,,,\n")
    with pytest.raises(MappingError) as caught:
        list(check_all([desk.mapping(_changed(old, new))], desk.folder))
    assert any(f"mapping.yaml:{line}:" in problem and said in problem for problem in caught.value.problems), name


@pytest.mark.parametrize(("name", "old", "new", "line", "said"), WARNINGS, ids=[mistake[0] for mistake in WARNINGS])
def test_what_is_only_doubtful_is_a_warning(desk: Desk, name: str, old: str, new: str, line: int, said: str) -> None:
    warnings = desk.mapping(_changed(old, new)).warnings
    assert any(f"mapping.yaml:{line}:" in warning and said in warning for warning in warnings), name


def test_all_mistakes_of_several_files_come_at_once(desk: Desk) -> None:
    first = _changed("kind: Crime", "kind: Crimes").replace("name: Suspect", "nmae: Suspect")
    second = _changed("else: keep", "els: keep").replace("source: crime-system", "source: other\npriorty: 3")
    third = "source: third\n\tname: x\n"
    paths = [desk.file(f"{at}.yaml", text) for at, text in enumerate((first, second, third))]
    _, problems = read_mappings(paths, [])
    assert {(problem.split(":")[0].rpartition("/")[2], problem.split(":")[1]) for problem in problems} >= {
        ("0.yaml", "10"),
        ("0.yaml", "21"),
        ("1.yaml", "2"),
        ("1.yaml", "25"),
        ("2.yaml", "2"),
    }


def test_missing_files_and_wrong_columns_come_at_once(desk: Desk) -> None:
    desk.file("b.csv", "id\n")
    text = (
        "source: a\nfiles:\n"
        '  - {path: a.csv, records: {c: {kind: Crime, key: "{id}"}}}\n'
        '  - {path: b.csv, records: {c: {kind: Crime, key: "{idd}"}}}\n'
    )
    with pytest.raises(MappingError) as caught:
        list(check_all(load_mappings([desk.file("m.yaml", text)], []), desk.folder))
    assert [problem.split(": ")[1].split(" ")[0] for problem in caught.value.problems] == ["unknown", "nothing"]
