"""The world as a whole: deterministic, within its size, complete."""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from loaders.world import WorldSummary, generate

ROOT = Path(__file__).parents[2]
SCRIPT = "import sys; from pathlib import Path; from loaders.world import generate; generate(Path(sys.argv[1]), 300, 5)"


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("hash_seed", ["1", "77"])
def test_another_process_writes_the_same_bytes(tmp_path: Path, hash_seed: str) -> None:
    generate(tmp_path / "here", 300, 5)
    environment = {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", SCRIPT, str(tmp_path / "there")], check=True, env=environment, cwd=tmp_path)

    assert digests(tmp_path / "here") == digests(tmp_path / "there")


def test_another_seed_makes_another_world(tmp_path: Path) -> None:
    generate(tmp_path / "one", 100, 1)
    generate(tmp_path / "two", 100, 2)

    one, two = digests(tmp_path / "one"), digests(tmp_path / "two")
    assert set(one) == set(two)
    assert {name for name in one if one[name] == two[name]} <= {
        *(f"{part}/{path.name}" for part in ("mappings", "live") for path in (tmp_path / "one" / part).iterdir()),
        "markings.yaml",
        "data/register/areas.csv",
        "data/football/incidents.csv",
    }


def test_the_demo_size_stays_within_its_rows(tmp_path: Path) -> None:
    summary = generate(tmp_path, 20_000, 1)

    assert 90_000 <= summary.rows <= 120_000
    assert 50_000 <= summary.person_records <= 60_000


def test_rows_grow_with_people(town: WorldSummary, hamlet: WorldSummary) -> None:
    assert 4 <= town.rows / town.people <= 6.5
    assert hamlet.rows < 1000
    assert all(file.rows for silo, files in town.silos.items() for file in files if silo != "football")


@pytest.mark.parametrize("people", [20, 51, 199])
def test_any_small_world_can_be_made(tmp_path: Path, people: int) -> None:
    assert generate(tmp_path, people, 3).person_records > people


def test_too_few_people_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a world of 3 people has no city; ask for at least 20"):
        generate(tmp_path, 3, 1)


def test_layout_and_summary(town: WorldSummary) -> None:
    assert len(town.silos) >= 8
    assert all(path.is_file() for path in town.mappings)
    assert all((town.out / "data" / file.path).is_file() for files in town.silos.values() for file in files)
    assert {path.name for path in (town.out / "truth").iterdir()} == {
        "persons.csv",
        "entities.csv",
        "bad_rows.csv",
        "connected_events.csv",
        "networks.csv",
    }


def test_progress_is_told_to_the_end(tmp_path: Path) -> None:
    steps: list[tuple[str, int, int]] = []

    generate(tmp_path, 20, 1, lambda step, done, total: steps.append((step, done, total)))

    assert [done for _, done, _ in steps] == list(range(1, steps[0][2] + 1))
