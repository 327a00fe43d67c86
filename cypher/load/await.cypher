// Rows wait for records.
// params: pairs: list<map>
// returns: pairs: int
// mode: write
UNWIND $pairs AS pair
MATCH (w:Row {id: pair.row})
MERGE (a:Awaited {id: pair.id})
MERGE (w)-[:AWAITS]->(a)
RETURN count(*) AS pairs
