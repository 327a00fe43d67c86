"""A thing of 10,000 links, hung into a graph for as long as it is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import neo4j

from graph.managed.instance import Connection

LINKS = 10_000
# An address where everybody asked about, and very many others, lived once: said at the floor, by no row that is there.
_HANG = """
MATCH (hub:Entity:Address) WHERE hub.mk = 0
WITH hub ORDER BY hub.id LIMIT 1
CALL () {
  UNWIND $ids AS id MATCH (p:Entity {id: id}) RETURN p
  UNION
  MATCH (p:Person) WHERE p.mk = 0 RETURN p LIMIT $links
}
WITH DISTINCT hub, p LIMIT $links
WITH hub, collect(p) AS people
UNWIND range(0, size(people) - 1) AS place
WITH hub, place, people[place] AS p
CREATE (p)-[:LIVES_AT {row: 'w_aaaaaaaaaaaaaaaaaaaa', place: place, mk: p.mk, source: 1, grade: 111,
  recorded_at: 1700000000, bench: true}]->(hub)
RETURN hub.id AS id, count(*) AS links
"""
_TAKE_DOWN = "MATCH (:Entity {id: $id})<-[r:LIVES_AT]-() WHERE r.bench CALL (r) { DELETE r } IN TRANSACTIONS"


@contextmanager
def with_hub(to: Connection, ids: Sequence[str]) -> Iterator[str]:
    """The id of an address at which these people and others, 10,000 in all, live while the block runs."""
    with (
        neo4j.GraphDatabase.driver(to.uri, auth=(to.user, to.password)) as driver,
        driver.session(database=to.database) as session,
    ):
        found = session.run(_HANG, ids=list(ids), links=LINKS).single()
        assert found is not None, "no address at the floor"
        assert found["links"] == LINKS, f"only {found['links']} people: make a larger city"
        try:
            yield str(found["id"])
        finally:
            session.run(_TAKE_DOWN, id=found["id"]).consume()
