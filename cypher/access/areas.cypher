// The areas below a force in which these people live or had a part in events, or in which these officers dealt with some, and how many places.
// params: ids: list, allowed: list
// returns: id: string, areas: list, places: int
// mode: read
UNWIND $ids AS id
MATCH (n:Entity {id: id})
CALL (n) {
  MATCH (n)-[l:LIVES_AT]->(a:Entity) WHERE l.mk IN $allowed RETURN a, a.id AS place
  UNION
  MATCH (n)-[i:INVOLVED_IN]->(e:Event)-[o:OCCURRED_AT]->(a:Entity) WHERE i.mk IN $allowed AND o.mk IN $allowed RETURN a, e.id AS place
  UNION
  MATCH (n)<-[h:HANDLED_BY]-(e:Event)-[o:OCCURRED_AT]->(a:Entity) WHERE h.mk IN $allowed AND o.mk IN $allowed RETURN a, e.id AS place
}
MATCH (a)-[steps:IN*1..3]->(x:Area)
WHERE all(step IN steps WHERE step.mk IN $allowed) AND coalesce(x.type, '') <> 'FORCE'
RETURN id, collect(DISTINCT x.id) AS areas, count(DISTINCT place) AS places
