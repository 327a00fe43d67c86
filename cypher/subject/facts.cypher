// The visible links of these types at each node, newest first, undated last, then by id, up to a limit for each type.
// params: ids: list, types: list, valid_at: int, known_at: int, undated: int, limit: int, allowed: list
// returns: subject: string, link: map, type: string, origin: map, target: map, date: int, id: string, total: int
// mode: read
UNWIND $ids AS subject
MATCH (n:Entity {id: subject})-[r:USES|HOLDS|LIVES_AT|KEEPS|DRIVES|SUBJECT_OF|WAS]-(:Entity)
WHERE r.mk IN $allowed
  AND coalesce(r.type, type(r)) IN $types
  AND ((r.retracted_at IS NULL AND ($known_at IS NULL OR r.recorded_at <= $known_at))
    OR (r.recorded_at <= $known_at AND r.retracted_at > $known_at))
  AND ($valid_at IS NULL
    OR (coalesce(r.valid_from, $valid_at) <= $valid_at AND (r.valid_to IS NULL OR r.valid_to > $valid_at)))
WITH subject, r, coalesce(r.valid_from, $undated) AS date, 'l_' + substring(r.row, 2) + '_' + toString(r.place) AS id
ORDER BY date DESC, id
WITH subject, coalesce(r.type, type(r)) AS said, collect([r, date, id]) AS found
UNWIND found[..$limit] AS one
WITH subject, size(found) AS total, one[0] AS r, one[1] AS date, one[2] AS id
RETURN subject, properties(r) AS link, type(r) AS type, properties(startNode(r)) AS origin,
  properties(endNode(r)) AS target, date, id, total
ORDER BY date DESC, id
