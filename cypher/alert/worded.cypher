// Of whom analysts' words speak that were said or taken back since then.
// params: since: int
// returns: id: string
// mode: internal
MATCH (d:Decision)
WHERE d.basis = 'ANALYST' AND (d.at >= $since OR d.retracted_at >= $since)
UNWIND [d.a, d.b] AS record
MATCH (:Record {id: record})-[:RESOLVES_TO]->(e:Entity)
RETURN DISTINCT e.id AS id
