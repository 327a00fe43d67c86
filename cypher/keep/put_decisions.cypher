// Decisions as they were.
// params: nodes: list<map>
// returns: nodes: int
// mode: write
UNWIND $nodes AS node
CREATE (d:Decision) SET d = node
RETURN count(*) AS nodes
