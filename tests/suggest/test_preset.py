"""Ready mappings, loaded into a real database from small files in the published form."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import BadInput, MappingError
from graph.open import Graph
from loaders.load import load
from loaders.mapping import load_mappings
from loaders.options import LoadOptions
from loaders.presets import PRESETS, preset_text
from loaders.report import LoadReport
from tests.conftest import NOW

STREET = """\
Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context
aa11,2024-05,Anywhere Police,Anywhere Police,-2.162284,53.407704,On or near Mill Lane,E01000001,Anywhere 001A,Burglary,Under investigation,
aa12,2024-05,Anywhere Police,Anywhere Police,-2.162284,53.407704,On or near Mill Lane,E01000001,Anywhere 001A,Drugs,,
,2024-05,Anywhere Police,Anywhere Police,-2.162284,53.407704,On or near Mill Lane,E01000001,Anywhere 001A,Anti-social behaviour,,
aa13,2024-05,Anywhere Police,Anywhere Police,,,No Location,,,Robbery,Under investigation,
"""  # noqa: E501 - the published form
SEARCHES = """\
Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,Outcome linked to object of search,Removal of more than just outer clothing
Person search,2024-05-31T23:01:00+00:00,False,,53.407704,-2.162284,Female,18-24,White - Irish,White,Misuse of Drugs Act 1971 (section 23),Controlled drugs,Arrest,True,False
Vehicle search,2024-05-31T23:30:00+00:00,False,,53.407704,-2.162284,,,,,Misuse of Drugs Act 1971 (section 23),Controlled drugs,A no further action disposal,,False
"""  # noqa: E501 - the published form
PEOPLE = """\
id,title,given_name,middle_name,surname,date_of_birth,sex,address,postcode,phone,email
1,Ms,Anna,Maria,Nowak,1980-05-06,2,4 High Street,M1 1AA,07700900101,anna@mail.example
2,,John,,Smith,1971,1,,,,
"""


def _loaded(graph: Graph, folder: Path, preset: str) -> LoadReport:
    mappings = load_mappings([Path(f"preset:{preset}")], [])
    return load(graph, mappings, LoadOptions(folder, NOW, NOW, resolve=False))


def test_every_ready_mapping_is_right_and_says_what_it_is_for() -> None:
    assert set(PRESETS) >= {"police-uk-street", "police-uk-stop-and-search", "person-register"}
    assert all(len(about) > 20 and "\n" not in about for about in PRESETS.values())
    for name in PRESETS:
        (mapping,) = load_mappings([Path(f"preset:{name}")], [])
        assert mapping.warnings == ()


@pytest.mark.database
def test_street_crime(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "2024-05").mkdir()
    (tmp_path / "2024-05" / "2024-05-anywhere-street.csv").write_text(STREET)
    report = _loaded(graph, tmp_path, "police-uk-street").as_json()["files"][0]

    assert report["rows"] == {"read": 4, "loaded": 4, "unchanged": 0, "repeated": 0, "rejected": 0}
    assert report["records"] == {"Crime": 3, "Incident": 1, "Place": 1, "Area": 1}
    assert report["links"] == {
        "OCCURRED_AT": {"stated": 3, "loaded": 3, "dangling": 0},
        "IN": {"stated": 3, "loaded": 3, "dangling": 0},
    }


@pytest.mark.database
def test_stop_and_search(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "2024-05-anywhere-stop-and-search.csv").write_text(SEARCHES)
    report = _loaded(graph, tmp_path, "police-uk-stop-and-search").as_json()["files"][0]

    assert (report["records"], report["findings"]) == ({"StopSearch": 2, "Person": 1}, {"DS_112": 1})
    assert report["links"] == {"INVOLVED_IN": {"stated": 1, "loaded": 1, "dangling": 0}}


@pytest.mark.database
def test_a_register_of_people(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "persons.csv").write_text(PEOPLE)
    report = _loaded(graph, tmp_path, "person-register").as_json()["files"][0]

    assert (report["records"], report["findings"]) == ({"Person": 2}, {})
    assert report["made"]["links"] == {"LIVES_AT": 1, "USES": 2, "IN": 1}


def test_a_wrong_name_is_told_with_the_right_one() -> None:
    with pytest.raises(BadInput, match="did you mean 'police-uk-street'"):
        preset_text("police-uk-stret")
    with pytest.raises(MappingError, match="did you mean 'person-register'"):
        load_mappings([Path("preset:person-registr")], [])
