// What these nodes hold that somebody else holds too: fewest others' links first, then by id; all own links, others' up to a limit.
// params: ids: list, kinds: list, holding: list, things: int, limit: int, allowed: list
// returns: node: map, holders: list, count: int, total: int
// mode: read
UNWIND $ids AS one
MATCH (n:Entity {id: one})-[r:INVOLVED_IN|ASSOCIATED_WITH|LIVES_AT|USES|HOLDS|KEEPS|DRIVES|OCCURRED_AT|IN|HANDLED_BY|MEMBER_OF|SUBJECT_OF|RELATED_TO]->(t:Entity)
WHERE r.mk IN $allowed AND t.kind IN $kinds
WITH t, collect(r) AS own, collect(DISTINCT type(r)) AS types
CALL (t, types) {
  MATCH (t)<-[r:INVOLVED_IN|ASSOCIATED_WITH|LIVES_AT|USES|HOLDS|KEEPS|DRIVES|OCCURRED_AT|IN|HANDLED_BY|MEMBER_OF|SUBJECT_OF|RELATED_TO]-(o:Entity)
  WHERE r.mk IN $allowed AND NOT o.id IN $ids
    AND (type(r) IN types OR (type(r) IN $holding AND any(held IN types WHERE held IN $holding)))
  WITH r, 'l_' + substring(r.row, 2) + '_' + toString(r.place) AS id
  ORDER BY id
  RETURN collect(r) AS others
}
WITH t, own, others
WHERE size(others) > 0
ORDER BY size(others), t.id
WITH collect([t, own, others]) AS found
UNWIND range(0, size(found[..$things]) - 1) AS place
WITH size(found) AS total, place, found[place][0] AS t, found[place][1] AS own, found[place][2] AS others
RETURN properties(t) AS node, [r IN own + others[..$limit] | {link: properties(r), type: type(r), origin: properties(startNode(r)), target: properties(endNode(r))}] AS holders, size(own) + size(others) AS count, total
ORDER BY place
