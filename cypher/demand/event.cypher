// When an event begins, and where it visibly is: the least id of the places and addresses that it occurred at, null without any.
// params: id: string, allowed: list
// returns: at: int, place: string
// mode: read
MATCH (e:Entity {id: $id})
WHERE e.mk IN $allowed
OPTIONAL MATCH (e)-[r:OCCURRED_AT]->(x:Place|Address)
WHERE r.mk IN $allowed
RETURN e.at AS at, x.id AS place
ORDER BY place
LIMIT 1
