// The visible events of some kinds in a span in which people or organisations had one of some roles, each with all such parts; no search that found nothing; no more than a number of events.
// `held` lists who, type, row, place, grade, date, the record there, and the role.
// params: since: int, until: int, kinds: list, roles: list, nothing: string, fewest: int, most: int, allowed: list
// returns: thing: string, kind: string, at: int, type: string, held: list
// mode: read
MATCH (e:Event)
WHERE e.at >= $since AND e.at <= $until AND e.kind IN $kinds AND e.mk IN $allowed
  AND (e.kind <> 'StopSearch' OR NOT coalesce(e.found, '') =~ $nothing)
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
