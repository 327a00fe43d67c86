// Empty a part of the graph; returns how many nodes went.
// params: limit: int
// returns: nodes: int
// mode: write
// allows: AllNodesScan
MATCH (n)
WITH n LIMIT $limit
DETACH DELETE n
RETURN count(*) AS nodes
