// The visible records of an entity, newest first, then by id; of a keyed thing itself.
// params: id: string, before: int, after_id: string, limit: int (1..501), allowed: list
// returns: node: map, entity: string
// mode: read
MATCH (n:Entity {id: $id})
WHERE n.mk IN $allowed OR (n.mk IS NULL AND EXISTS { (n)-[r:!WAS]-() WHERE r.mk IN $allowed })
CALL (n) {
  MATCH (x:Record)-[:RESOLVES_TO]->(n)
  RETURN x
  UNION
  WITH n WHERE n.key IS NOT NULL
  RETURN n AS x
}
WITH n, x
WHERE x.mk IN $allowed
  AND ($after_id IS NULL OR x.recorded_at < $before
    OR (x.recorded_at = $before AND substring(x.id, 2) > substring($after_id, 2)))
RETURN properties(x) AS node, n.id AS entity
ORDER BY x.recorded_at DESC, substring(x.id, 2)
LIMIT $limit
