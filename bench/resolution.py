"""The engine on labelled sets, at its own threshold and never told the truth, beside Splink on the same records.

`python -m bench.resolution FOLDER [--peers PYTHON] [--records 50000 1000000] [--set FAMILY=FILE ...]`. FOLDER keeps the
sets; PYTHON is that of an environment with `requirements-bench.txt`, which brings the open sets and Splink; without it
only what lies in FOLDER, and people made up here, are measured. Nothing is tuned to a set: a family has one mapping to
the Person model, and the model is trained on the records themselves. Every engine runs in a process of its own.

Sets that nobody has seen yet: `--seed 7 8` makes other people, `--noise names=3,missing=2` others who are written down
worse (or better), `--silos 4` further noise of pseudopeople. The last rows of a set say what is asked of it.
`--choice 60000 --online 1000000` adds what is left of the whole table: what a choice with the truth would add, and
`bench.online`, which matches single records and batches against so many in Neo4j.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from bench.choice import Best, best_choice, entities
from bench.goal import JOINED_WRONGLY, LOST, goal_of
from bench.measure import Figure, Floats, Ints, Truth, bcubed_f1, best_pairs_f1, closure_f1, joined_wrongly, pairs_f1
from bench.record_set import RecordSet, read_columns, read_set
from bench.townsfolk import Noise, write_people
from graph.collector import collector_off
from resolution.candidate import candidates
from resolution.model import Model, default_model, shipped_document
from resolution.score import judge
from resolution.table import Table
from resolution.train import sample, train

_OPEN = {"febrl3": "febrl", "febrl4": "febrl", "historical_50k": "historical"}
_SAMPLE = 200_000
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Result:
    """What one engine did with one set, training in it.

    `processor`: seconds of all its processes, which other work on the machine changes less than the clock; `memory`: MB
    of the greatest process. `best`: what any choice of classes, rules and threshold reaches.
    """

    name: str
    engine: str
    records: int
    pair: Figure
    closure: Figure
    bcubed: Figure
    best_pair: float
    largest: int
    largest_true: int
    seconds: float
    processor: float
    training: float
    memory: float
    wrongly: dict[str, float] = field(default_factory=dict)
    best: Best | None = None

    @property
    def lost(self) -> float:
        """What the best threshold would add to the F1 of pairs."""
        return max(self.best_pair - self.pair.value, 0.0)

    @property
    def chosen_worse(self) -> tuple[float, ...]:
        """What the best choices would add to the F1 of pairs, of closure and B-cubed; empty where that is not known."""
        if self.best is None:
            return ()
        own = (self.pair, self.closure, self.bcubed)
        best = (self.best.pair, self.best.closure, self.best.bcubed)
        return tuple(max(most - figure.value, 0.0) for most, figure in zip(best, own, strict=True))


def _folded(path: Path, family: str) -> Table:
    """Return the records as the engine compares them."""
    ids, given = read_columns(path, family)
    return Table.in_columns(ids, np.zeros(len(ids), np.int32), np.zeros(len(ids), np.int64), given)


def run_engine(name: str, family: str, path: Path, shipped: bool, choice: int, kin: float = 0.0) -> Result:
    """Return what the engine makes of a set, trained on it unless `shipped`; `kin` as in the model.

    In a set of at most `choice` records its choices are held against the best ones.
    """
    # As resolving in bulk does: there is no garbage with cycles to look for.
    with collector_off():
        return _run(name, family, path, shipped, choice, kin)


def _run(name: str, family: str, path: Path, shipped: bool, choice: int, kin: float) -> Result:
    began = time.perf_counter()
    table = _folded(path, family)
    ready = time.perf_counter()
    model = replace(default_model() if shipped else _trained(table), kin=kin)
    trained = time.perf_counter()
    left, right = candidates(table, model.caps)
    judged = judge(table, left, right, model)
    seeds = entities(table, left, right, judged, model).seed
    seconds = time.perf_counter() - began
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    memory = max(one.ru_maxrss for one in used) / 1024
    processor = sum(one.ru_utime + one.ru_stime for one in used)
    print(
        f"{name}: {len(left):,} pairs; ready {ready - began:.1f} s, trained {trained - ready:.1f} s, "
        f"resolved {seconds - (trained - began):.1f} s",
        file=sys.stderr,
    )
    # The truth is read when all is done: it is no part of what resolving takes.
    found = read_set(path, family, name)
    place = {id_: number for number, id_ in enumerate(found.ids)}
    at = np.array([place[id_] for id_ in table.ids])
    entity = np.empty(len(at), np.int64)
    entity[at] = seeds
    joins = (judged.bits >= model.join) & (judged.veto == 0)
    bits = np.where(judged.veto > 0, -np.inf, judged.bits)
    engine = "polegraph, shipped" if shipped else "polegraph"
    times = seconds, processor, trained - ready, memory
    result = _result(found, engine, (at[left], at[right], bits), joins, entity, times)
    if shipped or len(table) > choice:
        return result
    return replace(result, best=best_choice(table, _learned(table), Truth.of(found.truth, found.source), at))


def _trained(table: Table) -> Model:
    return train(_learned(table), shipped_document(), "bench").model


def _learned(table: Table) -> Table:
    places = sample(table.ids, _SAMPLE)
    return table if len(places) == len(table) else table.sampled(np.array(places, np.int64))


def read_splink(name: str, family: str, path: Path, out: str) -> Result:
    """Return what Splink made of a set, from the files that `bench/splink_peer.py` wrote."""
    found = read_set(path, family, name)
    place = {id_: number for number, id_ in enumerate(found.ids)}
    figures: dict[str, float] = json.loads(Path(f"{out}.json").read_text("utf-8"))
    pairs = pl.read_parquet(f"{out}.pairs.parquet")
    left, right = (np.array([place[id_] for id_ in pairs[side].to_list()], np.int64) for side in "ab")
    bits = pairs["bits"].to_numpy()
    gathered = pl.read_parquet(f"{out}.entities.parquet")
    entity = np.arange(len(found.ids)) + len(found.ids)
    codes = np.unique(gathered["entity"].cast(pl.String).to_numpy(), return_inverse=True)[1]
    entity[[place[id_] for id_ in gathered["uid"].cast(pl.String).to_list()]] = codes
    entity = np.unique(entity, return_inverse=True)[1].astype(np.int64)
    joins = bits >= np.log2(figures["threshold"] / (1 - figures["threshold"]))
    times = figures["seconds"], figures["processor"], figures["training"], figures["memory"]
    return _result(found, "Splink", (left, right, bits), joins, entity, times)


def _result(
    found: RecordSet,
    engine: str,
    pairs: tuple[Ints, Ints, Floats],
    joins: Ints,
    entity: Ints,
    times: tuple[float, float, float, float],
) -> Result:
    truth = Truth.of(found.truth, found.source)
    left, right, bits = pairs
    return Result(
        found.name,
        engine,
        len(found.ids),
        pairs_f1(truth, left[joins], right[joins]),
        closure_f1(truth, entity),
        bcubed_f1(truth, entity),
        best_pairs_f1(truth, left, right, bits),
        int(np.bincount(entity).max()),
        int(np.bincount(truth.who).max()),
        *times,
        joined_wrongly(found.truth, entity, found.lookalikes),
    )


def _measured(name: str, family: str, path: Path, given: argparse.Namespace) -> Iterator[Result]:
    """Yield each engine's result on a set, each measured in a process of its own."""
    peers = given.peers
    for which in (True, False) if given.shipped else (False,):
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            task: Future[Result] = pool.submit(run_engine, name, family, path, which, given.choice, given.kin)
            yield task.result()
    if peers is not None:
        out = str(path.with_suffix("")) + ".splink"
        command = [peers, str(_HERE / "splink_peer.py"), family, str(path), out]
        ended = subprocess.run(command, check=False, capture_output=True, text=True)
        if ended.returncode:
            print(f"{name}: Splink failed: {ended.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        else:
            yield read_splink(name, family, path, out)


def _sets(folder: Path, given: argparse.Namespace) -> Iterator[tuple[str, str, Path]]:
    missing = [times for times in given.silos if not (folder / f"silos_x{times}.parquet").exists()]
    if given.peers and (missing or not (folder / "febrl3.parquet").exists()):
        made = [str(_HERE / "open_sets.py"), str(folder), str(given.seed[0]), *map(str, given.silos)]
        subprocess.run([given.peers, *made], check=True)
    for name, family in (_OPEN | {f"silos_x{times}": "silo" for times in given.silos}).items():
        path = folder / f"{name}.parquet"
        if path.exists():
            yield name, family, path
        else:
            print(f"{name}: not measured, there is no {path}", file=sys.stderr)
    for records, seed, noise in product(given.records, given.seed, given.noise or [Noise()]):
        path = folder / f"town-{records}-{seed}{noise}.parquet"
        if not path.exists():
            write_people(records, path, seed, noise)
        yield path.stem, "british", path
    for one in given.set:
        family, _, file = one.partition("=")
        yield Path(file).stem, family, Path(file)


_COLUMNS = (
    "set", "engine", "pairs F1", "closure F1", "B-cubed F1", "lost to the best threshold",
    "to the best choice: pairs, closure, B-cubed", "largest (true)", "joined wrongly", "s (training)", "processor s",
    "MB",
)  # fmt: skip


def _show(one: Result) -> None:
    figures = [f"{each.value:.4f} ± {each.error:.4f}" for each in (one.pair, one.closure, one.bcubed)]
    wrongly = ", ".join(f"{sort} {share:.2%}" for sort, share in one.wrongly.items())
    _line(
        one.name, one.engine, *figures, f"{one.lost:.4f}", ", ".join(f"{lost:.4f}" for lost in one.chosen_worse),
        f"{one.largest} ({one.largest_true})", wrongly, f"{one.seconds:.1f} ({one.training:.1f})",
        f"{one.processor:.1f}", f"{one.memory:,.0f}",
    )  # fmt: skip


def _show_asked(one: Result) -> None:
    """Print what is asked of a set, the anchor in brackets."""
    goal = goal_of(one.name)
    figures = [str(asked or "") for asked in (goal.pair, goal.closure, goal.bcubed)]
    largest = f"{goal.larger:.0f} times" if goal.larger else ""
    wrongly = f"{JOINED_WRONGLY:.0%}" if one.wrongly else ""
    _line(one.name, "asked", *figures, f"{LOST}", f"{LOST}", largest, wrongly, "", "", "")


def _line(*cells: str) -> None:
    print(f"| {' | '.join(cells)} |", flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--peers", help="the Python of an environment with requirements-bench.txt")
    parser.add_argument("--records", type=int, nargs="*", default=[50_000, 1_000_000], help="made-up records")
    parser.add_argument("--seed", type=int, nargs="+", default=[1], help="of made-up records; the first of the silos")
    parser.add_argument("--noise", type=Noise.parse, nargs="*", metavar="SORT=TIMES,...", help="of made-up records")
    parser.add_argument("--silos", type=int, nargs="*", default=[1, 8], metavar="TIMES", help="their usual noise")
    parser.add_argument("--set", nargs="*", default=[], metavar="FAMILY=FILE", help="further sets")
    parser.add_argument("--only", nargs="*", help="names of sets")
    parser.add_argument("--kin", type=float, default=0.0, help="bits to be sure that it is no relative")
    parser.add_argument("--shipped", action="store_true", help="the shipped model too")
    choice = "hold what is chosen blindly in sets of so many records at most against the best choice"
    parser.add_argument("--choice", type=int, default=0, metavar="RECORDS", help=choice)
    online = "match records against so many in Neo4j at the end, as `python -m bench.online` does"
    parser.add_argument("--online", type=int, default=0, metavar="RECORDS", help=online)
    given = parser.parse_args(arguments)
    given.folder.mkdir(parents=True, exist_ok=True)
    _line(*_COLUMNS)
    _line(*["---"] * len(_COLUMNS))
    found: list[dict[str, Any]] = []
    for name, family, path in _sets(given.folder, given):
        if given.only and name not in given.only:
            continue
        for result in _measured(name, family, path, given):
            _show(result)
            found.append(asdict(result))
        _show_asked(result)
    (given.folder / "results.json").write_text(json.dumps(found, indent=1), "utf-8")
    if given.online:
        print(flush=True)
        command = [sys.executable, "-m", "bench.online", "--records", str(given.online), "--seed", str(given.seed[0])]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
