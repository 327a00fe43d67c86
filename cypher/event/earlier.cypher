// Incidents before an event, or before now, from where it is: at its address or place, by its phone, by its caller; newest first, then by id, with who called.
// params: id: string, now: int, seconds: int, limit: int, allowed: list
// returns: node: map, how: list<string>, callers: list<map>, total: int
// mode: read
MATCH (e:Entity {id: $id})
CALL (e) {
  MATCH (e)-[r:OCCURRED_AT]->(x:Address|Place)
  WHERE r.mk IN $allowed
  RETURN x, 'place' AS way
  UNION
  WITH e
  WHERE e:Address OR e:Place
  RETURN e AS x, 'place' AS way
  UNION
  MATCH (e)<-[r:INVOLVED_IN]-(x:Phone)
  WHERE r.mk IN $allowed
  RETURN x, 'phone' AS way
  UNION
  MATCH (e)<-[r:INVOLVED_IN]-(x:Person|Organisation)
  WHERE r.mk IN $allowed AND r.role = 'CALLER'
  RETURN x, 'caller' AS way
}
WITH x, way, coalesce(e.at, $now) AS at
MATCH (x)-[r:OCCURRED_AT|INVOLVED_IN]-(i:Incident)
WHERE r.mk IN $allowed AND i.at >= at - $seconds AND i.at < at AND i.id <> $id AND (way <> 'caller' OR r.role = 'CALLER')
WITH i, way
ORDER BY way
WITH i, collect(DISTINCT way) AS how
ORDER BY i.at DESC, i.id
WITH collect({incident: i, how: how}) AS found
UNWIND found[..$limit] AS one
WITH one.incident AS i, one.how AS how, size(found) AS total
CALL (i) {
  MATCH (i)<-[c:INVOLVED_IN]-(p:Person|Organisation)
  WHERE c.mk IN $allowed AND c.role = 'CALLER'
  WITH DISTINCT p
  ORDER BY p.id
  RETURN collect(properties(p)) AS callers
}
RETURN properties(i) AS node, how, callers, total
ORDER BY i.at DESC, i.id
