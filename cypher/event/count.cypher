// How many visible involvements in events these nodes have, counted up to a limit.
// params: ids: list, kinds: list, roles: list, since: int, until: int, known_at: int, limit: int, allowed: list
// returns: count: int
// mode: read
UNWIND $ids AS one
MATCH (n:Entity {id: one})-[r:INVOLVED_IN|WAS]->(e:Event)
WHERE r.mk IN $allowed
  AND coalesce(r.type, type(r)) = 'INVOLVED_IN'
  AND ((r.retracted_at IS NULL AND ($known_at IS NULL OR r.recorded_at <= $known_at))
    OR (r.recorded_at <= $known_at AND r.retracted_at > $known_at))
  AND ($kinds IS NULL OR e.kind IN $kinds)
  AND ($roles IS NULL OR r.role IN $roles)
WITH r, coalesce(r.valid_from, e.at) AS dated
WHERE ($since IS NULL OR dated IS NULL OR dated >= $since)
  AND ($until IS NULL OR dated IS NULL OR dated <= $until)
WITH r
LIMIT $limit
RETURN count(r) AS count
