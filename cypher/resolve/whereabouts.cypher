// When and where these entities had a visible part in events of a known place, in these roles or in none that is said, newest first, then by id.
// params: ids: list, roles: list, limit: int, allowed: list
// returns: entity: string, role: string, mks: list<int>, event: map, place: point
// mode: read
UNWIND $ids AS id
CALL (id) {
  MATCH (:Entity {id: id})-[r:INVOLVED_IN]->(v:Event)
  WHERE r.mk IN $allowed AND (r.role IS NULL OR r.role IN $roles) AND v.at IS NOT NULL
  OPTIONAL MATCH (v)-[o:OCCURRED_AT]->(x:Entity)
  WHERE o.mk IN $allowed AND v.location IS NULL AND x.location IS NOT NULL
  WITH r, v, o, x
  ORDER BY x.id
  WITH r, v, head(collect([x.location, o.mk])) AS found
  WITH r, v, coalesce(v.location, found[0]) AS place, CASE WHEN v.location IS NULL THEN found[1] END AS at_mk
  WHERE place IS NOT NULL
  RETURN r, v, place, at_mk
  ORDER BY v.at DESC, v.id, r.row, r.place
  LIMIT $limit
}
RETURN id AS entity, r.role AS role, [mk IN [r.mk, v.mk, at_mk] WHERE mk IS NOT NULL] AS mks,
       properties(v) AS event, place
