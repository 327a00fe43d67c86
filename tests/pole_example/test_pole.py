"""Every node and relationship of the POLE example is accounted for, and the questions answer over it.

The open data is read where POLEGRAPH_TEST_DATA says; without it these tests are reported apart.
"""

from __future__ import annotations

from collections import Counter

import networkx as nx

from graph.answer import LinkFilter
from graph.read.entity import entity
from graph.read.event import co_offenders
from graph.read.network import expand
from graph.read.path import paths
from graph.read.search import search
from tests.pole_example.conftest import NEEDED, Loaded, raw, social

NODES, RELATIONSHIPS = 61_521, 105_840

pytestmark = NEEDED


def test_every_node_and_relationship_is_accounted_for(pole: Loaded) -> None:
    files = [file.as_json() for file in pole.report.files]
    nodes = [file for file in files if ".nodes." in file["path"]]
    links = [file for file in files if ".relationships." in file["path"]]
    assert sum(file["rows"]["loaded"] for file in nodes) == NODES
    assert sum(sum({**file["records"], **file["values"]}.values()) for file in nodes) == NODES
    assert sum(link["loaded"] for file in links for link in file["links"].values()) == RELATIONSHIPS
    assert sum(link["dangling"] for file in links for link in file["links"].values()) == 0
    assert pole.report.rejected == 0


def test_search_finds_both_of_one_name(pole: Loaded) -> None:
    wanted = {row[":ID"] for row in raw("nodes.Person") if (row["name"], row["surname"]) == ("Anne", "Rice")}
    hits = search(pole.graph, pole.viewer, "anne rice", ["Person"]).items
    assert len(wanted) == 2
    assert {pole.id("Person", key) for key in wanted} <= {hit.entity.id for hit in hits[:5]}


def test_paths_are_those_of_networkx(pole: Loaded) -> None:
    ties = social()
    groups: list[list[str]] = [sorted(each) for each in nx.connected_components(ties)]
    people = max(groups, key=len)
    for a, b in zip(people[:5], people[-5:], strict=True):
        hops = nx.shortest_path_length(ties, a, b)
        where = LinkFilter(types=("ASSOCIATED_WITH",))
        found = paths(pole.graph, pole.viewer, pole.id("Person", a), pole.id("Person", b), 6, 50, where).paths
        if hops > 6:
            assert found == ()
            continue
        shortest = {tuple(pole.id("Person", key) for key in path) for path in nx.all_shortest_paths(ties, a, b)}
        mine = {tuple(node.id for node in path.nodes) for path in found if path.length == hops}
        assert mine == shortest if len(shortest) <= 50 else mine <= shortest


def test_expand_reaches_what_networkx_reaches(pole: Loaded) -> None:
    ties = social()
    key = max(sorted(ties), key=lambda each: int(ties.degree[each]))
    near = nx.single_source_shortest_path_length(ties, key, 2)
    where = LinkFilter(types=("ASSOCIATED_WITH",))
    found = expand(pole.graph, pole.viewer, [pole.id("Person", key)], 2, where, 2_000)
    assert {node.id for node in found.nodes} == {pole.id("Person", each) for each in near}


def test_co_offenders_are_those_of_the_files(pole: Loaded) -> None:
    crimes: dict[str, list[str]] = {}
    for row in raw("relationships.PARTY_TO"):
        crimes.setdefault(row[":END_ID"], []).append(row[":START_ID"])
    shared: Counter[tuple[str, str]] = Counter()
    for people in crimes.values():
        shared.update((a, b) for a in people for b in people if a != b)
    offender = sorted(a for a, _ in shared)[0] if shared else next(iter(crimes.values()))[0]
    expected = {(pole.id("Person", b), n) for (a, b), n in shared.items() if a == offender}
    found = co_offenders(pole.graph, pole.viewer, pole.id("Person", offender), first=50)
    assert {(each.entity.id, each.shared_events) for each in found.items} == expected


def test_a_phone_that_is_none_is_kept_raw(pole: Loaded) -> None:
    row = next(raw("nodes.Phone"))
    found = entity(pole.graph, pole.viewer, pole.graph.ids.value("Phone", "", row["phoneNo"]))
    assert found is not None
    assert found.label == row["phoneNo"]
