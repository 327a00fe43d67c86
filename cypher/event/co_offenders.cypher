// Who else had one of these roles in the events where these nodes had one: most shared events first, then latest, then by id.
// A search that found nothing ties nobody.
// params: ids: list, roles: list, nothing: string, since: int, undated: int, limit: int, allowed: list
// returns: node: map, shared: int, first: int, last: int, events: list, total: int
// mode: read
UNWIND $ids AS id
MATCH (n:Entity {id: id})-[r:INVOLVED_IN]->(e:Event)
WHERE r.mk IN $allowed AND r.role IN $roles
  AND (e.kind <> 'StopSearch' OR NOT coalesce(e.found, '') =~ $nothing)
WITH e, coalesce(r.valid_from, e.at) AS dated
WHERE $since IS NULL OR dated IS NULL OR dated >= $since
WITH e, min(dated) AS at
MATCH (e)<-[s:INVOLVED_IN]-(o:Entity)
WHERE s.mk IN $allowed AND s.role IN $roles AND o.kind IN ['Person', 'Organisation'] AND NOT o.id IN $ids
WITH DISTINCT o, e, at
ORDER BY coalesce(at, $undated) DESC, e.id
WITH o, collect(e) AS events, min(at) AS first, max(at) AS last
ORDER BY size(events) DESC, coalesce(last, $undated) DESC, o.id
WITH collect({other: o, events: events, first: first, last: last}) AS found
UNWIND found[..$limit] AS one
RETURN properties(one.other) AS node, size(one.events) AS shared, one.first AS first, one.last AS last,
  [event IN one.events | properties(event)] AS events, size(found) AS total
ORDER BY shared DESC, coalesce(last, $undated) DESC, node.id
