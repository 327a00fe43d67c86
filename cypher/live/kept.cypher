// The crimes, incidents and policed events of a span, as the kept columns have them; nobody's answer.
// Each is its id, time, marking, officers, kind, type, priority, status, and when it was opened, assigned, arrived at and closed.
// params: since: int, until: int
// returns: events: list
// mode: internal
MATCH (e:Event)
WHERE e.at >= $since AND e.at < $until AND e.kind IN ['Incident', 'Crime', 'PublicEvent']
RETURN collect([substring(e.id, 2, 12), e.at, e.mk, coalesce(e.officers_deployed, 0), e.kind,
  CASE e.kind WHEN 'Incident' THEN e.type ELSE coalesce(e.classification, e.type) END,
  e.priority, e.status, e.opened_at, e.assigned_at, e.arrived_at, e.closed_at]) AS events
