// Seconds from opening to arrival that half, and nine in ten, of the visible incidents of each window were reached within: of all, and by priority.
// The nearest rank. Times known only to the day say nothing.
// params: since: int, until: int, window: int, area: string, allowed: list
// returns: window: int, priority: string, half: int, most: int
// mode: read
MATCH (e:Event)
WHERE e.at >= $since AND e.at < $until AND e.kind = 'Incident' AND e.mk IN $allowed AND size(e.arrived_at) >= 17
  AND ($area IS NULL OR EXISTS {
    MATCH (e) (()-[i:OCCURRED_AT|IN WHERE i.mk IN $allowed]->()){1,4} (:Entity {id: $area})
  })
WITH (e.at - $since) / $window AS window, e.priority AS priority, datetime(e.arrived_at).epochSeconds -
  CASE WHEN size(e.opened_at) >= 17 THEN datetime(e.opened_at).epochSeconds ELSE e.at END AS response
WHERE response >= 0
UNWIND [null, coalesce(priority, 'unknown')] AS one
RETURN window, one AS priority, percentileDisc(response, 0.5) AS half, percentileDisc(response, 0.9) AS most
