// A visible link by its row and place in it, found through what the row says, the least connected end first.
// params: row: string, place: int, allowed: list
// returns: link: map, type: string, origin: map, target: map
// mode: read
MATCH (w:Row {id: $row})-[:SAYS]->(said)
WHERE w.mk IN $allowed
OPTIONAL MATCH (said)-[:RESOLVES_TO]->(holder:Entity)
WITH DISTINCT coalesce(holder, said) AS n
WHERE n:Entity
WITH n ORDER BY COUNT { (n)--() }, n.id
MATCH (n)-[r:!WAS]-()
WHERE r.row = $row AND r.place = $place AND r.mk IN $allowed
RETURN properties(r) AS link, type(r) AS type, properties(startNode(r)) AS origin, properties(endNode(r)) AS target
LIMIT 1
