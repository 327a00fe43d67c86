// Visible pairs that may be one and of which no visible word is said, those first whose answer is worth most, then by ids.
// `priority`: uncertainty at the join cut, times what the answer would change (docs/resolution.md).
// params: join: float, before: float, a: string, b: string, limit: int (1..501), allowed: list
// returns: a: string, b: string, priority: float
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
WITH a, b, ea, eb, 1.0 / (1.0 + 2.0 ^ (-p.bits)) AS same,
  COUNT { (ea)<-[:RESOLVES_TO]-() } + COUNT { (ea)-[l]-(:Entity) WHERE l.mk IN $allowed AND type(l) <> 'WAS' } AS left,
  COUNT { (eb)<-[:RESOLVES_TO]-() } + COUNT { (eb)-[l]-(:Entity) WHERE l.mk IN $allowed AND type(l) <> 'WAS' } AS right
WITH a, b,
  CASE WHEN same < 2.0 ^ $join * (1.0 - same) THEN same ELSE 2.0 ^ $join * (1.0 - same) END AS uncertainty,
  CASE WHEN left < right THEN left ELSE right END AS moved,
  CASE WHEN any(w IN coalesce(ea.warning, []) WHERE NOT w IN coalesce(eb.warning, []))
         OR any(w IN coalesce(eb.warning, []) WHERE NOT w IN coalesce(ea.warning, [])) THEN 2.0 ELSE 1.0 END AS danger
WITH a.id AS a, b.id AS b, round(uncertainty * danger * log(1 + moved) / log(2), 6) AS priority
WHERE $a IS NULL OR priority < $before OR (priority = $before AND (a > $a OR (a = $a AND b > $b)))
RETURN a, b, priority
ORDER BY priority DESC, a, b
LIMIT $limit
