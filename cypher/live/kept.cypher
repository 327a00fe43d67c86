// The crimes, incidents and policed events that are of a moment or later, as the kept columns have them; the moment of the index, nobody's answer.
// params: since: int
// returns: id: string, at: int, kind: string, mk: int, type: string, priority: string, status: string, opened: string, assigned: string, arrived: string, closed: string, officers: int
// mode: internal
MATCH (e:Event)
WHERE e.at >= $since AND e.kind IN ['Incident', 'Crime', 'PublicEvent']
RETURN e.id AS id, e.at AS at, e.kind AS kind, e.mk AS mk,
  CASE e.kind WHEN 'Incident' THEN e.type ELSE coalesce(e.classification, e.type) END AS type,
  e.priority AS priority, e.status AS status, e.opened_at AS opened, e.assigned_at AS assigned, e.arrived_at AS arrived,
  e.closed_at AS closed, coalesce(e.officers_deployed, 0) AS officers
