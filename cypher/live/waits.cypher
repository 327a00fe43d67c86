// Seconds that half of the visible incidents that wait for a unit have waited at the end of each window of a span, and the longest: of all, and by priority.
// What waits is open and unassigned, as `live/incidents` reads that.
// params: since: int, until: int, window: int, ends: list, area: string, allowed: list
// returns: window: int, priority: string, half: int, longest: int
// mode: read
MATCH (e:Event)
WHERE e.at >= $since AND e.at < $until AND e.kind = 'Incident' AND e.mk IN $allowed
  AND ($area IS NULL OR EXISTS {
    MATCH (e) (()-[i:OCCURRED_AT|IN WHERE i.mk IN $allowed]->()){1,4} (:Entity {id: $area})
  })
WITH e.at AS at, e.priority AS priority, (e.at - $since) / $window AS window, e.closed_at AS closed, e.assigned_at AS assigned
WITH at, priority, window, $ends[window] AS ended, closed, assigned
WHERE (closed IS NULL OR (size(closed) = 20 AND closed >= ended) OR (size(closed) = 17 AND left(closed, 16) + ':00Z' >= ended))
  AND (assigned IS NULL OR (size(assigned) = 20 AND assigned >= ended)
    OR (size(assigned) = 17 AND left(assigned, 16) + ':00Z' >= ended))
WITH window, priority, $since + (window + 1) * $window - at AS waited
UNWIND [null, coalesce(priority, 'unknown')] AS one
RETURN window, one AS priority, percentileDisc(waited, 0.5) AS half, max(waited) AS longest
