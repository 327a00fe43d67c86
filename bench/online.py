"""Who is this? One record against a graph of many, in Neo4j, with the evidence; then all of them, in batches.

`python -m bench.online [--records 1000000] [--asked 2000]` makes people up (`bench.townsfolk`), keeps one record back
of each of so many people who have others, loads the rest into an installation of its own that is thrown away, and asks
who those are that were kept back. The baseline sends what `identify` sent, one statement after the other, through a
bare driver. Then those kept back are loaded in batches, and how fast these are settled is told without what is written
(`bench.increment`). A million records take a quarter of an hour to load on a quiet machine of two cores: `--data` keeps
the installation, for later runs to ask; batches are loaded into a copy of it.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import resource
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from itertools import islice
from pathlib import Path

import polars as pl

from bench.driver import bare, recorded
from bench.goal import FIRST, INCREMENTS, P95_MS, RECALL_AT_10
from bench.increment import increments
from bench.installation import copied, kept, thrown_away
from bench.townsfolk import write_people
from graph import schema
from graph.open import Graph, open_graph
from graph.settings import Settings
from loaders.first import first_load
from loaders.mapping import load_mappings
from loaders.options import LoadOptions
from resolution.identify import PartialIdentityInput, identify
from resolution.key import INDEXED
from security.marking import EVERYTHING, FLOOR

_PAGE_CACHE_MB = 6_144  # the store of a million records, 4.8 GB, fits in
_PARTS = ("asked", "added")
_TODAY = 1_750_000_000
_BATCHES = (100, 500, 500, 500)  # the first waits for plans
_WARM = 200
_MAPPING = """
source: town
name: Made-up people
files:
  - path: people.csv
    records:
      person:
        kind: Person
        key: "{uid}"
        properties:
          given_name: first_name
          middle_name: middle
          surname: surname
          date_of_birth: {column: dob, parse: date, formats: [YYYY-MM-DD]}
          postcode: postcode
          address: address
          phone: phone
          vrm: vrm
