// What the rows of batches after this one speak of, and what their links lead to.
// params: after: int
// returns: id: string
// mode: internal
MATCH (w:Row)
WHERE w.seq > $after
CALL (w) {
  MATCH (w)-[:SAYS]->(x)
  OPTIONAL MATCH (x)-[:RESOLVES_TO]->(holder:Entity)
  WITH coalesce(holder, x) AS e
  WHERE e:Entity
  RETURN e.id AS id
  UNION
  WITH w
  UNWIND coalesce(w.bound, []) AS bound
  CALL (bound) {
    MATCH (:Record {id: bound})-[:RESOLVES_TO]->(e:Entity) RETURN e
    UNION MATCH (e:Entity {id: bound}) RETURN e
  }
  MATCH (e)-[l]->(m:Entity)
  WHERE l.row = w.id
  UNWIND [e, m] AS end
  RETURN end.id AS id
}
RETURN DISTINCT id
