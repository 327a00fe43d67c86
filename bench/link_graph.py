"""The links that are kept for networks: how long they take to read, to bring to the present and to ask, and their size.

`python -m bench.link_graph [--people 20000]` makes a city (or takes that of `--data`), reads its links whole and in
part, which gives the slope, and asks the same networks of the database and of what is kept, in turn.
`python -m bench.link_graph --drawn 1000000 [--edges 6000000]` draws people with associations, a few of them hubs, in
memory alone: its size, three hops, and ways between two.
`python -m bench.link_graph --stored 1000000 [--edges 3000000]` imports a drawn graph of the city's kinds and reads it
whole, the first time since the server began and again. Processor times are of this process where nothing else is
said; the database's own is in the wall's.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

import numpy as np

from analysis.emerging import Recent, emerging_networks
from analysis.gather import bounds, pages, renewed, whole
from analysis.kept_links import keeping
from analysis.link_column import Bools, packed
from analysis.link_graph import ASSOCIATED, LinkGraph, Links, Things, link_graph
from analysis.network import UNDATED, Ints, Longs
from analysis.part import Part
from analysis.pull import pull
from analysis.scope import Scope
from bench.installation import city, take_city
from bench.percentile import percentile
from bench.stored_links import stored
from graph.errors import TooCostly
from graph.open import Graph, open_graph
from security.marking import EVERYTHING

T = TypeVar("T")
_SUBJECTS = 40
_READINGS = 3
# Ways that are looked for again from one end alone.
_CHECKED = 5
_TOUCHED = (1, 100, 1_000)
_SHARED = ("Phone", "Address", "Vehicle", "Crime", "IntelReport", "Arrest", "Custody")
# So many people of a city are of several records, and of so many.
_SEVERAL, _RECORDS = 0.53, 5


def timed(work: Callable[[], T]) -> tuple[T, float, float]:
    """What it gives, the seconds on the wall and those of this process."""
    wall, own = time.perf_counter(), time.process_time()
    found = work()
    return found, time.perf_counter() - wall, time.process_time() - own


def of_a_city(graph: Graph) -> None:
    """Print what is kept of a city costs."""
    viewer = graph.catalogue.viewer("bench", EVERYTHING)
    links = _read(graph)
    people = [links.id_of(node) for node in _some(links, links.people(viewer.allowed))]
    for many in _TOUCHED:
        ids = [links.id_of(node) for node in random.Random(1).sample(range(links.size), min(many, links.size))]
        graph.store.write(lambda transaction, ids=ids: transaction.touch(ids))  # type: ignore[misc]
        after, wall, own = timed(lambda links=links: renewed(graph.store, links))  # type: ignore[misc]
        links = after or links
        print(f"patch of {many:5,} things: {wall:6.2f} s, {own:6.2f} s of this process")
    scopes: dict[str, Callable[[str], Scope]] = {
        "1 hop": lambda id_: Scope(ids=(id_,), hops=1, kinds=_SHARED),
        "2 hops": lambda id_: Scope(ids=(id_,), hops=2, kinds=_SHARED),
        "3 hops, associations": lambda id_: Scope(ids=(id_,), hops=3),
    }
    print(f"{'':24} {'database p50':>12} {'p95':>8} {'kept p50':>10} {'p95':>8}  ms; refused as too large are left out")
    for name, scope in scopes.items():
        asked = [scope(id_) for id_ in people]
        before = _times(lambda scope: pull(graph, viewer, scope), asked)
        with keeping(graph.store, background=False) as keeper:
            keeper.renew()
            after_times = _times(lambda scope: pull(graph, viewer, scope), asked)
        row = [percentile(times, percent) for times in (before, after_times) for percent in (50, 95)]
        print(f"{name:24} {row[0]:12.1f} {row[1]:8.1f} {row[2]:10.1f} {row[3]:8.1f}", flush=True)
    _three_hops(links, viewer.allowed, Scope(kinds=_SHARED))
    _, wall, own = timed(lambda: emerging_networks(graph, viewer, Recent(window_days=365)))
    print(f"emerging networks, 365 days, everywhere: {wall:.2f} s, {own:.2f} s of this process")


def _read(graph: Graph) -> LinkGraph:
    """Read all links, then the half and the quarter of the pages."""
    links, wall, own = timed(lambda: whole(graph.store))
    print(f"{links.size:,} nodes, {links.count:,} links read whole: {wall:.2f} s, {own:.2f} s of this process")
    all_bounds = bounds(links.size)
    for share in (2, 4):
        with_less = all_bounds[: max(len(all_bounds) // share, 2)]
        spans = list(pairwise(with_less))
        (_, _, part), wall, own = timed(lambda spans=spans: pages(graph.store, spans))  # type: ignore[misc]
        read = len(part.said)
        print(f"of 1/{share} of the ids {read:,} links: {wall:.2f} s, {own:.2f} s of this process")
    _size(links)
    return links


def of_stored(things: int, edges: int) -> None:
    """Print what it costs to read so much for the first time since the server began, and again."""
    with stored(things, edges) as (graph, server):
        for _ in range(_READINGS):
            before = sum(server.cpu_times()[:2])
            links, wall, own = timed(lambda: whole(graph.store))
            database = sum(server.cpu_times()[:2]) - before
            print(
                f"{links.size:,} nodes, {links.count:,} links read whole: {wall:.2f} s; "
                f"{own:.2f} of the processor here, {database:.2f} in the database",
                flush=True,
            )
        _size(links)


def _size(links: LinkGraph) -> None:
    print(
        f"{links.held_bytes / links.count:.1f} bytes a link with all that is said of it, both directions and nodes; "
        f"{links.structure_bytes / links.count / 2:.1f} a link and direction for the ends; "
        f"{links.things.nbytes / max(links.size, 1):.0f} a node; "
        f"{links.records.nbytes / links.count:.1f} a link for records of which a node has several"
    )


def _three_hops(links: LinkGraph, allowed: Sequence[int], scope: Scope) -> None:
    """Print how long it takes to find who is within three ties, with the mask of a viewer and with none to mask."""
    people = np.array(_some(links, links.people(allowed)), np.int32)
    for name, part in (("masked", Part(links, allowed, scope, 10**9)), ("bare", _Bare(links, allowed, scope, 10**9))):
        times, met = [], 0
        for person in people:
            began = time.process_time()
            seen = layer = person.reshape(1)
            for _ in range(3):
                layer = np.setdiff1d(part.tied(layer), seen, assume_unique=True)
                seen = np.union1d(seen, layer)
            times.append(1_000 * (time.process_time() - began))
            met += len(seen)
        print(
            f"who is within 3 ties, {name}: p50 {percentile(times, 50):.2f}, p95 {percentile(times, 95):.2f} ms of the "
            f"processor, {met / len(people):,.0f} on average",
            flush=True,
        )


def _ways(links: LinkGraph, allowed: Sequence[int]) -> None:
    """Print how long it takes to find in how many ties two reach each other, layer by layer from both ends."""
    part, people = Part(links, allowed, Scope(), 10**9), _some(links, links.people(allowed))
    pairs = list(pairwise(people))
    times, found = [], []
    for one, other in pairs:
        began = time.process_time()
        found.append(_distance(part, one, other))
        times.append(1_000 * (time.process_time() - began))
    for (one, other), ties in zip(pairs[:_CHECKED], found, strict=False):
        seen = np.array([one], np.int32)
        for _ in range(ties - 1):
            seen = part.tied(seen)
        assert other not in seen, "a shorter way was overlooked"
        assert other in part.tied(seen), "there is no way of this length"
    print(
        f"in how many ties two reach each other: p50 {percentile(times, 50):.2f}, p95 {percentile(times, 95):.2f} ms "
        f"of the processor, {sum(found) / len(found):.1f} ties on average",
        flush=True,
    )


def _distance(part: Part, one: int, other: int) -> int:
    """The ties of a shortest way between two who reach each other; 0 where nothing leads from one to the other."""
    seen = [np.array([end], np.int32) for end in (one, other)]
    new, ties = list(seen), 0
    while min(map(len, new)):
        side = int(len(new[1]) < len(new[0]))
        new[side] = np.setdiff1d(part.tied(new[side]), seen[side], assume_unique=True)
        seen[side] = np.union1d(seen[side], new[side])
        ties += 1
        if len(np.intersect1d(new[side], seen[1 - side], assume_unique=True)):
            return ties
    return 0


class _Bare(Part):
    """The same without looking at markings."""

    def _passing(self) -> Bools:
        return np.ones(len(self._links.sayings.packed), bool)


def _times(ask: Callable[[Scope], object], asked: Sequence[Scope]) -> list[float]:
    times = []
    for scope in asked:
        began = time.perf_counter()
        try:
            ask(scope)
        except TooCostly:
            continue
        times.append(1_000 * (time.perf_counter() - began))
    return times


def _some(links: LinkGraph, people: Ints) -> list[int]:
    tied = people[np.diff(links.start)[people] > 1]
    return sorted(random.Random(1).sample(tied.tolist(), min(_SUBJECTS, len(tied))))


def drawn(nodes: int, edges: int) -> LinkGraph:
    """People with associations, the first of them with very many; a link in twenty is hidden.

    As in the city, 53 of 100 people are of several records.
    """
    chance = np.random.default_rng(1)
    key = np.unique(chance.integers(0, 2**60, nodes))
    size = len(key)
    nothing = np.zeros(size, np.int8)
    things = Things(
        key, np.zeros((size, 5), np.uint8), nothing, nothing.astype(np.int32), np.full(size, UNDATED), nothing > 0
    )
    several = chance.random(size) < _SEVERAL
    one, other = (np.floor(size * chance.random(edges) ** power).astype(np.int32) for power in (1.5, 1.0))

    def record(ends: Ints) -> Longs:
        return key[ends] ^ np.where(several[ends], chance.integers(0, _RECORDS, edges), 0)

    hidden = (chance.random(edges) < 0.05).astype(np.int8)
    kind = np.full(edges, ASSOCIATED, np.int8)
    said = packed(kind, np.full(edges, 111, np.int16), np.zeros(edges, np.int8), hidden)
    dated = chance.integers(1_500_000_000, 1_700_000_000, edges)
    return link_graph(("", 0), things, Links(key[one], key[other], said, dated, record(one), record(other)))


def main() -> None:
    """Measure what the options ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    take_city(parser, 20_000)
    parser.add_argument("--drawn", type=int, help="people of a graph that is drawn")
    parser.add_argument("--edges", type=int, default=6_000_000)
    parser.add_argument("--stored", type=int, help="things of a graph that is drawn and imported into the database")
    given = parser.parse_args()
    if given.stored:
        of_stored(given.stored, given.edges)
        return
    if given.drawn:
        links, wall, own = timed(lambda: drawn(given.drawn, given.edges))
        print(f"{links.size:,} nodes, {links.count:,} links drawn and sorted: {wall:.2f} s, {own:.2f} of the processor")
        _size(links)
        _three_hops(links, (0,), Scope())
        _ways(links, (0,))
        return
    with city(given.people, given.data) as settings:
        graph = open_graph(settings)
        of_a_city(graph)
        graph.store.close()


if __name__ == "__main__":
    main()
