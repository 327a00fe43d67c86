// The visible links of an entity that pass the filter, newest first by link date, undated last, then by link id.
// params: id: string, types: list, roles: list, kinds: list, direction: string, since: int, until: int, grade_source: int, grade_letter: int, valid_at: int, known_at: int, exclude_ids: list, exclude_kinds: list, undated: int, before: int, after_id: string, limit: int (1..501), allowed: list
// returns: link: map, type: string, origin: map, target: map, date: int, id: string
// mode: read
MATCH (n:Entity {id: $id})-[r:INVOLVED_IN|ASSOCIATED_WITH|LIVES_AT|USES|HOLDS|KEEPS|DRIVES|OCCURRED_AT|IN|HANDLED_BY|MEMBER_OF|SUBJECT_OF|RELATED_TO|SAME_IDENTITY|WAS]-(m)
WHERE r.mk IN $allowed
  AND ((r.retracted_at IS NULL AND ($known_at IS NULL OR r.recorded_at <= $known_at))
    OR (r.recorded_at <= $known_at AND r.retracted_at > $known_at))
  AND ($types IS NULL OR coalesce(r.type, type(r)) IN $types)
  AND ($roles IS NULL OR r.role IN $roles)
  AND ($direction = 'BOTH' OR ($direction = 'OUT' AND startNode(r) = n) OR ($direction = 'IN' AND endNode(r) = n))
  AND ($grade_source IS NULL OR (r.grade / 100 <= $grade_source AND r.grade / 10 % 10 <= $grade_letter))
  AND ($valid_at IS NULL
    OR (coalesce(r.valid_from, $valid_at) <= $valid_at AND (r.valid_to IS NULL OR r.valid_to > $valid_at)))
  AND ($kinds IS NULL OR m.kind IN $kinds)
  AND NOT m.kind IN $exclude_kinds
  AND NOT m.id IN $exclude_ids
  AND NOT m:Retired
WITH r, coalesce(r.valid_from,
    CASE WHEN endNode(r):Event THEN endNode(r).at WHEN startNode(r):Event THEN startNode(r).at END) AS dated,
  CASE WHEN r.row IS NULL THEN 'l_' + substring(startNode(r).id, 2) + '_' + substring(endNode(r).id, 2) + coalesce('_' + r.token, '')
    ELSE 'l_' + substring(r.row, 2) + '_' + toString(r.place) END AS id
WHERE ($since IS NULL OR dated IS NULL OR dated >= $since)
  AND ($until IS NULL OR dated IS NULL OR dated <= $until)
WITH r, id, coalesce(dated, $undated) AS date
WHERE $after_id IS NULL OR date < $before OR (date = $before AND id > $after_id)
WITH r, id, date
ORDER BY date DESC, id
LIMIT $limit
RETURN properties(r) AS link, type(r) AS type, properties(startNode(r)) AS origin, properties(endNode(r)) AS target, date, id
ORDER BY date DESC, id
