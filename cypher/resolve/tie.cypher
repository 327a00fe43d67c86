// Ties across compartments.
// params: pairs: list<map>
// returns: pairs: int
// mode: write
UNWIND $pairs AS pair
MATCH (a:Entity {id: pair.from})
MATCH (b:Entity {id: pair.to})
CREATE (a)-[l:SAME_IDENTITY]->(b) SET l = pair.p
RETURN count(*) AS pairs
