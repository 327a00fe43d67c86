// How many visible incidents began in each hour of a span, by hours of the clock of UTC; hours without any are left out.
// params: since: int, until: int, area: string, allowed: list
// returns: hour: int, count: int
// mode: read
MATCH (e:Event)
WHERE e.at >= $since AND e.at < $until AND e.kind = 'Incident' AND e.mk IN $allowed
  AND ($area IS NULL OR EXISTS {
    MATCH (e) (()-[i:OCCURRED_AT|IN WHERE i.mk IN $allowed]->()){1,4} (:Entity {id: $area})
  })
RETURN e.at / 3600 AS hour, count(*) AS count
ORDER BY hour
