// The closure of each id over visible SAME_IDENTITY, at most 4 hops, itself included.
// params: ids: list, allowed: list
// returns: asked: string, start: string, node: map
// mode: read
UNWIND $ids AS asked
OPTIONAL MATCH (own:Entity {id: asked})
OPTIONAL MATCH (:Record {id: 'r_' + substring(asked, 2)})-[:RESOLVES_TO]->(holder:Entity)
WITH asked, coalesce(own, holder) AS n
WHERE n.mk IN $allowed OR (n.mk IS NULL AND EXISTS { (n)-[r:!WAS]-() WHERE r.mk IN $allowed })
CALL (n) {
  MATCH (n)-[same:SAME_IDENTITY*0..4]-(m:Entity)
  WHERE all(s IN same WHERE s.mk IN $allowed)
  RETURN DISTINCT m
}
RETURN asked, n.id AS start, properties(m) AS node
ORDER BY asked, m.id
