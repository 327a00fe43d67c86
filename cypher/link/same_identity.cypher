// A visible SAME_IDENTITY link by its two ends, and its token where it is not the usual one of the two.
// params: from_id: string, to_id: string, token: string, allowed: list
// returns: link: map, type: string, origin: map, target: map
// mode: read
MATCH (a:Entity {id: $from_id})-[r:SAME_IDENTITY]->(b:Entity {id: $to_id})
WHERE r.mk IN $allowed AND (r.token = $token OR (r.token IS NULL AND $token IS NULL))
RETURN properties(r) AS link, type(r) AS type, properties(a) AS origin, properties(b) AS target
LIMIT 1
