"""Reading, checking and normalising plain CSV files, beside what merely splits them into cells.

Makes persons, links (three for each person) and events (one for two persons) of a seed in a temporary folder and reads
them three ways in one run: `csv.reader` and a polars scan, which check nothing, and the reader of a load in one process
and in all. What was read is held against `csv.reader`, cell by cell, and the ways of reading against each other.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import resource
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl

from graph.ids import Ids
from graph.marking_numbers import MarkingNumbers
from loaders.job import Job
from loaders.mapping import load_mappings
from loaders.reader import deliveries, read
from loaders.reading import reading
from loaders.world.geography import LOCALITIES
from loaders.world.names_british import FEMALE, MALE, SURNAMES

_TODAY = 1_750_000_000
_KEY = bytes(range(32))
_CHUNK_ROWS = 2_000
_TYPES = ("Burglary", "Robbery", "Theft from the person", "Violence", "Drugs", "Criminal damage")
_ROLES = ("SUSPECT", "VICTIM", "WITNESS")
_OUTCOMES = ("Under investigation", "No further action", "Charged")
_STREETS = "High Church Station Victoria Albert Mill Park Queen King Chapel School Manor Elm Oak Ash Birch".split()
_ENDINGS = "Street Road Avenue Lane Close Drive Grove Terrace".split()
_MALE, _FEMALE, _FAMILIES = (" ".join(names).title().split() for names in (MALE, FEMALE, [SURNAMES]))
_MAPPING = """
source: plain
name: Plain files
files:
  - path: persons.csv
    records:
      person:
        kind: Person
        key: "{id}"
        properties:
          name: name
          date_of_birth: {column: dob, parse: date, formats: [DD/MM/YYYY]}
          gender: gender
          address: address
          phone: phone
  - path: links.csv
    links:
      - type: INVOLVED_IN
        from: {kind: Person, key: "{person}"}
        to: {kind: Crime, key: "{event}"}
        properties: {role: role, valid_from: {column: date, parse: date}}
  - path: events.csv
    records:
      event:
        kind: Crime
        key: "{id}"
        properties: {type: type, occurred_from: {column: at, parse: datetime}, outcome: outcome}
