// Who visibly lives at these addresses, no more than a number of them.
// params: ids: list, most: int, allowed: list
// returns: id: string
// mode: read
UNWIND $ids AS place
MATCH (p:Person)-[r:LIVES_AT]->(:Entity {id: place})
WHERE r.mk IN $allowed
WITH DISTINCT p
LIMIT $most
RETURN p.id AS id
ORDER BY id
