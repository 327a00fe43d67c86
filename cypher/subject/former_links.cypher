// The visible links of these people that were superseded or taken back by their source, and when; the latest first, then by id.
// params: ids: list<string>, allowed: list
// returns: link: map, type: string, origin: map, target: map, until: int, id: string
// mode: read
UNWIND $ids AS id
MATCH (n:Entity {id: id})-[r:WAS]-(:Entity)
WHERE r.mk IN $allowed
WITH DISTINCT r
RETURN properties(r) AS link, type(r) AS type, properties(startNode(r)) AS origin, properties(endNode(r)) AS target,
  r.retracted_at AS until, 'l_' + substring(r.row, 2) + '_' + toString(r.place) AS id
ORDER BY until DESC, id
