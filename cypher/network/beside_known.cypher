// The people and organisations that have a visible link with these other things, as the graph knew it at $known_at.
// params: ids: list, known_at: int, most: int, allowed: list
// returns: id: string
// mode: read
UNWIND $ids AS id
MATCH (t:Entity {id: id})-[r]-(p:Person|Organisation)
WHERE r.mk IN $allowed
  AND r.recorded_at <= $known_at AND (r.retracted_at IS NULL OR r.retracted_at > $known_at)
WITH DISTINCT p
LIMIT $most
RETURN p.id AS id
