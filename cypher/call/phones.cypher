// The phones of these nodes: those that are phones, and those that the others use by a visible link.
// params: ids: list, allowed: list
// returns: id: string, phone: string
// mode: read
UNWIND $ids AS id
MATCH (n:Entity {id: id})
CALL (n) {
  WITH n
  WHERE n:Phone AND EXISTS { (n)-[r]-() WHERE r.mk IN $allowed }
  RETURN n AS p
  UNION
  MATCH (n)-[r:USES]->(p:Phone)
  WHERE r.mk IN $allowed
  RETURN p
}
RETURN id, p.id AS phone
ORDER BY id, phone
