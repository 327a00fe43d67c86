// The identifiers that records have.
// params: pairs: list<map>
// returns: pairs: int
// mode: write
UNWIND $pairs AS pair
MATCH (r:Record {id: pair.record})
MERGE (i:Identifier {id: pair.identifier})
CREATE (r)-[:HAS]->(i)
RETURN count(*) AS pairs
