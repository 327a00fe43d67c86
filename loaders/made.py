"""Bare records of the reserved source `made`: they stand in for ends that `missing: make` names and nobody describes.

One for each (kind, scheme, value, marking), exactly while a live end names it and no other record that the statement
may see has the identifier; so the order of loading does not matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.ids import entity_of
from graph.marking_numbers import MarkingNumbers
from graph.open import Graph
from graph.store import Transaction
from loaders.bind import Waiting
from loaders.encode import identifier_id

SOURCE = "made"


def make_records(
    graph: Graph, transaction: Transaction, markings: MarkingNumbers, waiting: Mapping[str, Waiting]
) -> None:
    """Create the records that these rows' links need; the rows are linked again once those have their entities."""
    wanted: dict[str, dict[str, Any]] = {}
    for waits in waiting.values():
        for end in waits.make:
            text = markings.marking(end["mk"]).text
            record = graph.ids.record(SOURCE, end["kind"], f"{end['scheme']}={end['value']}", text)
            wanted[record] = {
                **end,
                "id": record,
                "identifier": identifier_id(graph.ids, end["kind"], end["scheme"], end["value"]),
            }
    if wanted:
        (source,) = transaction.run("admin/declare_source", id=SOURCE, name="made", owner=None, priority=0)
        transaction.run(
            "load/make",
            nodes=[
                {
                    "record": {
                        "id": end["id"],
                        "kind": end["kind"],
                        "key": f"{end['scheme']}={end['value']}",
                        "mk": end["mk"],
                        "source": source["n"],
                        "version": 1,
                        "recorded_at": 0,
                        "live": True,
                        end["scheme"]: [end["value"]],
                    },
                    "identifier": end["identifier"],
                    "entity": entity_of(end["id"]),
                }
                for end in wanted.values()
            ],
        )
