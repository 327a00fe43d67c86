// The visible entity of each id: itself, else the one that holds its record now.
// params: ids: list, allowed: list
// returns: asked: string, node: map
// mode: read
UNWIND $ids AS asked
OPTIONAL MATCH (own:Entity {id: asked})
OPTIONAL MATCH (:Record {id: 'r_' + substring(asked, 2)})-[:RESOLVES_TO]->(holder:Entity)
WITH asked, coalesce(own, holder) AS n
WHERE n.mk IN $allowed OR (n.mk IS NULL AND EXISTS { (n)-[r:!WAS]-() WHERE r.mk IN $allowed })
RETURN asked, properties(n) AS node
