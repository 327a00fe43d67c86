// The visible links among these nodes that pass the filter, by id, and how many there are in all.
// params: ids: list, types: list, roles: list, since: int, until: int, grade_source: int, grade_letter: int, valid_at: int, limit: int, allowed: list
// returns: id: string, link: map, type: string, origin: string, target: string, total: int
// mode: read
UNWIND $ids AS one
MATCH (n:Entity {id: one})-[r:INVOLVED_IN|ASSOCIATED_WITH|LIVES_AT|USES|HOLDS|KEEPS|DRIVES|OCCURRED_AT|IN|HANDLED_BY|MEMBER_OF|SUBJECT_OF|RELATED_TO|SAME_IDENTITY]->(m:Entity)
WHERE r.mk IN $allowed
  AND type(r) IN $types
  AND ($roles IS NULL OR r.role IN $roles)
  AND ($grade_source IS NULL OR (r.grade / 100 <= $grade_source AND r.grade / 10 % 10 <= $grade_letter))
  AND ($valid_at IS NULL
    OR (coalesce(r.valid_from, $valid_at) <= $valid_at AND (r.valid_to IS NULL OR r.valid_to > $valid_at)))
  AND m.id IN $ids
WITH r, coalesce(r.valid_from, endNode(r).at, startNode(r).at) AS dated,
  CASE WHEN r.row IS NULL THEN 'l_' + substring(startNode(r).id, 2) + '_' + substring(endNode(r).id, 2) + coalesce('_' + r.token, '')
    ELSE 'l_' + substring(r.row, 2) + '_' + toString(r.place) END AS id
WHERE ($since IS NULL OR dated IS NULL OR dated >= $since)
  AND ($until IS NULL OR dated IS NULL OR dated <= $until)
WITH id, r
ORDER BY id
WITH collect([id, r]) AS found
UNWIND found[..$limit] AS pair
WITH pair[0] AS id, pair[1] AS r, size(found) AS total
RETURN id, properties(r) AS link, type(r) AS type, startNode(r).id AS origin, endNode(r).id AS target, total
ORDER BY id
