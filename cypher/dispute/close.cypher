// A dispute of a visible record, or of an event that its source took back, stands no more.
// params: id: string, at: int, by: string, reason: string, allowed: list
// returns: dispute: map, mk: int
// mode: write
// allows: Eager
MATCH (d:Dispute {id: $id})
WHERE d.closed_at IS NULL AND (d.mk IS NULL OR d.mk IN $allowed)
OPTIONAL MATCH (said:Record {id: d.record})
OPTIONAL MATCH (keyed:Entity {id: 'e_' + substring(d.record, 2)})
WHERE said IS NULL AND keyed.key IS NOT NULL
OPTIONAL MATCH (gone:Retired {id: 'e_' + substring(d.record, 2)})
WHERE said IS NULL AND keyed IS NULL
WITH d, coalesce(said, keyed, gone) AS x
WHERE x.mk IN $allowed
SET d.closed_at = $at, d.closed_by = $by, d.closed_reason = $reason
RETURN properties(d) AS dispute, coalesce(d.mk, x.mk) AS mk
