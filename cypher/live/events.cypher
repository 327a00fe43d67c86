// How many visible crimes and policed events began in each step of a span, by type, and the officers deployed to them.
// params: since: int, until: int, step: int, area: string, allowed: list
// returns: step: int, kind: string, type: string, count: int, officers: int
// mode: read
MATCH (e:Event)
WHERE e.at >= $since AND e.at < $until AND e.kind IN ['Crime', 'PublicEvent'] AND e.mk IN $allowed
  AND ($area IS NULL OR EXISTS {
    MATCH (e) (()-[i:OCCURRED_AT|IN WHERE i.mk IN $allowed]->()){1,4} (:Entity {id: $area})
  })
RETURN (e.at - $since) / $step AS step, e.kind AS kind, coalesce(e.classification, e.type) AS type, count(*) AS count,
  sum(coalesce(e.officers_deployed, 0)) AS officers
