// Batches as they were.
// params: nodes: list<map>
// returns: nodes: int
// mode: write
UNWIND $nodes AS node
CREATE (b:Batch) SET b = node
RETURN count(*) AS nodes
