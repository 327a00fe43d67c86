// Take away a part of the graph's relationships; returns how many went.
// params: limit: int
// returns: count: int
// mode: write
MATCH ()-[r]->()
WITH r LIMIT $limit
DELETE r
RETURN count(*) AS count
