// The rows that say something of a record or keyed thing, each with all that it says.
// params: id: string
// returns: row: map, says: list
// mode: internal
CALL () {
  MATCH (n:Record {id: $id}) RETURN n
  UNION MATCH (n:Entity {id: $id}) RETURN n
}
MATCH (n)<-[:SAYS]-(w:Row)
WHERE NOT w:Erasing
WITH DISTINCT w
RETURN properties(w) AS row, [(w)-[s:SAYS]->(m) | [s.name, s.p, s.grade, m.id, m.kind, m.key, m.mk]] AS says
ORDER BY row.id
