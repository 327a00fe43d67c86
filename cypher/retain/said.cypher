// Whom these rows speak of: records and things that they describe or name, and the ends of their links.
// params: rows: list<string>
// returns: row: string, said: list<string>
// mode: internal
UNWIND $rows AS id
MATCH (w:Row {id: id})
CALL (w) {
  MATCH (w)-[:SAYS]->(n) RETURN n.id AS said
  UNION UNWIND coalesce(w.bound, []) AS start
  CALL (start) {
    MATCH (:Record {id: start})-[:RESOLVES_TO]->(e:Entity) RETURN e
    UNION MATCH (e:Entity {id: start}) RETURN e
  }
  MATCH (e)-[l]-(:Entity)
  WHERE l.row = w.id
  UNWIND [l.a, l.b] AS said
  RETURN said
}
RETURN id AS row, collect(DISTINCT said) AS said
