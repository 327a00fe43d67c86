// How many visible incidents began in each step of a span, by all that the figures are made of; `span` steps make one window.
// An incident is open and unassigned as it stood at the end of its window.
// params: since: int, until: int, step: int, span: int, area: string, allowed: list
// returns: step: int, priority: string, type: string, status: string, open: bool, assigned: bool, count: int
// mode: read
MATCH (e:Event)
WHERE e.at >= $since AND e.at < $until AND e.kind = 'Incident' AND e.mk IN $allowed
  AND ($area IS NULL OR EXISTS {
    MATCH (e) (()-[i:OCCURRED_AT|IN WHERE i.mk IN $allowed]->()){1,4} (:Entity {id: $area})
  })
WITH e, (e.at - $since) / $step AS step
WITH e, step, $since + (step / $span + 1) * $span * $step AS ended,
  [said IN [e.assigned_at, e.closed_at] |
    CASE WHEN size(said) >= 17 THEN datetime(said).epochSeconds END] AS times
WITH e, step,
  e.closed_at IS NULL OR coalesce(times[1] >= ended, false) AS open,
  e.assigned_at IS NOT NULL AND coalesce(times[0] < ended, true) AS assigned
RETURN step, e.priority AS priority, e.type AS type, e.status AS status,
  open, assigned, count(*) AS count
