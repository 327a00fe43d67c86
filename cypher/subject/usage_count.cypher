// How many visible links there are by which others use, hold, keep, drive or live at these nodes, counted up to a limit.
// params: ids: list, at: int, limit: int, allowed: list
// returns: count: int
// mode: read
UNWIND $ids AS one
MATCH (:Entity)-[r:USES|HOLDS|LIVES_AT|KEEPS|DRIVES]->(:Entity {id: one})
WHERE r.mk IN $allowed
  AND ($at IS NULL OR (coalesce(r.valid_from, $at) <= $at AND (r.valid_to IS NULL OR r.valid_to > $at)))
WITH r
LIMIT $limit
RETURN count(r) AS count
