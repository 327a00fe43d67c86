// The rows of its source that state what a link states of the same two records in the same role, each with all that it says, and the places of these statements.
// params: from: string, to: string, row: string, place: int
// returns: row: map, says: list, places: list<int>
// mode: internal
MATCH (f:Entity {id: $from})-[l]->(t:Entity {id: $to})
WHERE l.row = $row AND l.place = $place
MATCH (f)-[r]->(t)
WHERE r.source = l.source AND r.a = l.a AND r.b = l.b AND r.mk = l.mk AND coalesce(r.role, '') = coalesce(l.role, '')
  AND coalesce(r.type, type(r)) = coalesce(l.type, type(l))
MATCH (w:Row {id: r.row})
WHERE NOT w:Erasing
WITH w, collect(DISTINCT r.place) AS places
RETURN properties(w) AS row, [(w)-[s:SAYS]->(m) | [s.name, s.p, s.grade, m.id, m.kind, m.key, m.mk]] AS says, places
ORDER BY row.id
