// Things with what tells how they bear on another: where they are, how far from a point, and what ties them to some others, by which source.
// params: ids: list, through: list, latitude: float, longitude: float, allowed: list
// returns: node: map, there: point, metres: float, ties: list
// mode: read
UNWIND $ids AS id
MATCH (e:Entity {id: id})
WHERE e.mk IN $allowed
CALL (e) {
  MATCH (e)-[r:OCCURRED_AT]->(x:Entity)
  WHERE r.mk IN $allowed AND x.location IS NOT NULL
  WITH x
  ORDER BY x.id
  RETURN head(collect(x.location)) AS elsewhere
}
CALL (e) {
  MATCH (e)-[r:!WAS]-(p:Entity)
  WHERE r.mk IN $allowed AND p.id IN $through
  WITH p.id AS other, type(r) AS type, r.role AS role, r.source AS source
  ORDER BY other, type, role, source
  RETURN collect([other, type, role, source]) AS ties
}
WITH e, ties, coalesce(e.location, elsewhere) AS there
RETURN properties(e) AS node, there, point.distance(there, point({latitude: $latitude, longitude: $longitude})) AS metres, ties
