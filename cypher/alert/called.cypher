// By what ids somebody may watch these things: their own, those that their records seed, their other selves', areas that they lie in.
// params: ids: list
// returns: id: string
// mode: internal
UNWIND $ids AS one
MATCH (e:Entity {id: one})
CALL (e) {
  RETURN e.id AS id
  UNION
  WITH e
  MATCH (r:Record)-[:RESOLVES_TO]->(e)
  RETURN 'e_' + substring(r.id, 2) AS id
  UNION
  WITH e
  MATCH (e)-[:SAME_IDENTITY*1..4]-(s:Entity)
  RETURN s.id AS id
  UNION
  WITH e
  MATCH (e)-[:IN*1..3]->(a:Entity)
  RETURN a.id AS id
}
RETURN DISTINCT id
