// Ties across compartments.
// params: pairs: list<map>
// returns: pairs: int
// mode: write
UNWIND $pairs AS pair
MATCH (a:Entity {id: pair.from})
MATCH (b:Entity {id: pair.to})
CREATE (a)-[:SAME_IDENTITY {mk: pair.mk, weight: pair.weight, recorded_at: pair.recorded_at, token: pair.token}]->(b)
RETURN count(*) AS pairs
