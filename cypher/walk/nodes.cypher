// The properties of nodes that a walk reached; a value is visible where a visible link touches or touched it.
// params: ids: list, allowed: list
// returns: node: map
// mode: read
UNWIND $ids AS id
MATCH (n:Entity {id: id})
WHERE n.mk IN $allowed OR (n.mk IS NULL AND EXISTS { (n)-[r]-() WHERE r.mk IN $allowed })
RETURN properties(n) AS node
