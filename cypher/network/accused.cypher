// Those of these people who visibly have, or one of whose other selves has, one of these roles in an event.
// params: ids: list, roles: list, allowed: list
// returns: id: string
// mode: read
UNWIND $ids AS id
MATCH (n:Entity {id: id})
WHERE n:Person
MATCH (n) (()-[same:SAME_IDENTITY WHERE same.mk IN $allowed]-()){0,4} (p:Entity)
WITH DISTINCT n, p
MATCH (p)-[r:INVOLVED_IN]->(:Event)
WHERE r.mk IN $allowed AND r.role IN $roles
RETURN DISTINCT n.id AS id
ORDER BY id
