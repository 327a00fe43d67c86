// The links that end at these records follow them to their new entities. Returned is where each starts.
// params: moves: list<map>
// returns: origins: list<string>
// mode: write
// allows: Eager
UNWIND $moves AS move
MATCH (old:Entity {id: move.old})<-[l]-(x)
WHERE l.b = move.record
MATCH (e:Entity {id: move.entity})
CREATE (x)-[n:$(type(l))]->(e)
SET n = properties(l)
DELETE l
RETURN collect(DISTINCT x.id) AS origins
