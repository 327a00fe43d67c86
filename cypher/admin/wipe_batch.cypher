// Empty a part of the graph, all but the note of its schema; returns how many nodes went.
// params: limit: int
// returns: nodes: int
// mode: write
// allows: AllNodesScan
MATCH (n)
WHERE NOT n:Migration
WITH n LIMIT $limit
DETACH DELETE n
RETURN count(*) AS nodes
