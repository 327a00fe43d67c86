// Take away a part of the graph, all but the note of its schema, and returns how many nodes went; relationships went before.
// params: limit: int
// returns: count: int
// mode: write
// allows: AllNodesScan
MATCH (n)
WHERE NOT n:Migration
WITH n LIMIT $limit
DETACH DELETE n
RETURN count(*) AS count
