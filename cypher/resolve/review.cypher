// Of the visible pairs that may be one those whose answer may be worth most, with what it is worth (docs/resolution.md).
// `bound`: no less than `priority`, from how many links of any kind there are, which costs no look at them; the pairs
// are the first by it. `decided`: a visible word of an analyst is said of the two.
// params: join: float, most: int, allowed: list
// returns: a: string, b: string, priority: float, bound: float, decided: bool
// mode: read
MATCH (a:Record)-[p:POSSIBLY_SAME]->(b:Record)
WHERE p.mk IN $allowed AND a.mk IN $allowed AND b.mk IN $allowed
MATCH (a)-[:RESOLVES_TO]->(ea:Entity)
MATCH (b)-[:RESOLVES_TO]->(eb:Entity)
WITH a.id AS a, b.id AS b, ea, eb, 1.0 / (1.0 + 2.0 ^ (-p.bits)) AS same,
  COUNT { (ea)--() } AS left, COUNT { (eb)--() } AS right,
  CASE WHEN any(w IN coalesce(ea.warning, []) WHERE NOT w IN coalesce(eb.warning, []))
         OR any(w IN coalesce(eb.warning, []) WHERE NOT w IN coalesce(ea.warning, [])) THEN 2.0 ELSE 1.0 END AS danger
WITH a, b, ea, eb, CASE WHEN left < right THEN left ELSE right END AS most,
  danger * CASE WHEN same < 2.0 ^ $join * (1.0 - same) THEN same ELSE 2.0 ^ $join * (1.0 - same) END AS stake
WITH a, b, ea, eb, stake, stake * log(1 + most) / log(2) AS bound
ORDER BY bound DESC, a, b
LIMIT $most
WITH a, b, ea, eb, stake, bound,
  [(ea)<-[:RESOLVES_TO]-(x:Record) | x.id] AS xs, [(eb)<-[:RESOLVES_TO]-(y:Record) | y.id] AS ys
WITH a, b, stake, bound, xs, ys,
  size(xs) + COUNT { (ea)-[l:!WAS]-(:Entity) WHERE l.mk IN $allowed } AS left,
  size(ys) + COUNT { (eb)-[l:!WAS]-(:Entity) WHERE l.mk IN $allowed } AS right
RETURN a, b, round(stake * log(1 + CASE WHEN left < right THEN left ELSE right END) / log(2), 6) AS priority, bound,
  EXISTS { MATCH (d:Decision) WHERE d.a IN xs AND d.b IN ys AND d.retracted_at IS NULL AND d.basis = 'ANALYST' AND d.mk IN $allowed }
  OR EXISTS { MATCH (d:Decision) WHERE d.a IN ys AND d.b IN xs AND d.retracted_at IS NULL AND d.basis = 'ANALYST' AND d.mk IN $allowed } AS decided
