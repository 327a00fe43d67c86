// For each node the roles it has in events, the sources that speak of it, and its records that warn.
// params: ids: list, known_at: int, allowed: list
// returns: subject: string, roles: list, sources: list, warnings: list
// mode: read
UNWIND $ids AS subject
MATCH (n:Entity {id: subject})
CALL (n) {
  MATCH (n)-[r:INVOLVED_IN|WAS]->(:Event)
  WHERE r.mk IN $allowed
    AND coalesce(r.type, type(r)) = 'INVOLVED_IN'
    AND ((r.retracted_at IS NULL AND ($known_at IS NULL OR r.recorded_at <= $known_at))
      OR (r.recorded_at <= $known_at AND r.retracted_at > $known_at))
  RETURN collect(DISTINCT r.role) AS roles, collect(DISTINCT r.source) AS told
}
CALL (n) {
  MATCH (x:Record)-[:RESOLVES_TO]->(n)
  WHERE x.mk IN $allowed AND ($known_at IS NULL OR x.recorded_at <= $known_at)
  RETURN collect(DISTINCT x.source) AS recorded, collect({id: x.id, mk: x.mk, codes: x.warning}) AS warnings
}
RETURN subject, roles, told + recorded + CASE WHEN n.mk IN $allowed AND n.source IS NOT NULL THEN [n.source] ELSE [] END AS sources,
  [warning IN warnings WHERE warning.codes IS NOT NULL] AS warnings
