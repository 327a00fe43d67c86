// The visible records of these ids, a keyed thing being its own, each with its entity where that is visible.
// params: ids: list, allowed: list
// returns: asked: string, node: map, entity: string
// mode: read
UNWIND $ids AS asked
OPTIONAL MATCH (said:Record {id: asked})
OPTIONAL MATCH (keyed:Entity {id: 'e_' + substring(asked, 2)})
WHERE said IS NULL AND keyed.key IS NOT NULL
WITH asked, coalesce(said, keyed) AS x
WHERE x.mk IN $allowed
OPTIONAL MATCH (x)-[:RESOLVES_TO]->(n:Entity)
WHERE n.mk IN $allowed OR (n.mk IS NULL AND EXISTS { (n)-[r:!WAS]-() WHERE r.mk IN $allowed })
RETURN asked, properties(x) AS node, CASE WHEN x:Entity THEN x.id ELSE n.id END AS entity
