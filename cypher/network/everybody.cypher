// The visible people and organisations, no more than a number of them.
// params: most: int, allowed: list
// returns: id: string
// mode: read
MATCH (p:Person|Organisation)
WHERE p.mk IN $allowed
WITH p
LIMIT $most
RETURN p.id AS id
