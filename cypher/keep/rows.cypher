// Every row and what it says.
// params:
// returns: row: map, says: list
// mode: internal
MATCH (w:Row)
RETURN properties(w) AS row, [(w)-[s:SAYS]->(n) | [s.name, s.p, s.grade, n.id, n.kind, n.key, n.mk]] AS says
