// What is said against the visible records of these things and stands, newest first, then by id.
// params: ids: list, allowed: list
// returns: dispute: map, mk: int
// mode: read
UNWIND $ids AS id
MATCH (n:Entity {id: id})
WHERE n.mk IN $allowed OR (n.mk IS NULL AND EXISTS { (n)-[r:!WAS]-() WHERE r.mk IN $allowed })
CALL (n) {
  MATCH (x:Record)-[:RESOLVES_TO]->(n)
  RETURN x
  UNION
  WITH n WHERE n.key IS NOT NULL
  RETURN n AS x
}
WITH x
WHERE x.mk IN $allowed
MATCH (d:Dispute {record: 'r_' + substring(x.id, 2)})
WHERE d.closed_at IS NULL AND (d.mk IS NULL OR d.mk IN $allowed)
RETURN DISTINCT properties(d) AS dispute, coalesce(d.mk, x.mk) AS mk
ORDER BY dispute.at DESC, dispute.id
