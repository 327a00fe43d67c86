// The visible links of these things, retracted ones too: when each was first loaded, and a retracted one when its row ceased; behind a position, by time, then what, then id.
// params: ids: list, since: int, until: int, after_at: int, after_what: string, after_id: string, limit: int, allowed: list
// returns: at: int, what: string, id: string, link: map, type: string, origin: map, target: map
// mode: read
UNWIND $ids AS one
MATCH (n:Entity {id: one})-[r:INVOLVED_IN|ASSOCIATED_WITH|LIVES_AT|USES|HOLDS|KEEPS|DRIVES|OCCURRED_AT|IN|HANDLED_BY|MEMBER_OF|SUBJECT_OF|RELATED_TO|WAS]-(m:Entity)
WHERE r.mk IN $allowed
WITH DISTINCT r
MATCH (w:Row {id: r.row})
UNWIND CASE WHEN r.retracted_at IS NULL THEN ['NEW_LINK'] ELSE ['NEW_LINK', 'RETRACTED_LINK'] END AS what
WITH r, what, CASE what WHEN 'NEW_LINK' THEN coalesce(w.born, w.seq) ELSE w.seq END AS seq
MATCH (b:Batch {seq: seq})
WITH r, what, b.at AS at, 'l_' + substring(r.row, 2) + '_' + toString(r.place) AS id
WHERE at > $since AND at <= $until
  AND ($after_id IS NULL OR at > $after_at
    OR (at = $after_at AND (what > $after_what OR (what = $after_what AND id > $after_id))))
WITH r, what, at, id
ORDER BY at, what, id
LIMIT $limit
RETURN at, what, id, properties(r) AS link, type(r) AS type, properties(startNode(r)) AS origin, properties(endNode(r)) AS target
ORDER BY at, what, id
