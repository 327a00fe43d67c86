// How many visible links of an entity pass the filter, counted up to a limit.
// params: id: string, types: list, roles: list, kinds: list, direction: string, since: int, until: int, grade_source: int, grade_letter: int, valid_at: int, known_at: int, exclude_ids: list, exclude_kinds: list, limit: int, allowed: list
// returns: count: int
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
    CASE WHEN endNode(r):Event THEN endNode(r).at WHEN startNode(r):Event THEN startNode(r).at END) AS dated
WHERE ($since IS NULL OR dated IS NULL OR dated >= $since)
  AND ($until IS NULL OR dated IS NULL OR dated <= $until)
WITH r
LIMIT $limit
RETURN count(r) AS count
