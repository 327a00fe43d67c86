// The visible links that tie these nodes to each of these others: said of both, or both ends' links to what they share.
// No part in a withheld role ties, and no search that found nothing.
// params: ids: list, others: list, generic: int, withheld: list, nothing: string, allowed: list
// returns: other: string, link: map, type: string, origin: map, target: map, id: string
// mode: read
CALL () {
  UNWIND $ids AS id
  MATCH (n:Entity {id: id})-[r:ASSOCIATED_WITH]-(o:Entity)
  WHERE r.mk IN $allowed AND o.id IN $others
  RETURN o.id AS other, r
  UNION
  UNWIND $ids AS id
  MATCH (n:Entity {id: id})-[own:INVOLVED_IN|LIVES_AT|USES|HOLDS|KEEPS|DRIVES]->(t:Entity)
  WHERE own.mk IN $allowed AND NOT coalesce(own.role, '') IN $withheld
    AND (t.kind <> 'StopSearch' OR NOT coalesce(t.found, '') =~ $nothing)
  WITH t, collect(own) AS mine
  MATCH (t)<-[s:INVOLVED_IN|LIVES_AT|USES|HOLDS|KEEPS|DRIVES]-(o:Entity)
  WHERE s.mk IN $allowed AND NOT coalesce(s.role, '') IN $withheld
    AND NOT o.id IN $ids AND o.kind IN ['Person', 'Organisation']
  WITH mine, o, collect(s) AS theirs, t
  WITH mine, t, collect([o.id, theirs]) AS held
  WHERE size(held) <= $generic
  UNWIND held AS one
  WITH mine, one[0] AS other, one[1] AS theirs
  WHERE other IN $others
  UNWIND mine + theirs AS r
  RETURN other, r
}
WITH DISTINCT other, r
RETURN other, properties(r) AS link, type(r) AS type, properties(startNode(r)) AS origin, properties(endNode(r)) AS target,
  'l_' + substring(r.row, 2) + '_' + toString(r.place) AS id
ORDER BY other, id
