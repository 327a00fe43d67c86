// A visible decision whose two records are visible.
// params: id: string, allowed: list
// returns: decision: map
// mode: read
MATCH (d:Decision {id: $id})
WHERE d.mk IN $allowed
MATCH (a:Record {id: d.a})
WHERE a.mk IN $allowed
MATCH (b:Record {id: d.b})
WHERE b.mk IN $allowed
RETURN properties(d) AS decision
