// The people and organisations tied to these nodes by points, most first, then by id.
// A source that says so gives $unit; a thing or an event that they share gives $unit over the number of others who share it.
// No part in a withheld role ties, and no search that found nothing.
// params: ids: list, unit: int, generic: int, withheld: list, nothing: string, before: int, after_id: string, limit: int, allowed: list
// returns: node: map, id: string, points: int, events: int, last: int
// mode: read
CALL () {
  UNWIND $ids AS id
  MATCH (n:Entity {id: id})-[r:ASSOCIATED_WITH]-(o:Entity)
  WHERE r.mk IN $allowed AND NOT o.id IN $ids
  RETURN o, count(DISTINCT r.source) * $unit AS points, 0 AS events, max(r.valid_from) AS last
  UNION ALL
  UNWIND $ids AS id
  MATCH (n:Entity {id: id})-[r:INVOLVED_IN|LIVES_AT|USES|HOLDS|KEEPS|DRIVES]->(t:Entity)
  WHERE r.mk IN $allowed AND NOT coalesce(r.role, '') IN $withheld
    AND (t.kind <> 'StopSearch' OR NOT coalesce(t.found, '') =~ $nothing)
  WITH t, CASE WHEN t:Event THEN max(coalesce(r.valid_from, t.at)) END AS at
  MATCH (t)<-[s:INVOLVED_IN|LIVES_AT|USES|HOLDS|KEEPS|DRIVES]-(o:Entity)
  WHERE s.mk IN $allowed AND NOT coalesce(s.role, '') IN $withheld
    AND NOT o.id IN $ids AND o.kind IN ['Person', 'Organisation']
  WITH t, at, collect(DISTINCT o) AS others
  WHERE size(others) <= $generic
  UNWIND others AS o
  WITH o, $unit / size(others) AS share, t:Event AS event, at
  RETURN o, sum(share) AS points, sum(CASE WHEN event THEN 1 ELSE 0 END) AS events, max(at) AS last
}
WITH o, sum(points) AS points, sum(events) AS events, max(last) AS last
WHERE $after_id IS NULL OR points < $before OR (points = $before AND o.id > $after_id)
WITH o, points, events, last
ORDER BY points DESC, o.id
LIMIT $limit
RETURN properties(o) AS node, o.id AS id, points, events, last
ORDER BY points DESC, id
