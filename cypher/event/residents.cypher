// Who lives where an event is, or at an address or place, at its moment, or now; with the markers that stand then of each and of who they are the same as.
// Those with most markers first, then by id. Of an end only known to the day or worse that day or year still counts.
// params: id: string, now: int, limit: int, allowed: list
// returns: node: map, roles: list<string>, markers: list<map>, total: int
// mode: read
MATCH (e:Entity {id: $id})
CALL (e) {
  MATCH (e)-[r:OCCURRED_AT]->(x:Address|Place)
  WHERE r.mk IN $allowed
  RETURN x
  UNION
  WITH e
  WHERE e:Address OR e:Place
  RETURN e AS x
}
WITH x, coalesce(e.at, $now) AS at
MATCH (p:Person)-[l:LIVES_AT]->(x)
WHERE l.mk IN $allowed AND coalesce(l.valid_from, at) <= at AND coalesce(l.valid_to, at) >= at
WITH at, p, coalesce(l.role, 'unknown') AS role
ORDER BY role
WITH at, p, collect(DISTINCT role) AS roles, toString(datetime({epochSeconds: at})) AS said
CALL (p, said) {
  MATCH (p) (()-[t:SAME_IDENTITY WHERE t.mk IN $allowed]-()){0,3} (q:Person)-[s:SUBJECT_OF]->(m:Marker)
  WHERE s.mk IN $allowed AND (m.valid_from IS NULL OR left(said, size(m.valid_from)) >= m.valid_from)
    AND (m.valid_to IS NULL OR left(said, size(m.valid_to)) <= m.valid_to)
  WITH DISTINCT m
  ORDER BY m.type, m.id
  RETURN collect(m) AS standing
}
WITH p, roles, standing
ORDER BY size(standing) DESC, p.id
WITH collect({person: p, roles: roles, standing: standing}) AS found
UNWIND found[..$limit] AS one
RETURN properties(one.person) AS node, one.roles AS roles, [m IN one.standing | properties(m)] AS markers, size(found) AS total
ORDER BY size(markers) DESC, node.id
