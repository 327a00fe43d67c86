// The people and organisations that have a visible link with these other things.
// params: ids: list, most: int, allowed: list
// returns: id: string
// mode: read
UNWIND $ids AS id
MATCH (t:Entity {id: id})-[r:!WAS]-(p:Person|Organisation)
WHERE r.mk IN $allowed
WITH DISTINCT p
LIMIT $most
RETURN p.id AS id
