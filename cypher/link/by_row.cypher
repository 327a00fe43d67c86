// A visible link by its row and place in it, found through what the row says and what its links start from, the least connected end first.
// params: row: string, place: int, allowed: list
// returns: link: map, type: string, origin: map, target: map
// mode: read
MATCH (w:Row {id: $row})
WHERE w.mk IN $allowed
CALL (w) {
  MATCH (w)-[:SAYS]->(said)
  OPTIONAL MATCH (said)-[:RESOLVES_TO]->(holder:Entity)
  RETURN coalesce(holder, said) AS n
  UNION
  UNWIND coalesce(w.bound, []) AS start
  CALL (start) {
    MATCH (:Record {id: start})-[:RESOLVES_TO]->(e:Entity) RETURN e
    UNION MATCH (e:Entity {id: start}) RETURN e
  }
  RETURN e AS n
}
WITH DISTINCT n
WHERE n:Entity
WITH n ORDER BY COUNT { (n)--() }, n.id
MATCH (n)-[r:!WAS]-()
WHERE r.row = $row AND r.place = $place AND r.mk IN $allowed
RETURN properties(r) AS link, type(r) AS type, properties(startNode(r)) AS origin, properties(endNode(r)) AS target
LIMIT 1
