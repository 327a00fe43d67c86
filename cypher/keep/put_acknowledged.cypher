// What was acknowledged, as it was.
// params: nodes: list<map>
// returns: nodes: int
// mode: write
UNWIND $nodes AS node
CREATE (a:Acknowledged) SET a = node
RETURN count(*) AS nodes
