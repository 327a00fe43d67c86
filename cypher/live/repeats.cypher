// How many callers and how many addresses and places visibly had two or more of the incidents that began in each window of a span.
// params: since: int, until: int, window: int, area: string, allowed: list
// returns: window: int, what: string, count: int
// mode: read
MATCH (e:Event)
WHERE e.at >= $since AND e.at < $until AND e.kind = 'Incident' AND e.mk IN $allowed
  AND ($area IS NULL OR EXISTS {
    MATCH (e) (()-[i:OCCURRED_AT|IN WHERE i.mk IN $allowed]->()){1,4} (:Entity {id: $area})
  })
CALL (e) {
  MATCH (e)-[r:OCCURRED_AT]->(x:Address|Place)
  WHERE r.mk IN $allowed
  RETURN DISTINCT 'locations' AS what, x
  UNION
  MATCH (e)<-[r:INVOLVED_IN]-(x:Person|Organisation)
  WHERE r.mk IN $allowed AND r.role = 'CALLER'
  RETURN DISTINCT 'callers' AS what, x
}
WITH (e.at - $since) / $window AS window, what, x, count(*) AS incidents
WHERE incidents >= 2
RETURN window, what, count(*) AS count
