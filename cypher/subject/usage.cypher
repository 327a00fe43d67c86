// The visible links by which others use, hold, keep, drive or live at these nodes, newest first, undated last, then by id.
// params: ids: list, at: int, last: int, after: int, after_id: string, limit: int (1..501), allowed: list
// returns: link: map, type: string, origin: map, target: map, position: int, id: string
// mode: read
UNWIND $ids AS one
MATCH (p:Entity)-[r:USES|HOLDS|LIVES_AT|KEEPS|DRIVES]->(n:Entity {id: one})
WHERE r.mk IN $allowed
  AND ($at IS NULL OR (coalesce(r.valid_from, $at) <= $at AND (r.valid_to IS NULL OR r.valid_to > $at)))
WITH n, r, p, coalesce(-r.valid_from, $last) AS position, 'l_' + substring(r.row, 2) + '_' + toString(r.place) AS id
WHERE $after_id IS NULL OR position > $after OR (position = $after AND id > $after_id)
WITH n, r, p, id, position
ORDER BY position, id
LIMIT $limit
RETURN properties(r) AS link, type(r) AS type, properties(p) AS origin, properties(n) AS target, position, id
ORDER BY position, id
