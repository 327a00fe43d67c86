// How many visible pairs may be one of which no visible word of an analyst is said, counted up to a limit.
// params: limit: int, allowed: list
// returns: count: int
// mode: read
MATCH (a:Record)-[p:POSSIBLY_SAME]->(b:Record)
WHERE p.mk IN $allowed AND a.mk IN $allowed AND b.mk IN $allowed
MATCH (a)-[:RESOLVES_TO]->(ea:Entity)
MATCH (b)-[:RESOLVES_TO]->(eb:Entity)
WITH [(ea)<-[:RESOLVES_TO]-(x:Record) | x.id] AS xs, [(eb)<-[:RESOLVES_TO]-(y:Record) | y.id] AS ys
WHERE NOT EXISTS { MATCH (d:Decision) WHERE d.a IN xs AND d.b IN ys AND d.retracted_at IS NULL AND d.basis = 'ANALYST' AND d.mk IN $allowed }
  AND NOT EXISTS { MATCH (d:Decision) WHERE d.a IN ys AND d.b IN xs AND d.retracted_at IS NULL AND d.basis = 'ANALYST' AND d.mk IN $allowed }
WITH xs
LIMIT $limit
RETURN count(xs) AS count
