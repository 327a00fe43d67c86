// New records, their entities still to be settled.
// params: nodes: list<map>
// returns: nodes: int
// mode: write
UNWIND $nodes AS node
CREATE (r:Record:Unplaced) SET r = node
RETURN count(*) AS nodes
