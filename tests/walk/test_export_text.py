"""A network as text reads back as the network that it was."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO

import networkx as nx
import pytest

from graph.export.text import TextFormat, texts
from graph.read.network import expand
from tests.read.world import World

pytestmark = pytest.mark.database


def test_every_format_holds_the_network(world: World) -> None:
    a, b = (world.thing("Person", name, given_name=name) for name in ("=Ann", "Bob"))
    crime = world.thing("Crime", type="THEFT")
    links = {world.link("ASSOCIATED_WITH", a, b, grade=111), world.link("INVOLVED_IN", b, crime, role="SUSPECT")}
    viewer = world.viewer()
    network = expand(world.graph, viewer, [a], 2)
    (graphml,) = texts(world.graph, network, TextFormat.GRAPHML)
    (linked,) = texts(world.graph, network, TextFormat.NODE_LINK)
    things, ties = texts(world.graph, network, TextFormat.CSV)
    read = nx.read_graphml(BytesIO(graphml.text.encode()), force_multigraph=True)
    noted = nx.node_link_graph(json.loads(linked.text), edges="links")
    for graph in (read, noted):
        assert set(graph) == {a, b, crime}
        assert {(u, v, data["type"], data["marking"]) for u, v, data in graph.edges(data=True)} == {
            (a, b, "ASSOCIATED_WITH", "OFFICIAL"),
            (b, crime, "INVOLVED_IN", "OFFICIAL"),
        }
    assert {key for *_, key in noted.edges(keys=True)} == links
    rows = {row["id"]: row for row in csv.DictReader(StringIO(things.text))}
    assert (rows[a]["label"], rows[b]["givenName"], rows[crime]["type"]) == ("'=Ann", "Bob", "THEFT")
    assert {(row["id"], row["from"], row["to"]) for row in csv.DictReader(StringIO(ties.text))} == {
        (link.id, link.origin.id, link.target.id) for link in network.links
    }
    assert {row["grade"] for row in csv.DictReader(StringIO(ties.text))} == {"1A P", ""}
