// For each node its visible neighbours that pass the filter as the graph knew it at $known_at, by id, each with the best grade that joins them.
// A node that may not be passed through (not open, and crowded or held by too many) keeps its neighbours to itself.
// params: ids: list, types: list, roles: list, since: int, until: int, grade_source: int, grade_letter: int, valid_at: int, known_at: int, kinds: list, exclude_ids: list, exclude_kinds: list, ends: list, open_ids: list, open_kinds: list, value_kinds: list, crowded: int, generic: int, ungraded: int, most: int, allowed: list
// returns: id: string, neighbours: list, count: int, holders: int, passed: bool
// mode: read
UNWIND $ids AS id
MATCH (n:Entity {id: id})-[r:INVOLVED_IN|ASSOCIATED_WITH|LIVES_AT|USES|HOLDS|KEEPS|DRIVES|OCCURRED_AT|IN|HANDLED_BY|MEMBER_OF|SUBJECT_OF|RELATED_TO|SAME_IDENTITY|WAS]-(m:Entity)
WHERE r.mk IN $allowed
  AND coalesce(r.type, type(r)) IN $types
  AND r.recorded_at <= $known_at AND (r.retracted_at IS NULL OR r.retracted_at > $known_at)
  AND ($roles IS NULL OR r.role IN $roles)
  AND ($grade_source IS NULL OR (r.grade / 100 <= $grade_source AND r.grade / 10 % 10 <= $grade_letter))
  AND ($valid_at IS NULL
    OR (coalesce(r.valid_from, $valid_at) <= $valid_at AND (r.valid_to IS NULL OR r.valid_to > $valid_at)))
  AND n <> m
  AND (m.id IN $ends
    OR (($kinds IS NULL OR m.kind IN $kinds) AND NOT m.kind IN $exclude_kinds AND NOT m.id IN $exclude_ids))
WITH n, m, r, coalesce(r.valid_from, endNode(r).at, startNode(r).at) AS dated
WHERE ($since IS NULL OR dated IS NULL OR dated >= $since)
  AND ($until IS NULL OR dated IS NULL OR dated <= $until)
WITH n, m, min(coalesce(r.grade, $ungraded)) AS grade
ORDER BY m.id
WITH n, collect([m.id, grade]) AS found
WITH n, found,
  CASE WHEN n.kind IN $value_kinds
    THEN COUNT { MATCH (n)<-[h:USES|HOLDS]-(p) WHERE h.mk IN $allowed RETURN DISTINCT p }
    ELSE 0 END AS holders
WITH n, found, holders,
  n.id IN $open_ids OR n.kind IN $open_kinds OR (size(found) <= $crowded AND holders <= $generic) AS passed
RETURN n.id AS id, CASE WHEN passed THEN found[..$most] ELSE [] END AS neighbours, size(found) AS count, holders, passed
ORDER BY id
