"""What a disposal takes: everything of so many subjects, out of a city of twice as many.

`python -m bench.disposal` makes a city of `--people`, takes a day on which everybody's time is over, puts a hold on all
but `--subjects` people, and lets go what the dry run shows. Printed are seconds and processor seconds (of this process;
the database's are beside them) of the dry run and of the disposal, the rows and things that went, and what is left.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import psutil

from bench.installation import city, take_city
from graph.open import Graph, managed, open_graph
from graph.settings import Settings
from loaders.present import counts
from loaders.retain import dispose, load_policy, planned
from loaders.retain.policy import Policy
from loaders.settle import silent

_YEARS_S = 150 * 31_557_600
_BATCH = 5_000
T = TypeVar("T")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    take_city(parser, 20_000)
    parser.add_argument("--subjects", type=int, default=10_000, help="people whose time is over")
    given = parser.parse_args()
    with city(given.people, given.data) as settings:
        graph = open_graph(settings)
        later = replace(graph, clock=lambda: int(time.time()) + _YEARS_S)
        policy = load_policy(None)
        # Groups that ask for a word first go by themselves here: words would be all that is counted.
        policy = policy.model_copy(
            update={"groups": {g: term.model_copy(update={"automatic": True}) for g, term in policy.groups.items()}}
        )
        subjects = _hold_all_but(later, policy, given.subjects)
        shown = _timed("dry run", settings, lambda: planned(later, policy))
        before = counts(graph.store)
        people = sum(each.kind == "Person" for each in shown.ready)
        print(f"{people:,} of {subjects:,} people may go, {len(shown.rows):,} of {before['rows']:,} rows")
        done = _timed("disposal", settings, lambda: dispose(later, shown.token, policy, None, silent))
        after = counts(graph.store)
        print(f"{len(done.ids):,} records, events and values went; left: {after['rows']:,} rows")
        graph.store.close()


def _hold_all_but(graph: Graph, policy: Policy, most: int) -> int:
    """Put a hold on all people but so many; returns how many people there are."""
    people = [each for each in planned(graph, policy).standings if each.kind == "Person"]
    held = [id_ for person in people[most:] for id_ in person.ids if id_.startswith("r_")]
    words = [
        {"id": f"v_{number:020d}", "record": id_, "verdict": "HOLD", "reason": "bench", "by": "bench", "at": 0}
        for number, id_ in enumerate(held)
    ]
    for start in range(0, len(words), _BATCH):
        part = words[start : start + _BATCH]
        graph.store.write(lambda transaction, part=part: transaction.run("keep/put_reviews", nodes=part))  # type: ignore[misc]
    return len(people)


def _timed(name: str, settings: Settings, work: Callable[[], T]) -> T:
    server = psutil.Process(managed(settings).status().pid or 0)
    started, own, theirs = time.perf_counter(), time.process_time(), _processor(server)
    found = work()
    took = (time.perf_counter() - started, time.process_time() - own, _processor(server) - theirs)
    print(f"{name}: {took[0]:.1f} s; processor {took[1]:.1f} s here, {took[2]:.1f} s of the database", flush=True)
    return found


def _processor(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


if __name__ == "__main__":
    main()
