// The visible things of some kinds, by id, after one of them; a value is visible where a visible link touches it.
// params: kinds: list, after: string, limit: int, allowed: list
// returns: node: map
// mode: read
MATCH (n:Entity)
WHERE n.id > $after
  AND ($kinds IS NULL OR n.kind IN $kinds)
  AND (n.mk IN $allowed OR (n.mk IS NULL AND EXISTS { (n)-[r:!WAS]-() WHERE r.mk IN $allowed }))
WITH n
ORDER BY n.id
LIMIT $limit
RETURN properties(n) AS node
ORDER BY n.id
