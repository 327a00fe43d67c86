// How many visible pairs may be one of which no visible word is said, counted up to a limit.
// params: limit: int, allowed: list
// returns: count: int
// mode: read
MATCH (a:Record)-[p:POSSIBLY_SAME]->(b:Record)
WHERE p.mk IN $allowed AND a.mk IN $allowed AND b.mk IN $allowed
MATCH (a)-[:RESOLVES_TO]->(ea:Entity)
MATCH (b)-[:RESOLVES_TO]->(eb:Entity)
WHERE NOT EXISTS {
    MATCH (ea)<-[:RESOLVES_TO]-(x:Record)
    MATCH (d:Decision {a: x.id})
    WHERE d.retracted_at IS NULL AND d.mk IN $allowed
    MATCH (:Record {id: d.b})-[:RESOLVES_TO]->(other:Entity)
    WHERE other.id = eb.id
  }
  AND NOT EXISTS {
    MATCH (eb)<-[:RESOLVES_TO]-(x:Record)
    MATCH (d:Decision {a: x.id})
    WHERE d.retracted_at IS NULL AND d.mk IN $allowed
    MATCH (:Record {id: d.b})-[:RESOLVES_TO]->(other:Entity)
    WHERE other.id = ea.id
  }
WITH a
LIMIT $limit
RETURN count(a) AS count
