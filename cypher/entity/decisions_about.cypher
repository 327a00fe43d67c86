// Visible decisions about any of these records, retracted ones too, whose two records are visible; newest first, then by id.
// params: ids: list, allowed: list
// returns: decision: map
// mode: read
UNWIND $ids AS id
MATCH (d:Decision)
WHERE d.a = id OR d.b = id
WITH DISTINCT d
WHERE d.mk IN $allowed
  AND EXISTS { MATCH (a:Record {id: d.a}) WHERE a.mk IN $allowed }
  AND EXISTS { MATCH (b:Record {id: d.b}) WHERE b.mk IN $allowed }
RETURN properties(d) AS decision
ORDER BY d.at DESC, d.id
