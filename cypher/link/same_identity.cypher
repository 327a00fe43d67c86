// A visible SAME_IDENTITY link by its two ends.
// params: from_id: string, to_id: string, allowed: list
// returns: link: map, type: string, origin: map, target: map
// mode: read
MATCH (a:Entity {id: $from_id})-[r:SAME_IDENTITY]->(b:Entity {id: $to_id})
WHERE r.mk IN $allowed
RETURN properties(r) AS link, type(r) AS type, properties(a) AS origin, properties(b) AS target
LIMIT 1
