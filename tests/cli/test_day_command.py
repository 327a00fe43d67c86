"""A day of the demo world, played into a real server by the command: what is seeded in it is found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from api.serve import background
from graph.managed.process import free_port
from graph.open import Graph
from graph.settings import Settings
from loaders.world.day import write_mappings
from tests.cli.conftest import Command

DAY = ("--live", "--people", "300", "--hours", "1", "--calls", "240", "--officers", "200")


@contextmanager
def serving(graph: Graph, folder: Path) -> Iterator[str]:
    write_mappings(folder)
    with background(Settings(mappings_dir=folder), graph, port=free_port()) as address:
        yield address


@pytest.mark.database
def test_a_day_plays_and_its_patterns_are_found(graph: Graph, polegraph: Command, tmp_path: Path) -> None:
    now = Graph(graph.store, graph.ids, graph.catalogue)
    with serving(now, tmp_path / "live") as address:
        given = ("world", *DAY, "--speed", "0", "--url", address)
        ran = polegraph(*given, "--watch")
        assert ran.code == 0, ran.err
        assert "of 11 seeded patterns so far 11 were found" in ran.err
        assert "0 rejected" in ran.err


def test_a_day_is_written_down_instead(polegraph: Command, tmp_path: Path) -> None:
    file = tmp_path / "day.ndjson"
    at = ("--from", "2026-11-28T06:00:00Z")
    ran = polegraph("world", tmp_path / "day", *DAY, *at, "--out", file)
    assert ran.code == 0, ran.err
    lines = [json.loads(line) for line in file.read_bytes().splitlines()]
    assert {"at", "source", "file", "row"} == set(lines[-1])
    truth = (tmp_path / "day" / "truth" / "day.ndjson").read_bytes().splitlines()
    assert [json.loads(line)["fires"] for line in truth].count(False) == 2
    assert polegraph("world", *DAY, *at, "--out", tmp_path / "again").code == 0
    assert (tmp_path / "again").read_bytes() == file.read_bytes()
    assert "incidents from 2026-11-28T06:00:00Z" in polegraph("world", *DAY, *at, "--dry-run").err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--live", "--late", "2"), "--late"),
        (("--live", "--from", "soon"), "--from"),
        (("--live", "--from-hour", "24"), "--from-hour"),
        (("--live", "--speed", "-1"), "--speed"),
        (("--live", "--people", "50", "--dry-run"), "--people 50"),
        ((), "OUT"),
    ],
)
def test_what_does_not_fit_is_told(polegraph: Command, given: tuple[str, ...], said: str) -> None:
    ran = polegraph("world", *given)
    assert (ran.code != 0, said in ran.err) == (True, True), ran.err
