// Watches as they were.
// params: nodes: list<map>
// returns: nodes: int
// mode: write
UNWIND $nodes AS node
CREATE (w:Watch) SET w = node
RETURN count(*) AS nodes
