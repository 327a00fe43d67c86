// New contents of known records.
// params: nodes: list<map>
// returns: nodes: int
// mode: write
// allows: Eager
UNWIND $nodes AS node
MATCH (r:Record {id: node.id})
SET r = node, r:Unplaced
RETURN count(*) AS nodes
