"""Random graphs written in one go, what one viewer sees of them, and the answers that networkx gives over that."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import LiteralString

import networkx as nx

from graph.ids import entity_of
from graph.open import Graph
from graph.read.walk import UNGRADED, Step

GRADES = (111, 121, 221, 352, None)


@dataclass(frozen=True, slots=True)
class Tie:
    """One link of a mesh: its ends, marking number and grade."""

    a: str
    b: str
    mk: int
    grade: int | None


def random_ties(seed: int, ids: Sequence[str], count: int, hidden: float = 0.3) -> list[Tie]:
    """Links between different nodes; some hidden (marking 2), some parallel."""
    chance = random.Random(seed)
    ties = []
    for _ in range(count):
        a, b = chance.sample(ids, 2)
        ties.append(Tie(a, b, 2 if chance.random() < hidden else 0, chance.choice(GRADES)))
        if chance.random() < 0.3:
            ties.append(Tie(b, a, chance.choice((0, 2)), chance.choice(GRADES)))
    return ties


def seen(ids: Sequence[str], ties: Sequence[Tie], allowed: Sequence[int]) -> nx.Graph:
    """The graph that a viewer sees; the attribute `grade` of an edge is the best of its parallel links."""
    graph = nx.Graph()
    graph.add_nodes_from(ids)
    for tie in ties:
        if tie.mk in allowed:
            grade = UNGRADED if tie.grade is None else tie.grade
            best = min(grade, graph.get_edge_data(tie.a, tie.b, {"grade": UNGRADED})["grade"])
            graph.add_edge(tie.a, tie.b, grade=best)
    return graph


def all_paths(graph: nx.Graph, start: str, end: str, most_hops: int) -> list[tuple[int, int, tuple[str, ...]]]:
    """Every simple path as (length, weakest grade, nodes), in the order of the contract."""
    found = []
    for nodes in nx.all_simple_paths(graph, start, end, cutoff=most_hops):
        weakest = max(graph.edges[hop]["grade"] for hop in pairwise(nodes))
        found.append((len(nodes) - 1, weakest, tuple(nodes)))
    return sorted(found)


def steps_of(graph: nx.Graph, ids: list[str], closed: frozenset[str] = frozenset()) -> dict[str, Step]:
    """The steps from these nodes; closed ones keep their neighbours to themselves."""
    found = {}
    for id_ in ids:
        around = tuple(sorted((other, graph.edges[id_, other]["grade"]) for other in graph[id_]))
        shown = () if id_ in closed else around
        found[id_] = Step(id_, shown, len(around), passed=id_ not in closed)
    return found


def write(graph: Graph, run: str, size: int, ties: Sequence[Tie] | None = None, kind: str = "Person") -> list[str]:
    """The ids of `size` nodes of one kind made under the name `run`, sorted."""
    ids = sorted(entity_of(graph.ids.record("mesh", kind, f"{run}-{n}", "OFFICIAL")) for n in range(size))
    made = [{"id": id_, "kind": kind, "mk": 0, "label": id_} for id_ in ids]
    _run(graph, f"UNWIND $made AS made CREATE (n:Entity:{kind}) SET n = made", made)
    if ties:
        tie(graph, run, ties)
    return ids


def tie(graph: Graph, run: str, ties: Sequence[Tie], type_: str = "ASSOCIATED_WITH", source: int = 1) -> None:
    """Write these links."""
    made = [
        {
            "a": one.a,
            "b": one.b,
            "given": {
                "row": graph.ids.row("mesh", run, f"{type_}-{n}", "OFFICIAL", ""),
                "place": 1,
                "source": source,
                "mk": one.mk,
                "grade": one.grade,
                "recorded_at": 1_600_000_000,
            },
        }
        for n, one in enumerate(ties)
    ]
    text = "UNWIND $made AS made MATCH (a:Entity {id: made.a}) MATCH (b:Entity {id: made.b}) "
    _run(graph, f"{text}CREATE (a)-[r:{type_}]->(b) SET r = made.given", made)


def _run(graph: Graph, text: LiteralString, made: Sequence[Mapping[str, object]]) -> None:
    graph.store.write(lambda transaction: transaction.run_text(text, {"made": list(made)}))
