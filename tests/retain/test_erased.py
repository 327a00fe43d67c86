"""What was erased is as if it had never come: the graph's dump and every answer of the API are those without it.

Of one world what tells of things, their links, records and parts is asked. `POLEGRAPH_TEST_WORLDS` asks for so many
worlds, and all questions of each: five minutes a world.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from graph import job
from graph.open import Graph
from graph.store import Transaction
from loaders.retain.erase import erase
from security.marking import EVERYTHING
from tests.analysis.followed import Followed
from tests.whole.double import Asker, Delivery, Known, ask_all, build, decision_ids, deliver, hidden_ids
from tests.whole.double_live import figures
from tests.whole.double_question import (
    AGAIN,
    MAKERS,
    entity,
    filtered_links,
    identify,
    nodes,
    profile,
    search,
    shared_links,
    sources,
    stop_check,
    things,
    timeline,
)
from tests.whole.double_world import ALL, World, world
from tests.whole.silo import DAY, JANUARY, dumped
from tests.whole.test_double_worlds import client, difference, log_file, shared

pytestmark = pytest.mark.database
WORLDS = int(os.environ.get("POLEGRAPH_TEST_WORLDS", "0"))
SEED = int(os.environ.get("POLEGRAPH_TEST_SEED", "1"))
# What loads did, which sources there are and how old their data is, is told as before.
TOLD_BEFORE = (sources, figures)
# What is asked of one world: seconds.
SOME = (things, entity, filtered_links, nodes, search, identify, stop_check, profile, timeline, shared_links)
__all__ = ["client", "log_file", "shared"]


def told(client: TestClient, graph: Graph, made: World, seed: float, hidden: list[str]) -> Asker:
    people = made.people(hidden=False) + made.people(hidden=True)[:20]
    known = Known(random.Random(seed), hidden, people, decisions=decision_ids(graph, made), whole=bool(WORLDS))
    makers = [maker for maker in (*MAKERS, *AGAIN) if maker not in TOLD_BEFORE] if WORLDS else SOME
    return ask_all(client, ALL, known, makers)


def watch_all(graph: Graph, ids: list[str]) -> None:
    """Have somebody watch these together, and somebody each by itself; and a workspace with all."""
    of = {"owner": "somebody", "name": "x", "mks": [], "patterns": ["ANYTHING"]}
    watches = [{**of, "id": "o_all", "ids": ids}, *({**of, "id": f"o_{id_}", "ids": [id_]} for id_ in ids)]
    watches += [{**of, "id": f"o_in_{id_}", "area": id_} for id_ in ids]
    drawn = {"things": ids, "xs": [0.0] * len(ids), "ys": [0.0] * len(ids), "done": [0] * len(ids), "notes": ids}

    def put(transaction: Transaction) -> None:
        for each in watches:
            transaction.run("alert/put_watch", watch=each)
        transaction.run("workspace/put", workspace={**drawn, "id": "n_all", "owner": "somebody", "version": 1})

    graph.store.write(put)


def named_for_somebody(graph: Graph) -> set[str]:
    """What the watches and the workspace name, each of them the same."""
    watches = [row["properties"] for row in graph.store.internal("keep/watches")]
    (drawn,) = [row["properties"] for row in graph.store.internal("keep/workspaces")]
    assert drawn["notes"] == drawn["things"]
    of_all = {id_ for each in watches for id_ in each.get("ids", ()) if each["id"] == "o_all"}
    of_one = {id_ for each in watches for id_ in each.get("ids", ()) if each["id"] != "o_all"}
    assert of_all == of_one == {each["area"] for each in watches if "area" in each} == set(drawn["things"])
    return of_all


@pytest.mark.parametrize("number", range(WORLDS or 1))
def test_as_if_it_had_never_come(shared: Graph, client: TestClient, tmp_path: Path, number: int) -> None:
    made = world(SEED, number)
    made.hidden_words = []
    build(shared, made, tmp_path / "without", hidden=False)
    seen = {row["properties"]["id"] for row in shared.store.stream("dump/rows")}
    expected = dumped(shared, tmp_path)
    seed = made.chance.random()
    build(shared, made, tmp_path / "with", hidden=True)
    hidden = hidden_ids(shared, made.viewer, made.chance)
    before = dumped(shared, tmp_path)
    everything = sorted({row["properties"]["id"] for row in shared.store.stream("dump/entities")})
    watch_all(shared, everything)
    followed = Followed(shared.store)
    gone = [row["properties"]["id"] for row in shared.store.stream("dump/rows") if row["properties"]["id"] not in seen]

    asked = job.begin(shared, shared.catalogue.viewer("tester", EVERYTHING), "communities", "these")

    erased = erase(shared, gone, lambda *_: None)

    assert len(before) > len(expected)
    assert erased
    assert shared.store.write(lambda transaction: transaction.run("job/end", id=asked.id, ended={})) == []
    assert dumped(shared, tmp_path) == expected
    left = {row["properties"]["id"] for row in shared.store.stream("dump/entities")}
    assert named_for_somebody(shared) == left & set(everything) < set(everything)
    followed.follow()
    assert followed.read == 1, "what was erased is not told by what is noted of changes"
    # A source that still delivers what was erased changes nothing.
    deliver(shared, Delivery(made.hidden, JANUARY + 2 * DAY), tmp_path / "again", made.declared)
    followed.follow()
    assert dumped(shared, tmp_path) == expected
    found = told(client, shared, made, seed, hidden)
    build(shared, made, tmp_path / "anew", hidden=False)
    wanted = told(client, shared, made, seed, hidden)
    for one, other in zip(found.answers, wanted.answers, strict=True):
        assert one == other, difference(one, other)
