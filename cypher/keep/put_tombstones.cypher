// Tombstones as they were.
// params: nodes: list<map>
// returns: nodes: int
// mode: write
UNWIND $nodes AS node
CREATE (n:Tombstone) SET n = node
RETURN count(*) AS nodes
