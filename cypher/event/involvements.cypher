// The visible involvements of these nodes in events, oldest first (sign 1) or newest first (sign -1), undated last, then by id.
// params: ids: list, kinds: list, roles: list, since: int, until: int, known_at: int, sign: int, last: int, after: int, after_id: string, limit: int (1..501), allowed: list
// returns: link: map, type: string, origin: map, target: map, position: int, id: string
// mode: read
UNWIND $ids AS one
MATCH (n:Entity {id: one})-[r:INVOLVED_IN|WAS]->(e:Event)
WHERE r.mk IN $allowed
  AND coalesce(r.type, type(r)) = 'INVOLVED_IN'
  AND ((r.retracted_at IS NULL AND ($known_at IS NULL OR r.recorded_at <= $known_at))
    OR (r.recorded_at <= $known_at AND r.retracted_at > $known_at))
  AND ($kinds IS NULL OR e.kind IN $kinds)
  AND ($roles IS NULL OR r.role IN $roles)
WITH n, r, e, coalesce(r.valid_from, e.at) AS dated, 'l_' + substring(r.row, 2) + '_' + toString(r.place) AS id
WHERE ($since IS NULL OR dated IS NULL OR dated >= $since)
  AND ($until IS NULL OR dated IS NULL OR dated <= $until)
WITH n, r, e, id, coalesce($sign * dated, $last) AS position
WHERE $after_id IS NULL OR position > $after OR (position = $after AND id > $after_id)
WITH n, r, e, id, position
ORDER BY position, id
LIMIT $limit
RETURN properties(r) AS link, type(r) AS type, properties(n) AS origin, properties(e) AS target, position, id
ORDER BY position, id
