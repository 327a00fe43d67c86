// How many officers visibly handle visible incidents of each window of a span that were assigned and not closed at its end, and by the unit they are in.
// params: since: int, until: int, window: int, ends: list, area: string, allowed: list
// returns: window: int, unit: string, count: int
// mode: read
MATCH (e:Event)
WHERE e.at >= $since AND e.at < $until AND e.kind = 'Incident' AND e.mk IN $allowed AND e.assigned_at IS NOT NULL
  AND ($area IS NULL OR EXISTS {
    MATCH (e) (()-[i:OCCURRED_AT|IN WHERE i.mk IN $allowed]->()){1,4} (:Entity {id: $area})
  })
WITH e, (e.at - $since) / $window AS window, e.closed_at AS closed, e.assigned_at AS assigned
WITH e, window, $ends[window] AS ended, closed, assigned
WHERE (closed IS NULL OR (size(closed) = 20 AND closed >= ended) OR (size(closed) = 17 AND left(closed, 16) + ':00Z' >= ended))
  AND NOT ((size(assigned) = 20 AND assigned >= ended) OR (size(assigned) = 17 AND left(assigned, 16) + ':00Z' >= ended))
MATCH (e)-[h:HANDLED_BY]->(o:Officer)
WHERE h.mk IN $allowed
WITH DISTINCT window, o
RETURN window, coalesce(o.unit, 'unknown') AS unit, count(*) AS count
