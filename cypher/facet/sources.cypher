// How many of these things have a visible record of each source, by its local number; null where they have none.
// params: ids: list, allowed: list
// returns: value: int, count: int
// mode: read
UNWIND $ids AS id
MATCH (n:Entity {id: id})
WHERE n.mk IN $allowed OR (n.mk IS NULL AND EXISTS { (n)-[r:!WAS]-() WHERE r.mk IN $allowed })
CALL (n) {
  OPTIONAL MATCH (x:Record)-[:RESOLVES_TO]->(n)
  WHERE x.mk IN $allowed
  WITH n, collect(DISTINCT x.source) AS several
  RETURN CASE WHEN n.key IS NOT NULL AND NOT n.source IN several THEN several + n.source ELSE several END AS several
}
UNWIND CASE WHEN several = [] THEN [null] ELSE several END AS value
RETURN value, count(*) AS count
ORDER BY count DESC, value
