// The same as `network/acts`, of the events that visibly happened in an area.
// params: area: string, since: int, until: int, kinds: list, roles: list, nothing: string, fewest: int, most: int, allowed: list
// returns: thing: string, kind: string, at: int, type: string, held: list
// mode: read
MATCH (area:Entity {id: $area}) (()<-[i:IN WHERE i.mk IN $allowed]-()){0,3} (l:Entity)
WITH DISTINCT l
MATCH (l)<-[o:OCCURRED_AT]-(e:Event)
WHERE o.mk IN $allowed AND e.at >= $since AND e.at <= $until AND e.kind IN $kinds
  AND (e.kind <> 'StopSearch' OR NOT coalesce(e.found, '') =~ $nothing)
WITH DISTINCT e
CALL (e) {
  MATCH (e)<-[r:INVOLVED_IN]-(p:Person|Organisation)
  WHERE r.mk IN $allowed AND r.role IN $roles
  RETURN collect([p.id, type(r), r.row, r.place, r.grade, coalesce(r.valid_from, e.at), r.a, r.role]) AS held, count(DISTINCT p) AS parties
}
WITH e, held, parties
WHERE parties >= $fewest
WITH e, held
LIMIT $most
RETURN e.id AS thing, e.kind AS kind, e.at AS at, e.type AS type, held