"""


def main() -> None:
    """Print rows a second of each way of reading, its ratio to `csv.reader`, and the peak of memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="one of the files: persons, links, events")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        rows = generate(data, given.persons, given.seed, given.only)
        jobs = _jobs(data, given.only)
        print(f"{rows:,} rows, {sum(job.delivery.file.stat().st_size for job in jobs) / 1e6:.0f} MB")
        base = _timed("csv.reader", rows, None, lambda: sum(1 for job in jobs for _ in _cells(job)))
        _timed("polars, all columns as text", rows, base, lambda: sum(_scanned(job.delivery.file) for job in jobs))
        _timed("checked, one process", rows, base, lambda: sum(_checked(job) for job in jobs))
        _timed("checked and encoded, one process", rows, base, lambda: _encoded(jobs, at_once=False))
        _timed("checked and encoded, all processes", rows, base, lambda: _encoded(jobs, at_once=True))
        _held_against_csv(jobs)
    own, children = (
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(f"peak memory: {own:.0f} MB here, {children:.0f} MB in the largest process started for it")


def generate(folder: Path, persons: int, seed: int, only: str = "") -> int:
    """How many rows were written: the three files and their mapping, the same for a seed."""
    made = {
        "persons": (persons, "id,name,dob,gender,address,phone", _persons),
        "links": (3 * persons, "person,event,role,date", _links),
        "events": (persons // 2, "id,type,at,outcome", _events),
    }
    (folder / "plain.yaml").write_text(_MAPPING)
    rows = 0
    for name, (count, head, make) in made.items():
        if only in ("", name):
            rows += count
            with (folder / f"{name}.csv").open("w", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(head.split(","))
                writer.writerows(make(random.Random(f"{seed} {name}"), count, persons))
    return rows


def _persons(chance: random.Random, count: int, persons: int) -> Iterator[tuple[str, ...]]:
    """People; two or three share an address, one in ten has a middle name, phones are nobody's on purpose: random."""
    homes = [_home(random.Random(serial)) for serial in range(max(1, persons * 2 // 5))]
    for serial in range(count):
        woman = chance.random() < 0.5
        names = [chance.choice(_FEMALE if woman else _MALE) for _ in range(2 if chance.random() < 0.1 else 1)]
        born = f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/{chance.randint(1940, 2007)}"
        phone = f"07{chance.choice('45789')}{chance.randint(10, 99)} {chance.randint(0, 999_999):06}"
        name = " ".join([*names, chance.choice(_FAMILIES)])
        yield f"P{serial:08}", name, born, "F" if woman else "M", chance.choice(homes), phone


def _home(chance: random.Random) -> str:
    street = f"{chance.choice(_STREETS)} {chance.choice(_ENDINGS)}"
    code = f"M{chance.randint(1, 90)} {chance.randint(1, 9)}{chance.choice('ABDEFGHJL')}{chance.choice('ABDEFGHJL')}"
    return f"{chance.randint(1, 200)} {street}, {chance.choice(LOCALITIES)}, Northmere, {code}"


def _links(chance: random.Random, count: int, persons: int) -> Iterator[tuple[str, ...]]:
    events = max(1, persons // 2)
    for serial in range(count):
        # Scattered, and never the same two twice: with an event's own number each of its people is another.
        event, person = serial % events, (serial * 7919 + serial // events) % persons
        yield f"P{person:08}", f"E{event:08}", chance.choice(_ROLES), _day(chance)


def _events(chance: random.Random, count: int, persons: int) -> Iterator[tuple[str, ...]]:
    del persons
    for serial in range(count):
        at = f"{_day(chance)} {chance.randint(0, 23):02}:{chance.randint(0, 59):02}"
        yield f"E{serial:08}", chance.choice(_TYPES), at, chance.choice(_OUTCOMES)


def _day(chance: random.Random) -> str:
    return f"{chance.randint(2015, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"


def _jobs(data: Path, only: str) -> list[Job]:
    (source,) = load_mappings([data / "plain.yaml"], [])
    return [
        Job(source.source, entry, delivery, _TODAY, _TODAY, _CHUNK_ROWS)
        for entry in source.files
        if only in entry.path
        for delivery in deliveries(entry, data)
    ]


def _timed(what: str, rows: int, base: float | None, work: Callable[[], int]) -> float:
    """The seconds of processors, of those of other processes too: what others run on the machine changes them less."""
    started, before = time.perf_counter(), _processor_seconds()
    assert work() == rows
    seconds, spent = time.perf_counter() - started, _processor_seconds() - before
    ratio = "" if base is None else f"{spent / base:6.1f} times csv.reader"
    print(
        f"{what:36} {seconds:7.2f} s {rows / seconds:10,.0f} rows/s; {spent:7.2f} processor s "
        f"{rows / spent:10,.0f} rows/s {ratio}",
        flush=True,
    )
    return spent


def _processor_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _cells(job: Job) -> Iterator[list[str]]:
    with job.delivery.file.open(newline="", encoding="utf-8") as file:
        cells = csv.reader(file)
        next(cells)
        yield from cells


def _scanned(file: Path) -> int:
    return pl.scan_csv(file, infer_schema=False).collect().height


def _checked(job: Job) -> int:
    return sum(
        len(chunk.rows)
        for chunk in read(job.delivery, job.entry, as_of=job.as_of, today=job.today, chunk_rows=job.chunk_rows)
    )


def _encoded(jobs: list[Job], *, at_once: bool) -> int:
    with reading(jobs, Ids(_KEY), MarkingNumbers(), at_once=at_once) as reads:
        return sum(len(chunk.rows) for job in jobs for chunk in reads(job, None))


def _held_against_csv(jobs: list[Job]) -> None:
    """The cells of every row are those that `csv.reader` finds, and every way of reading says the same of them."""
    expected = [zlib.crc32(json.dumps(row, separators=(",", ":")).encode()) for job in jobs for row in _cells(job)]
    said = []
    for at_once in (False, True):
        with reading(jobs, Ids(_KEY), MarkingNumbers(), at_once=at_once) as reads:
            rows = [
                (zlib.crc32(row.raw.encode()), hash(row))
                for job in jobs
                for chunk in reads(job, None)
                for row in chunk.rows
            ]
        assert [raw for raw, _ in rows] == expected
        said.append([row for _, row in rows])
    assert said[0] == said[1]
    print(f"the same rows either way, with the cells that csv.reader finds: {zlib.crc32(repr(expected).encode()):08x}")


if __name__ == "__main__":
    main()
