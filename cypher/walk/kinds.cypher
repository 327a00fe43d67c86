// The kinds of nodes that a walk reached, and when those happened that are events; a value is visible where a visible link touches or touched it.
// params: ids: list, allowed: list
// returns: id: string, kind: string, at: int
// mode: read
UNWIND $ids AS id
MATCH (n:Entity {id: id})
WHERE n.mk IN $allowed OR (n.mk IS NULL AND EXISTS { (n)-[r]-() WHERE r.mk IN $allowed })
RETURN n.id AS id, n.kind AS kind, CASE WHEN n:Event THEN n.at END AS at
