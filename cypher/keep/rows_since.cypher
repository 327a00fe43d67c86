// The rows that batches after this one created or changed, and what they say.
// params: after: int
// returns: row: map, says: list
// mode: internal
MATCH (w:Row)
WHERE w.seq > $after
RETURN properties(w) AS row, [(w)-[s:SAYS]->(n) | [s.name, s.p, s.grade, n.id, n.kind, n.key, n.mk]] AS says
