// The links that start at these records follow them to their new entities.
// params: moves: list<map>
// returns: links: int
// mode: write
// allows: Eager
UNWIND $moves AS move
MATCH (old:Entity {id: move.old})-[l]->(x)
WHERE l.a = move.record
MATCH (e:Entity {id: move.entity})
CREATE (e)-[n:$(type(l))]->(x)
SET n = properties(l)
DELETE l
RETURN count(*) AS links
