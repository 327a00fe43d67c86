// Those of these people who visibly have, or one of whose other selves has, one of these roles in an event until a moment, if one is given; undated ones pass, and a search that found nothing is none.
// params: ids: list, roles: list, nothing: string, until: int, allowed: list
// returns: id: string
// mode: read
UNWIND $ids AS id
MATCH (n:Entity {id: id})
WHERE n:Person
MATCH (n) (()-[same:SAME_IDENTITY WHERE same.mk IN $allowed]-()){0,4} (p:Entity)
WITH DISTINCT n, p
MATCH (p)-[r:INVOLVED_IN]->(e:Event)
WHERE r.mk IN $allowed AND r.role IN $roles AND (e.kind <> 'StopSearch' OR NOT coalesce(e.found, '') =~ $nothing)
  AND ($until IS NULL OR e.at IS NULL OR e.at <= $until)
RETURN DISTINCT n.id AS id
ORDER BY id
