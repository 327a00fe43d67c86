// The visible links of some things to events: what says that each appears there; newest event first, then by link id.
// params: things: list<map>, type: string, roles: list, allowed: list
// returns: id: string, link: map, type: string, origin: map, target: map
// mode: read
UNWIND $things AS one
UNWIND one.events AS event
MATCH (e:Entity {id: event})-[r:INVOLVED_IN|OCCURRED_AT]-(x:Entity)
WHERE r.mk IN $allowed AND type(r) = $type AND x.id IN one.members AND ($roles IS NULL OR r.role IN $roles)
RETURN one.id AS id, properties(r) AS link, type(r) AS type, properties(startNode(r)) AS origin, properties(endNode(r)) AS target
ORDER BY id, e.at DESC, e.id DESC, r.row, r.place