"""
Row = Mapping[str, str | None]


def main() -> None:
    """Print how long a match takes, and how often it is right."""
    given = _arguments()
    with thrown_away() if given.data is None else kept(given.data) as (settings, folder):
        # A server that was just started has neither plans nor pages.
        settings = settings.model_copy(update={"page_cache_mb": _PAGE_CACHE_MB, "query_timeout_s": 120.0})
        rows = _people(folder, given.records, given.seed)
        asked = _kept_back(rows, given.asked, given.seed)
        _load_once(settings, folder, rows, asked)
        if "asked" in given.only:
            with _opened(settings) as graph:
                _ask(graph, asked, {str(row["uid"]): str(row["truth"]) for row in rows})
        if "added" in given.only:
            with nullcontext(settings) if given.data is None else copied(settings) as own, _opened(own) as graph:
                _add(graph, folder / "added", asked)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--asked", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data", type=Path, help="keep the installation in this folder, or take what was kept there")
    parser.add_argument("--only", choices=_PARTS, nargs="*", default=_PARTS, help="nothing: load it, and no more")
    given = parser.parse_args()
    if "added" in given.only and given.asked < sum(_BATCHES):
        parser.error(f"--asked: batches take {sum(_BATCHES):,} records, so ask as many, or give `--only asked`")
    return given


@contextmanager
def _opened(settings: Settings) -> Iterator[Graph]:
    graph = open_graph(settings)
    with graph.store:
        graph.catalogue.refresh()
        yield graph


def _people(folder: Path, records: int, seed: int) -> Sequence[Row]:
    path = folder / "town.parquet"
    if not path.exists():
        write_people(records, path, seed)
    return pl.read_parquet(path).to_dicts()


def _kept_back(rows: Sequence[Row], count: int, seed: int) -> list[Row]:
    """One record each of people who have others."""
    held = Counter(row["truth"] for row in rows)
    shuffled = random.Random(seed).sample(rows, len(rows))
    first = {row["truth"]: row for row in shuffled if held[row["truth"]] > 1}
    return list(first.values())[:count]


def _load_once(settings: Settings, folder: Path, rows: Sequence[Row], asked: Sequence[Row]) -> None:
    """Load all but those that are asked; what was loaded before has to be the same."""
    without = {str(row["uid"]) for row in asked}
    held = [row for row in rows if row["uid"] not in without]
    done, what = folder / "loaded.json", {"records": len(rows), "asked": sorted(without)}
    if done.exists():
        assert json.loads(done.read_text("utf-8")) == what, f"{folder} was loaded with other --records, --asked, --seed"
        return
    (folder / "town.yaml").write_text(_MAPPING, "utf-8")
    _write(folder / "people.csv", held)
    began = time.perf_counter()
    mappings = load_mappings([folder / "town.yaml"], [])
    report = first_load(settings, [FLOOR], mappings, LoadOptions(folder, _TODAY, _TODAY), lambda *_: None)
    with _opened(settings) as graph:
        schema.apply(graph.store, graph.ids, INDEXED, [FLOOR])
    assert sum(file.loaded for file in report.files) == len(held), report.as_json()
    done.write_text(json.dumps(what), "utf-8")
    print(f"{len(held):,} records loaded, resolved, indexed in {time.perf_counter() - began:.0f} s", flush=True)


def _ask(graph: Graph, asked: Sequence[Row], truth: Mapping[str, str]) -> None:
    viewer = graph.catalogue.viewer("bench", EVERYTHING)
    who = _people_of(graph, truth)
    with recorded(graph) as (recording, store):
        for row in asked[:_WARM]:
            identify(recording, viewer, _partial(row))
        times, places, sent = [], [], []
        for row in asked:
            store.kept = []
            began = time.perf_counter()
            found = identify(recording, viewer, _partial(row)).candidates
            times.append((time.perf_counter() - began) * 1000)
            sent.append(store.kept)
            places.append(_place([who[one.entity.id] for one in found], str(row["truth"])))
    with bare(graph.store) as session:
        base = []
        for statements in sent:
            began = time.perf_counter()
            for text, params in statements:
                list(session.run(text, params))
            base.append((time.perf_counter() - began) * 1000)
    assert sum(place is not None for place in places) > len(asked) * 0.9
    for what, some in (("identify", times), ("bare driver, the same statements", base)):
        cut = statistics.quantiles(some, n=100)
        print(f"{what}: p50 {cut[49]:.1f}, p95 {cut[94]:.1f}, p99 {cut[98]:.1f} ms")
    print(f"p95 asked of identify against a million: {P95_MS} ms at most")
    print(f"medians' ratio {statistics.median(times) / statistics.median(base):.2f}")
    recall, top = (sum(place is not None and place < most for place in places) / len(places) for most in (10, 1))
    print(f"{len(asked):,} asked: recall@10 {recall:.4f}, first {top:.4f} (asked {RECALL_AT_10}, {FIRST})")
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _add(graph: Graph, folder: Path, rows: Sequence[Row]) -> None:
    """Print how fast batches of those kept back are settled, without what is written."""
    print(f"\nincrements in batches, nothing written: {INCREMENTS:,} records/s are asked")
    given = iter(rows)
    for number, size in enumerate(_BATCHES):
        _write(folder / str(number) / "people.csv", list(islice(given, size)))
    (folder / "town.yaml").write_text(_MAPPING.replace("source: town", "source: later"), "utf-8")
    print("| records in a batch | whose entities may change | s | records/s | processor s | records/s of it |")
    print("| --- | --- | --- | --- | --- | --- |")
    for one in increments(graph, folder / "town.yaml", _BATCHES, _TODAY):
        by_clock, by_processor = (f"{one.records / taken:,.0f}" for taken in (one.seconds, one.processor))
        clock, processor = f"{one.seconds:.2f}", f"{one.processor:.2f}"
        print(
            f"| {one.records:,} | {one.reached:,} | {clock} | {by_clock} | {processor} | {by_processor} |", flush=True
        )


def _write(path: Path, rows: Sequence[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = [name for name in rows[0] if name != "truth"]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def _people_of(graph: Graph, truth: Mapping[str, str]) -> dict[str, set[str]]:
    """The people whose records each entity has."""
    found: dict[str, set[str]] = {}
    for row in graph.store.stream("resolve/records", kind="Person"):
        found.setdefault(row["entity"], set()).add(truth[row["properties"]["key"]])
    return found


def _place(people: Sequence[set[str]], who: str) -> int | None:
    return next((place for place, each in enumerate(people) if who in each), None)


def _partial(row: Row) -> PartialIdentityInput:
    given = row["first_name"] or ""
    name = " ".join(part for part in (given, row["middle"], row["surname"]) if part)
    return PartialIdentityInput(
        name=name or None,
        given_name=row["first_name"],
        surname=row["surname"],
        date_of_birth=row["dob"],
        postcode=row["postcode"],
        address=row["address"],
        phone=row["phone"],
        vrm=row["vrm"],
    )


if __name__ == "__main__":
    main()
