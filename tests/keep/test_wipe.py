"""Emptying a graph over Bolt."""

from __future__ import annotations

import pytest

from graph.open import Graph
from graph.wipe import wipe

pytestmark = pytest.mark.database


def test_a_graph_is_emptied_whatever_hangs_on_one_node_and_keeps_the_note_of_its_schema(graph: Graph) -> None:
    graph.store.write(
        lambda transaction: transaction.run_text(
            "CREATE (hub:Entity {id: 'e_hub'}) WITH hub UNWIND range(1, 12000) AS n "
            "CREATE (hub)-[:IN]->(:Entity {id: 'e_' + n})",
            {},
        )
    )
    wipe(graph.store)
    counted = "MATCH (n) RETURN count(n) AS nodes, count(CASE WHEN n:Migration THEN 1 END) AS migrations"
    (left,) = graph.store.write(lambda transaction: transaction.run_text(counted, {}))
    assert left["nodes"] == left["migrations"] > 0
