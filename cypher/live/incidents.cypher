// How many visible incidents began in each step of a span, by all that the figures are made of; `span` steps make one window.
// An incident is open and unassigned as it stood at the end of its window; `ends` says in the text of its times when the windows end.
// Texts are compared, since reading a time takes ten times as long: one to the minute stands for its first second, a coarser one for what is long over.
// params: since: int, until: int, step: int, span: int, ends: list, area: string, allowed: list
// returns: step: int, priority: string, type: string, status: string, open: bool, assigned: bool, count: int
// mode: read
MATCH (e:Event)
WHERE e.at >= $since AND e.at < $until AND e.kind = 'Incident' AND e.mk IN $allowed
  AND ($area IS NULL OR EXISTS {
    MATCH (e) (()-[i:OCCURRED_AT|IN WHERE i.mk IN $allowed]->()){1,4} (:Entity {id: $area})
  })
WITH e, (e.at - $since) / $step AS step, e.closed_at AS closed, e.assigned_at AS assigned
WITH e, step, $ends[step / $span] AS ended, closed, assigned
RETURN step, e.priority AS priority, e.type AS type, e.status AS status,
  CASE
    WHEN closed IS NULL THEN true
    WHEN size(closed) = 20 THEN closed >= ended
    WHEN size(closed) = 17 THEN left(closed, 16) + ':00Z' >= ended
    ELSE false
  END AS open,
  CASE
    WHEN assigned IS NULL THEN false
    WHEN size(assigned) = 20 THEN assigned < ended
    WHEN size(assigned) = 17 THEN left(assigned, 16) + ':00Z' < ended
    ELSE true
  END AS assigned,
  count(*) AS count
