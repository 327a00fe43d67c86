// What visibly happened at these homes and to their residents in a span: who else lives there and since when, who had a part in what there, and the reports that name the resident, in whichever compartment and part.
// No part in a withheld role, no search that found nothing.
// `others` lists who, role, since when, whether family of the resident; `parts` lists event, who, role; `reports` ids.
// params: pairs: list<map>, family: list, since: int, until: int, withheld: list, nothing: string, allowed: list
// returns: home: string, resident: string, others: list, parts: list, events: list, selves: list, reports: list
// mode: read
UNWIND $pairs AS pair
MATCH (a:Entity {id: pair.home})
MATCH (p:Entity {id: pair.resident})
CALL (a, p) {
  MATCH (a)<-[l:LIVES_AT]-(o:Person)
  WHERE l.mk IN $allowed AND o <> p AND (l.valid_to IS NULL OR l.valid_to >= $since)
  RETURN collect([o.id, l.role, l.valid_from, EXISTS { (o)-[f:ASSOCIATED_WITH]-(p) WHERE f.mk IN $allowed AND f.role IN $family }]) AS others
}
CALL (a) {
  MATCH (a)<-[h:OCCURRED_AT]-(e:Event)
  WHERE h.mk IN $allowed AND e.at >= $since AND e.at <= $until
    AND (e.kind <> 'StopSearch' OR NOT coalesce(e.found, '') =~ $nothing)
  RETURN collect(DISTINCT e.id) AS events
}
CALL (a) {
  MATCH (a)<-[h:OCCURRED_AT]-(e:Event)<-[r:INVOLVED_IN]-(o:Person)
  WHERE h.mk IN $allowed AND r.mk IN $allowed AND e.at >= $since AND e.at <= $until
    AND NOT coalesce(r.role, '') IN $withheld AND (e.kind <> 'StopSearch' OR NOT coalesce(e.found, '') =~ $nothing)
  RETURN collect(DISTINCT [e.id, o.id, r.role]) AS parts
}
CALL (p) {
  MATCH (p) (()-[same:SAME_IDENTITY WHERE same.mk IN $allowed]-()){0,4} (q:Entity)
  RETURN collect(DISTINCT q.id) AS selves
}
CALL (selves) {
  UNWIND selves AS self
  MATCH (:Entity {id: self})-[r:INVOLVED_IN]->(e:IntelReport)
  WHERE r.mk IN $allowed AND e.at >= $since AND e.at <= $until
  RETURN collect(DISTINCT e.id) AS reports
}
RETURN pair.home AS home, pair.resident AS resident, others, parts, events, selves, reports
