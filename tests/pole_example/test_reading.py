from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from loaders.mapping import load_mappings
from tests.loaders.conftest import Desk, read_all

DATA = Path(os.environ.get("POLEGRAPH_TEST_DATA", str(Path(__file__).parents[2] / ".." / "shared" / "data")))
MAPPING = Path(__file__).parent / "mappings" / "pole.yaml"

pytestmark = [
    pytest.mark.opendata,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"no open data in {DATA}; set POLEGRAPH_TEST_DATA"),
]


def test_every_node_and_relationship_of_the_pole_example_is_read() -> None:
    (mapping,) = load_mappings([MAPPING], [])
    said = read_all(mapping, DATA)
    assert (said.read, said.rejects, said.repeated) == (61_521 + 105_840, [], 0)
    records = Counter(record.kind for row in said.rows for record in row.records if not record.made)
    assert records == {
        "Person": 369,
        "Phone": 328,
        "Email": 328,
        "Postcode": 14_196,
        "Area": 93,
        "Address": 14_904,
        "Officer": 1_000,
        "Vehicle": 1_000,
        "Item": 7,
        "Crime": 28_762,
        "Call": 534,
    }
    links = Counter(link.type for row in said.rows for link in row.links if not link.made)
    assert links == {
        "LIVES_AT": 368,
        "USES": 328 + 328,
        "ASSOCIATED_WITH": 586 + 80 + 241 + 118 + 155,
        "INVOLVED_IN": 55 + 985 + 534 + 534,
        "OCCURRED_AT": 28_762,
        "HANDLED_BY": 28_762,
        "IN": 14_904 + 14_904 + 14_196,
    }
    # No number there is a real one, and no phone is a British one; all are kept.
    assert (said.findings["NHS"], said.findings["DS_053"]) == (368, 328)
    assert {row.as_of for row in said.rows} == {1_715_354_182}


STREET = """
source: street-crime
files:
  - path: ogl_street_crime_gmp_2017-08.csv.gz
    records:
      crime:
        kind: Crime
        key: "{Crime ID}"
        properties:
          type: Crime type
          occurred_from: {column: Month, parse: date}
          outcome: Last outcome category
          location: {latitude: Latitude, longitude: Longitude}
"""


def test_street_crime(tmp_path: Path) -> None:
    said = read_all(Desk(tmp_path).mapping(STREET), DATA)
    assert said.read == 28_751
    assert Counter(code for _, code in said.codes).keys() <= {"no-key", "row-key-repeated"}
    assert {row.records[0].properties["occurred_from"] for row in said.rows} == {"2017-08"}


STOPS = """
source: stop-search
files:
  - path: ogl_stop_and_search_gmp_2019-06.csv.gz
    records:
      stop:
        kind: StopSearch
        key: row
        properties:
          type: Type
          occurred_from: Date
          legislation: Legislation
          object_of_search: Object of search
          outcome: Outcome
          location: {latitude: Latitude, longitude: Longitude}
      subject:
        kind: Person
        key: row
        properties: {gender: Gender, ethnicity_self: Self-defined ethnicity}
    links:
      - {type: INVOLVED_IN, from: subject, to: stop, properties: {role: {value: SUBJECT}, valid_from: Date}}
"""


def test_stop_and_search(tmp_path: Path) -> None:
    said = read_all(Desk(tmp_path).mapping(STOPS), DATA)
    assert (said.read, said.rejects) == (907, [])
    first = said.record("stop").properties
    assert (first["occurred_from"], first["location"]) == ("2019-05-31T23:01:00Z", (53.407704, -2.162284))
    assert sum("gender" not in row.records[1].properties for row in said.rows) + said.repeated >= 216


BURGLARY = """
source: burglary
files:
  - path: ogl_burglary_2016-2019.csv.gz
    row_key: "{#line}"
    records:
      crime:
        kind: Crime
        key: "{#line}"
        properties: {type: Crime.type, occurred_from: Month, location: {latitude: Latitude, longitude: Longitude}}
"""


def test_burglaries_in_several_chunks(tmp_path: Path) -> None:
    said = read_all(Desk(tmp_path).mapping(BURGLARY), DATA)
    assert (said.read, len(said.rows), said.findings) == (92_666, 92_666, {})


FOOTBALL = """
source: football
files:
  - path: ogl_football_related_arrests_sample.csv
    row_key: "{#line}"
    records:
      match:
        kind: PublicEvent
        key: "{home_team}|{away_team}|{date}"
        properties:
          competition: competition
          home: home_team
          away: away_team
          occurred_from: {column: date, formats: ["YYYY/MM/DD HH:mm:ss"], zone: UTC}
"""


def test_football(tmp_path: Path) -> None:
    said = read_all(Desk(tmp_path).mapping(FOOTBALL), DATA)
    assert (said.read, said.rejects, said.findings) == (127, [], {})


TRUTH = """
source: historical
files:
  - path: splink_historical_50k.parquet
    records:
      person:
        kind: Person
        key: "{unique_id}"
        properties: {name: full_name, date_of_birth: dob, place_of_birth: birth_place, postcode: postcode_fake}
"""


def test_parquet(tmp_path: Path) -> None:
    said = read_all(Desk(tmp_path).mapping(TRUTH), DATA)
    assert said.read == 50_578
    assert said.rejects == []
