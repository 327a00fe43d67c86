// People whom these people are visibly tied to, directly, by an event or by a home, where one of the two is marked as vulnerable and the other has an offender's role.
// An event ties by what the other did there, not as its victim or witness; a search that found nothing ties nobody and accuses nobody.
// `marked`, `acted`: the rows that say so of the one and of the other; `reverse`: the other is the vulnerable one.
// params: ids: list, roles: list, withheld: list, nothing: string, limit: int, allowed: list
// returns: id: string, node: map, other: map, ties: list, marked: list, acted: list, reverse: bool
// mode: read
UNWIND $ids AS id
MATCH (n:Entity {id: id})
WHERE n:Person
CALL (n) {
  MATCH (n)-[r:ASSOCIATED_WITH]-(q:Person)
  WHERE r.mk IN $allowed
  RETURN q, [r] AS tie
  UNION ALL
  MATCH (n)-[r:INVOLVED_IN]->(e:Event)<-[s:INVOLVED_IN]-(q:Person)
  WHERE r.mk IN $allowed AND s.mk IN $allowed AND (e.kind <> 'StopSearch' OR NOT coalesce(e.found, '') =~ $nothing)
  RETURN q, [r, s] AS tie
  UNION ALL
  MATCH (n)-[r:LIVES_AT]->(:Address)<-[s:LIVES_AT]-(q:Person)
  WHERE r.mk IN $allowed AND s.mk IN $allowed
  RETURN q, [r, s] AS tie
}
WITH n, q, collect(tie) AS ties
WHERE q <> n
UNWIND [[n, q, false], [q, n, true]] AS way
WITH n, q, way[0] AS weak, way[1] AS strong, way[2] AS reverse,
  [tie IN ties WHERE NOT coalesce(CASE WHEN way[2] THEN head(tie).role ELSE last(tie).role END, '') IN $withheld] AS ties
WHERE size(ties) > 0
CALL (weak) {
  MATCH (weak)-[s:SUBJECT_OF]->(m:Marker)
  WHERE s.mk IN $allowed AND m.type STARTS WITH 'VULNERABLE'
  RETURN collect(s.row) AS marked
}
CALL (strong) {
  MATCH (strong)-[o:INVOLVED_IN]->(e:Event)
  WHERE o.mk IN $allowed AND o.role IN $roles AND (e.kind <> 'StopSearch' OR NOT coalesce(e.found, '') =~ $nothing)
  RETURN collect(o.row) AS acted
}
WITH n, q, ties, marked, acted, reverse
WHERE size(marked) > 0 AND size(acted) > 0
WITH n, q, ties, marked, acted, reverse
LIMIT $limit
RETURN n.id AS id, properties(n) AS node, properties(q) AS other,
  [tie IN ties | [r IN tie | {link: properties(r), type: type(r), origin: properties(startNode(r)), target: properties(endNode(r))}]] AS ties,
  marked, acted, reverse
