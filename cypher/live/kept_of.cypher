// Of these things the crimes, incidents and policed events that are of a moment or later, as `live/kept` has them.
// params: ids: list<string>, since: int
// returns: events: list
// mode: internal
UNWIND $ids AS id
MATCH (n:Entity {id: id})
WITH n AS e
WHERE e:Event AND e.at >= $since AND e.kind IN ['Incident', 'Crime', 'PublicEvent']
RETURN collect([substring(e.id, 2, 12), e.at, e.mk, coalesce(e.officers_deployed, 0), e.kind,
  CASE e.kind WHEN 'Incident' THEN e.type ELSE coalesce(e.classification, e.type) END,
  e.priority, e.status, e.opened_at, e.assigned_at, e.arrived_at, e.closed_at]) AS events
