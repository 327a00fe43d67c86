// The events that rows of batches after this one speak of, as they are now: `there` where they are in answers.
// params: after: int
// returns: id: string, there: bool, at: int, kind: string, mk: int, type: string, priority: string, status: string, opened: string, assigned: string, arrived: string, closed: string, officers: int
// mode: internal
MATCH (w:Row)
WHERE w.seq > $after
MATCH (w)-[:SAYS]->(e)
WHERE e:Event OR e:Retired
WITH DISTINCT e
WHERE e.kind IN ['Incident', 'Crime', 'PublicEvent']
RETURN e.id AS id, e:Event AS there, e.at AS at, e.kind AS kind, e.mk AS mk,
  CASE e.kind WHEN 'Incident' THEN e.type ELSE coalesce(e.classification, e.type) END AS type,
  e.priority AS priority, e.status AS status, e.opened_at AS opened, e.assigned_at AS assigned, e.arrived_at AS arrived,
  e.closed_at AS closed, coalesce(e.officers_deployed, 0) AS officers
