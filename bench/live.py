"""Milliseconds of `metrics` over a graph of many incidents, for each window: counted by the database, and from columns.

Incidents of a seed with a caller, an address in a postcode, beat and division, and an officer each, in an installation
of its own, which is thrown away. Each answer from columns is asserted equal to the recount. `--patches` measures what
it takes to take in what changed since the last answer.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from statistics import quantiles
from typing import Any, LiteralString

from analysis.kept_events import Kept
from analysis.live import metrics
from analysis.span import WINDOWS
from bench.installation import prepared, put_events, thrown_away
from graph.answer import iso
from graph.ids import Ids, entity_of
from graph.open import Graph
from security.marking import EVERYTHING

_NOW = 1_790_000_000
_DAY = 86_400
_AT_ONCE = 10_000
_IDS = Ids(b"a key of a bench that is long enough, and public")
# Tiles that are asked for alone: of events, and of each kind of link.
_ALONE = ("open", "repeat_callers", "incidents_by_area", "officers_committed")
Link = tuple[str, str, str, str | None]


def incidents(number: int, days: int, mk: int, seed: int) -> Iterator[dict[str, Any]]:
    """Incidents spread evenly over the days before now, with the times of what came of them."""
    chance = random.Random(seed)
    for n in range(number):
        at = _NOW - 1 - chance.randrange(days * _DAY)
        arrived = at + 60 + int(chance.lognormvariate(6.5, 1))
        yield {
            "id": _id(f"i{n}"), "kind": "Incident", "mk": mk, "label": "Incident", "at": at, "source": 1,
            "priority": chance.choice("1234"), "type": chance.choice(("999", "101")), "status": "CLOSED",
            "opened_at": iso(at), "assigned_at": iso(at + 50), "arrived_at": iso(arrived),
            "closed_at": iso(arrived + 1_800),
        }  # fmt: skip


def around(number: int, rows: list[dict[str, Any]], mk: int, seed: int) -> tuple[list[dict[str, Any]], list[Link]]:
    """What incidents are tied to: things, and links as type, start, end and role."""
    chance = random.Random(seed)
    homes, people = max(1, number // 3), max(1, number // 2)
    made = [_thing("Area", f"d{n}", mk, code=f"D{n}") for n in range(10)]
    made += [_thing("Area", f"b{n}", mk, code=f"B{n}") for n in range(200)]
    made += [_thing("Postcode", f"p{n}", mk) for n in range(2_000)]
    made += [_thing("Address", f"h{n}", mk) for n in range(homes)]
    made += [_thing("Person", f"c{n}", mk) for n in range(people)]
    made += [_thing("Officer", f"o{n}", mk, unit=f"Team {n % 40}") for n in range(2_000)]
    links: list[Link] = [("IN", _id(f"b{n}"), _id(f"d{n % 10}"), None) for n in range(200)]
    links += [("IN", _id(f"p{n}"), _id(f"b{n % 200}"), None) for n in range(2_000)]
    links += [("IN", _id(f"h{n}"), _id(f"p{n % 2_000}"), None) for n in range(homes)]
    for row in rows:
        links.append(("OCCURRED_AT", row["id"], _id(f"h{chance.randrange(homes)}"), None))
        links.append(("INVOLVED_IN", _id(f"c{chance.randrange(people)}"), row["id"], "CALLER"))
        links.append(("HANDLED_BY", row["id"], _id(f"o{chance.randrange(2_000)}"), None))
    return made, links


def _id(name: str) -> str:
    return entity_of(_IDS.record("bench", "", name, ""))


def _thing(kind: str, name: str, mk: int, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - properties
    return {"id": _id(name), "kind": kind, "mk": mk, "label": name, **given}


def put(graph: Graph, things: list[dict[str, Any]], links: list[Link], mk: int) -> None:
    """Put things and links into the graph."""
    _put(graph, things, mk, "UNWIND $rows AS row CREATE (e:Entity:$(row.kind)) SET e = row")
    _put(
        graph,
        links,
        mk,
        """UNWIND $rows AS row MATCH (a:Entity {id: row[1]}) MATCH (b:Entity {id: row[2]})
           CREATE (a)-[r:$(row[0])]->(b) SET r.mk = $mk, r.role = row[3]""",
    )


def _put(graph: Graph, rows: Sequence[Any], mk: int, text: LiteralString) -> None:
    for begin in range(0, len(rows), _AT_ONCE):
        some = {"rows": rows[begin : begin + _AT_ONCE], "mk": mk}
        graph.store.write(lambda transaction, some=some: transaction.run_text(text, some))  # type: ignore[misc]


def measure(graph: Graph, moments: list[int], repeats: int) -> Kept:
    """Print p50 and p95 of each window; raises AssertionError where an answer is not the recount."""
    viewer = graph.catalogue.viewer("bench", EVERYTHING)
    kept = Kept(graph)
    begun, worked = time.perf_counter(), time.process_time()
    kept.build()
    taken = time.perf_counter() - begun, time.process_time() - worked
    print(f"columns read in {taken[0]:.1f} s, {taken[1]:.1f} s of this process\n")
    print("| window | incidents | counted by | p50 ms | p95 ms | of this process, ms |\n" + "| --- " * 6 + "|")
    for window, (length, _) in WINDOWS.items():
        recount = sum(_NOW - length <= at < _NOW for at in moments)
        expected = metrics(graph, viewer, None, window)
        assert expected.total == recount
        asked: list[tuple[str, list[str] | None, str | None]] = [("all", None, None), ("all of one area", None, "b7")]
        asked += [(name, [name], None) for name in _ALONE]
        for what, tiles, area in asked:
            for by, columns in (("the database", None), ("columns", kept)):
                times, worked = list[float](), time.process_time()
                for _ in range(repeats + 1):
                    begun = time.perf_counter()
                    found = metrics(graph, viewer, area and _id(area), window, tiles, columns)
                    times.append(1_000 * (time.perf_counter() - begun))
                assert tiles or area or found == expected
                cut, spent = quantiles(times[1:], n=20), 1_000 * (time.process_time() - worked) / (repeats + 1)
                told = f"{what}, {by}"
                print(f"| {window} | {recount:,} | {told} | {cut[9]:.0f} | {cut[18]:.0f} | {spent:.1f} |", flush=True)
    return kept


def patches(graph: Graph, kept: Kept, ids: list[str], many: int) -> None:
    """Print what one tile takes after each of so many changes of ten incidents."""
    viewer, chance, times = graph.catalogue.viewer("bench", EVERYTHING), random.Random(2), list[float]()
    worked = 0.0
    for _ in range(many):
        some = chance.sample(ids, 10)
        graph.store.write(lambda transaction, some=some: transaction.touch(some))  # type: ignore[misc]
        begun, before = time.perf_counter(), time.process_time()
        metrics(graph, viewer, None, "24h", ["open"], kept)
        times.append(1_000 * (time.perf_counter() - begun))
        worked += time.process_time() - before
    cut = quantiles(times, n=20)
    print(f"\none tile of 24 h after a change of ten: p50 {cut[9]:.0f} ms, p95 {cut[18]:.0f} ms,", end=" ")
    print(f"{1_000 * worked / many:.1f} of this process")


def main() -> None:
    """Make the incidents, measure, throw the installation away."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=300_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=10)
    parser.add_argument("--patches", type=int, default=50)
    given = parser.parse_args()
    with thrown_away() as (settings, _):
        graph = prepared(settings, lambda: _NOW)
        (mk,) = graph.catalogue.viewer("bench", EVERYTHING).allowed
        rows = list(incidents(given.incidents, given.days, mk, given.seed))
        put_events(graph, rows)
        put(graph, *around(given.incidents, rows, mk, given.seed), mk)
        kept = measure(graph, [row["at"] for row in rows], given.repeats)
        patches(graph, kept, [row["id"] for row in rows], given.patches)
        graph.store.close()


if __name__ == "__main__":
    main()
