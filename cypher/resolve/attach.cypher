// Records take their entities.
// params: pairs: list<map>
// returns: pairs: int
// mode: write
UNWIND $pairs AS pair
MATCH (r:Record {id: pair.record})
MATCH (e:Entity {id: pair.entity})
CREATE (r)-[:RESOLVES_TO]->(e)
RETURN count(*) AS pairs
