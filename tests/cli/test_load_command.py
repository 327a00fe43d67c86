"""Loading by the command: what it tells of good rows, and of everything that can be wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from graph.store import Store
from tests.cli.conftest import ROWS, Command
from tests.conftest import prepare
from tests.whole.silo import CRIMES, HEADER, write

pytestmark = pytest.mark.database


@pytest.fixture
def silo(tmp_path: Path) -> Path:
    """A source in a folder."""
    folder = tmp_path / "silo"
    write(folder, {"crimes.csv": HEADER + ROWS, "officers.csv": "collar,surname\n1,Iqbal\n"})
    return folder


def test_a_load_says_what_became_of_every_row(connected: Command, store: object, silo: Path) -> None:
    prepare(store)  # type: ignore[arg-type]
    arguments = ("load", silo / "mapping.yaml", "--data", silo, "--as-of", "2026-01-01")

    assert "crimes.csv" in connected(*arguments, "--dry-run").out
    (crimes, officers) = json.loads(connected(*arguments, "--json").out)["files"]
    assert crimes["rows"] == {"read": 3, "loaded": 2, "unchanged": 0, "repeated": 1, "rejected": 0}
    assert officers["rows"]["loaded"] == 1
    (again, _) = json.loads(connected(*arguments, "--json").out)["files"]
    assert (again["rows"]["loaded"], again["rows"]["unchanged"]) == (0, 2)


def test_rejected_rows_are_kept_with_their_reasons(connected: Command, silo: Path, tmp_path: Path) -> None:
    torn = 'c3,"THEFT,2025-05-01,p3,Eva Open\nc4,THEFT\n,THEFT,2025-05-01,p5,No Key,,,1,OFFICIAL\n'
    (silo / "crimes.csv").write_text(HEADER + ROWS + torn, "utf-8")

    ran = connected(
        "load", silo / "mapping.yaml", "--data", silo, "--as-of", "2026-01-01", "--rejects", tmp_path / "bad"
    )

    assert ran.code == 3
    assert "rejected in crimes.csv" in ran.err
    assert not any(name in ran.err for name in ("Eva Open", "No Key"))
    assert any((tmp_path / "bad").rglob("*crimes*"))
    few = connected("load", silo / "mapping.yaml", "--data", silo, "--as-of", "2026-01-02", "--max-bad", "0")
    assert (few.code, "--max-bad" in few.err) == (4, True)


def _changed(old: str, new: str) -> str:
    assert old in CRIMES
    return CRIMES.replace(old, new)


@pytest.mark.parametrize(
    ("mapping", "code", "named"),
    [
        (_changed("surname: surname", "surname: sirname"), 2, ("sirname", "surname")),
        (_changed("kind: Crime", "kind: Crim"), 2, ("mapping.yaml:", "Crime")),
        (_changed("type: INVOLVED_IN", "type: INVOLVD_IN"), 2, ("INVOLVED_IN",)),
        (CRIMES + "  - {path: [\n", 2, ("mapping.yaml",)),
        (_changed('"crimes*.csv"', '"crimez*.csv"'), 1, ("crimez*.csv",)),
    ],
)
def test_a_wrong_mapping_is_told_with_the_right_name(
    connected: Command, silo: Path, mapping: str, code: int, named: tuple[str, ...]
) -> None:
    (silo / "mapping.yaml").write_text(mapping, "utf-8")

    ran = connected("load", silo / "mapping.yaml", "--data", silo, "--as-of", "2026-01-01")

    assert ran.code in (code, 2)
    assert all(name in ran.err for name in named), ran.err


def test_files_that_are_not_what_they_should_be(connected: Command, silo: Path, tmp_path: Path) -> None:
    mapping = silo / "mapping.yaml"
    absent = connected("load", tmp_path / "none.yaml", "--data", silo)
    assert (absent.code, "none.yaml" in absent.err) == (2, True)
    folder = connected("load", silo, "--data", silo)
    assert (folder.code in (1, 2), str(silo) in folder.err) == (True, True)
    nowhere = connected("load", mapping, "--data", tmp_path / "nowhere")
    assert (nowhere.code, "nowhere" in nowhere.err) == (2, True)

    (silo / "crimes.csv").write_bytes((HEADER + ROWS).encode("utf-16-le"))
    encoded = connected("load", mapping, "--data", silo, "--as-of", "2026-01-01")
    assert encoded.code in (1, 2, 3)
    assert "crimes.csv" in encoded.err

    (silo / "crimes.csv").unlink()
    (silo / "crimes.csv").mkdir()
    directory = connected("load", mapping, "--data", silo, "--as-of", "2026-01-01")
    assert directory.code in (1, 2)
    assert "crimes" in directory.err


ACORN = "OFFICIAL-SENSITIVE; operation=ACORN"


def test_a_delivery_for_one_operation_is_for_nobody_else(connected: Command, store: Store, silo: Path) -> None:
    prepare(store)
    arguments = ("load", silo / "mapping.yaml", "--data", silo, "--json", "--as-of")

    def seen(markings: str) -> list[str]:
        found = connected("search", "Anna Nowak", "--markings", markings, "--json")
        return [each["id"] for each in json.loads(found.out)]

    assert connected(*arguments, "2026-01-01").code == 0
    (open_id,) = seen("OFFICIAL")
    assert connected(*arguments, "2026-01-02", "--marking", "OFFICIAL-SENSITIVE;operation=ACORN").code == 0

    assert seen("OFFICIAL-SENSITIVE") == []
    (hidden_id,) = seen(ACORN)
    assert hidden_id != open_id
    exported = [
        json.loads(line)["entry"] for line in connected("audit", "export", "--format", "ndjson").out.splitlines()
    ]
    marked = [entry["details"]["at_least"] for entry in exported if entry["operation"] == "load"]
    assert [*dict.fromkeys(marked)] == ["OFFICIAL", ACORN]

    (again, _) = json.loads(connected(*arguments, "2026-01-02", "--marking", ACORN).out)["files"]
    assert again["rows"]["unchanged"] == 2, "it is known again"
    more = "".join(f"d{n},THEFT,2025-05-01,q{n},Zofia Khan,1990-01-02,,1,OFFICIAL\n" for n in range(20))
    (silo / "crimes.csv").write_text(HEADER + ROWS + more, "utf-8")
    assert "later --as-of" not in connected(*arguments, "2026-01-03").err
    assert seen("OFFICIAL") == [open_id], "as the mapping says, from that day on"
    told = connected(*arguments, "2026-01-03", "--marking", ACORN).err
    assert re.search(rf"crimes.csv: \d+ rows are there with this date .* not under {ACORN}", told)


@pytest.mark.parametrize(
    ("option", "value", "named"),
    [
        ("--as-of", "yesterday", "2026-"),
        ("--max-bad", "many", "1%"),
        ("--batch", "3", "No such option"),
        ("--marking", "SECRT", "did you mean SECRET?"),
        ("--marking", "SECRET; operation=ACORN", ACORN),
    ],
)
def test_wrong_options_are_told(connected: Command, silo: Path, option: str, value: str, named: str) -> None:
    ran = connected("load", silo / "mapping.yaml", "--data", silo, option, value)

    assert (ran.code, named in ran.err) == (2, True)


def test_a_first_load_is_not_for_a_given_server(connected: Command, silo: Path) -> None:
    ran = connected("load", silo / "mapping.yaml", "--data", silo, "--first", "--as-of", "2026-01-01")

    assert ran.code == 2
    assert "--files DIR" in ran.err


def test_a_first_load_for_a_given_server_is_files_and_a_command(connected: Command, silo: Path, tmp_path: Path) -> None:
    asked = ("load", silo / "mapping.yaml", "--data", silo, "--as-of", "2026-01-01", "--files", tmp_path / "files")

    assert connected(*asked).code == 2
    ran = connected(*asked, "--first")

    assert ran.code == 0
    command = (tmp_path / "files" / "import.sh").read_text("utf-8").splitlines()[1]
    assert command == "neo4j-admin database import full neo4j @import.args"
    options = (tmp_path / "files" / "import.args").read_text("utf-8").splitlines()
    named = [name for part in options if part.endswith(".csv") for name in part.rpartition("=")[2].split(",")]
    assert {*named, "import.sh", "import.args"} == {path.name for path in (tmp_path / "files").iterdir()}
    assert "polegraph schema apply" in ran.err
    assert connected(*asked, "--first").code == 2
