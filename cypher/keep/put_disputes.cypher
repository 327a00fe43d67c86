// What is said against records, as it was.
// params: nodes: list<map>
// returns: nodes: int
// mode: write
UNWIND $nodes AS node
CREATE (n:Dispute) SET n = node
RETURN count(*) AS nodes
