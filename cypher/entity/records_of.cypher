// Every visible record of each entity, newest first, then by id; of a keyed thing itself.
// params: ids: list, allowed: list
// returns: entity: string, node: map
// mode: read
UNWIND $ids AS id
MATCH (n:Entity {id: id})
WHERE n.mk IN $allowed OR (n.mk IS NULL AND EXISTS { (n)-[r:!WAS]-() WHERE r.mk IN $allowed })
CALL (n) {
  MATCH (x:Record)-[:RESOLVES_TO]->(n)
  RETURN x
  UNION
  WITH n WHERE n.key IS NOT NULL
  RETURN n AS x
}
WITH id, x
WHERE x.mk IN $allowed
RETURN id AS entity, properties(x) AS node
ORDER BY id, x.recorded_at DESC, substring(x.id, 2)
