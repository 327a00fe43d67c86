// The visible records of these things, and when what each of their visible rows says was first loaded: epoch seconds, in order, each once.
// params: ids: list, until: int, allowed: list
// returns: entity: string, id: string, times: list
// mode: read
UNWIND $ids AS entity
MATCH (n:Entity {id: entity})
CALL (n) {
  MATCH (x:Record)-[:RESOLVES_TO]->(n)
  RETURN x
  UNION
  WITH n WHERE n.key IS NOT NULL
  RETURN n AS x
}
WITH entity, x
WHERE x.mk IN $allowed
MATCH (w:Row)-[:SAYS]->(x)
WHERE w.mk IN $allowed
MATCH (b:Batch {seq: coalesce(w.born, w.seq)})
WHERE b.at <= $until
WITH entity, x, b.at AS at
ORDER BY at
RETURN entity, 'r_' + substring(x.id, 2) AS id, collect(DISTINCT at) AS times
ORDER BY entity, id
