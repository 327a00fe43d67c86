"""`polegraph resolve train` and `resolve model`: what is refused, what then stands, and that everybody sees it."""

from __future__ import annotations

import copy
import csv
import io
import json
from pathlib import Path

import pytest

from graph.catalogue import Catalogue
from graph.ids import Ids
from graph.open import Graph
from graph.store import Store
from resolution.fetch import fetch
from resolution.identify import PartialIdentityInput, identify
from resolution.published import standing_document, standing_model
from security.marking import EVERYTHING
from tests.cli.conftest import Command
from tests.conftest import KEY, NOW, prepare
from tests.resolution.town import made
from tests.whole.silo import dumped, load_silo, write

_MAPPING = """
source: town
files:
  - path: "people.csv"
    row_key: "{id}"
    records:
      person:
        kind: Person
        key: "{id}"
        marking: {value: OFFICIAL}
        properties: {given_name: given_name, surname: surname, date_of_birth: {column: date_of_birth, parse: date},
                     address: address, postcode: postcode, phone: phone}
"""
_COLUMNS = ("id", "given_name", "surname", "date_of_birth", "address", "postcode", "phone")


@pytest.fixture(scope="module")
def graph(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """Some hundred people in households, written down one to five times each."""
    prepare(store)
    opened = Graph(store, Ids(KEY), Catalogue(store), lambda: NOW)
    people = made(500, restricted=0.0)
    text = io.StringIO()
    rows = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
    rows.writeheader()
    for id_, given in zip(people.ids, people.properties, strict=True):
        plain = {name: value[0] if isinstance(value, list) else value for name, value in given.items()}
        rows.writerow({"id": id_, **plain})
    folder = tmp_path_factory.mktemp("town")
    write(folder, {"people.csv": text.getvalue()}, _MAPPING)
    load_silo(opened, folder)
    return opened


@pytest.fixture
def command(connected: Command, graph: Graph) -> Command:
    """The command with the town's graph."""
    del graph
    return connected


def test_a_model_that_is_written_changes_nothing(command: Command, graph: Graph, tmp_path: Path) -> None:
    file = tmp_path / "model.json"

    ran = command("resolve", "train", "--out", file)

    assert ran.code == 0
    assert "pairs: same" in ran.err
    assert json.loads(file.read_text("utf-8"))["version"].startswith("person-")
    assert standing_model(graph).version == "person-1"
    assert "person-1: join 3, review 0" in command("resolve", "model", "show").out


def test_a_model_that_stands_is_seen_by_every_read_and_resolves_everybody(
    command: Command, graph: Graph, tmp_path: Path
) -> None:
    someone = next(one.properties for one in fetch(graph, "Person") if "date_of_birth" in one.properties)
    given = PartialIdentityInput(
        given_name=someone["given_name"], surname=someone["surname"], date_of_birth=someone["date_of_birth"]
    )
    viewer = graph.catalogue.viewer("test", EVERYTHING)
    before = {each.entity.id: each.weight for each in identify(graph, viewer, given).candidates}

    ran = command("resolve", "train")

    assert ran.code == 0, ran.err
    # The first model is held against defaults that were made before there was a record.
    assert "differ by more than 2 bits" in ran.err
    assert "told, not refused" in ran.err
    assert "Person: " in ran.err
    # Another process opens its own graph and has read nothing yet.
    other = Graph(graph.store, Ids(KEY), Catalogue(graph.store), lambda: NOW)
    after = {
        each.entity.id: each.weight
        for each in identify(other, other.catalogue.viewer("test", EVERYTHING), given).candidates
    }
    assert standing_model(other).version != "person-1"
    assert before.keys() & after.keys()
    assert all(before[id_] != after[id_] for id_ in before.keys() & after.keys())
    assert all(record.entity for record in fetch(graph, "Person"))

    exported = tmp_path / "model.json"
    assert command("resolve", "model", "export", exported).code == 0
    standing = dumped(graph, tmp_path)
    assert command("resolve", "--rebuild").code == 0
    assert dumped(graph, tmp_path) == standing
    again = command("resolve", "model", "import", exported)
    assert again.code == 0, again.err
    assert f"{standing_model(other).version} stands" in again.err
    assert dumped(graph, tmp_path) == standing


def test_a_second_model_that_differs_much_is_refused_with_the_reason(
    command: Command, graph: Graph, tmp_path: Path
) -> None:
    assert command("resolve", "train").code == 0
    graph.catalogue.refresh()
    version = standing_model(graph).version
    file = tmp_path / "other.json"
    other = copy.deepcopy(standing_document(graph))
    other["fields"]["given_name"]["probabilities"]["match"] = [0.775, 0.025, 0.03, 0.06, 0.06, 0.05]
    file.write_text(json.dumps(other), "utf-8")

    ran = command("resolve", "model", "import", file)

    assert ran.code == 1
    assert "drift: " in ran.err
    assert "--accept drift" in ran.err
    graph.catalogue.refresh()
    assert standing_model(graph).version == version


def test_splinks_settings_go_out_and_come_back(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "splink.json"

    assert command("resolve", "model", "export", file, "--format", "splink").code == 0
    settings = json.loads(file.read_text("utf-8"))
    assert {level["label_for_charts"] for level in settings["comparisons"][0]["comparison_levels"]} >= {"same", "close"}
    settings["comparisons"][0]["comparison_levels"][1]["m_probability"] = None
    file.write_text(json.dumps(settings), "utf-8")

    ran = command("resolve", "model", "import", file)

    assert ran.code == 2
    assert "'given_name', level 'same': m_probability is missing" in ran.err


@pytest.mark.parametrize(("text", "reason"), [("[]", "no JSON object"), ("{", "no JSON"), ("{}", "no model")])
def test_what_is_no_model_is_refused(command: Command, tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "model.json"
    file.write_text(text, "utf-8")

    ran = command("resolve", "model", "import", file)

    assert ran.code == 2
    assert reason in ran.err


def test_only_guards_can_be_accepted(command: Command) -> None:
    ran = command("resolve", "train", "--accept", "everything")

    assert ran.code == 2
    assert "largest, share, drift, calibration" in ran.err
