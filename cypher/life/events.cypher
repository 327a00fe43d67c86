// The visible events of a span in which some things had a part, newest first, undated last, then by id: through which of them, where, and who and what else had a part.
// An event says where and with whom by visible links; of one with $crowd parties or more none are told.
// Beside these things nobody is told of a search that found nothing, nor by a part of either in a withheld role; in a call both ends are.
// params: things: list<map>, since: int, until: int, kinds: list, withheld: list, nothing: string, crowd: int, limit: int, allowed: list
// returns: id: string, at: int, kind: string, timed: bool, through: list, places: list, parties: list, crowded: bool
// mode: read
UNWIND $things AS one
MATCH (x:Entity {id: one.id})-[r:INVOLVED_IN]->(e:Event)
WHERE r.mk IN $allowed AND e.kind IN $kinds
  AND (e.at IS NULL OR (e.at >= $since AND e.at <= $until AND e.at <= one.until))
WITH e, collect(DISTINCT x.id) AS through, collect(r.role) AS roles, count(r) AS links
ORDER BY e.at IS NULL, e.at DESC, e.id
LIMIT $limit
CALL (e) {
  MATCH (e)-[o:OCCURRED_AT]->(p:Address|Place)
  WHERE o.mk IN $allowed
  RETURN collect(DISTINCT p.id) AS places
}
CALL (e, through, roles, links) {
  WITH e, through, (e:Call OR links > size([role IN roles WHERE role IN $withheld]))
    AND (e.kind <> 'StopSearch' OR NOT coalesce(e.found, '') =~ $nothing) AS tying
  MATCH (e)<-[i:INVOLVED_IN]-(p:Person|Organisation|Phone|Vehicle)
  WHERE i.mk IN $allowed AND (p.id IN through OR (tying AND (e:Call OR NOT coalesce(i.role, '') IN $withheld)))
  WITH DISTINCT p
  LIMIT $crowd
  RETURN collect([p.id, p.kind]) AS parties
}
WITH e, through, places, parties, size(parties) >= $crowd AS crowded
RETURN e.id AS id, e.at AS at, e.kind AS kind, coalesce(size(e.occurred_from) >= 17, false) AS timed, through, places,
  CASE WHEN crowded THEN [] ELSE parties END AS parties, crowded
ORDER BY at IS NULL, at DESC, id
