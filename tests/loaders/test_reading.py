"""Files read by several processes at once say what they say when read one after the other."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.ids import Ids
from graph.marking_numbers import MarkingNumbers
from loaders import reading
from loaders.job import Job
from loaders.mapping import load_mappings
from loaders.reader import deliveries
from loaders.reading import read_job
from loaders.world import generate
from loaders.world.calendar import END
from tests.conftest import KEY

_DAY = int(datetime.fromordinal(END).replace(tzinfo=UTC).timestamp())


@pytest.fixture(scope="module")
def jobs(tmp_path_factory: pytest.TempPathFactory) -> list[Job]:
    """The files of a small city."""
    folder = tmp_path_factory.mktemp("city")
    generate(folder, 120, 5, lambda *_: None)
    return [
        Job(source.source, entry, delivery, _DAY, _DAY, 500)
        for source in load_mappings(sorted((folder / "mappings").glob("*.yaml")), [])
        for entry in source.files
        for delivery in deliveries(entry, folder / "data")
    ]


def test_reading_at_once_gives_the_same_rows(jobs: list[Job], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_LEAST_BYTES", 0)
    ids, numbers, others = Ids(KEY), MarkingNumbers(), MarkingNumbers()

    with reading.reading(jobs, ids, others, at_once=True) as read:
        at_once = {job.delivery.path: list(read(job, None)) for job in jobs}

    one_by_one = {job.delivery.path: list(read_job(job, ids, numbers)) for job in jobs}
    assert at_once == one_by_one
    assert others.texts() == numbers.texts()


def test_markings_met_in_another_process_get_the_numbers_they_have_here(
    jobs: list[Job], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(reading, "_LEAST_BYTES", 0)
    ids, numbers = Ids(KEY), MarkingNumbers()
    restricted = [job for job in jobs if job.source in ("intelligence", "safeguarding")]
    # Met first here, in an order that no other process knows.
    for text in ("TOP SECRET", "SECRET; operation=BIRCH", "OFFICIAL-SENSITIVE"):
        numbers.of_text(text)

    with reading.reading(restricted, ids, MarkingNumbers(), at_once=True) as read:
        plain = [row for job in restricted for chunk in read(job, None) for row in chunk.rows]
    given = MarkingNumbers()
    with reading.reading(restricted, ids, given, at_once=True) as read:
        given.learn(numbers.texts())
        renumbered = [row for job in restricted for chunk in read(job, None) for row in chunk.rows]

    expected = [row for job in restricted for chunk in read_job(job, ids, given) for row in chunk.rows]
    assert renumbered == expected
    assert renumbered != plain
