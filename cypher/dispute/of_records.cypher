// What is said against these records that are visible, newest first, then by id.
// params: ids: list, allowed: list
// returns: record: string, dispute: map, mk: int
// mode: read
UNWIND $ids AS asked
OPTIONAL MATCH (said:Record {id: asked})
OPTIONAL MATCH (keyed:Entity {id: 'e_' + substring(asked, 2)})
WHERE said IS NULL AND keyed.key IS NOT NULL
WITH asked, coalesce(said, keyed) AS x
WHERE x.mk IN $allowed
MATCH (d:Dispute {record: asked})
WHERE d.mk IS NULL OR d.mk IN $allowed
RETURN asked AS record, properties(d) AS dispute, coalesce(d.mk, x.mk) AS mk
ORDER BY record, dispute.at DESC, dispute.id
