// The visible links from these things, retracted ones excepted, to things of some kinds.
// params: ids: list, kinds: list, allowed: list
// returns: link: map, type: string, origin: map, target: map
// mode: read
UNWIND $ids AS id
MATCH (n:Entity {id: id})-[r:!WAS]->(m:Entity)
WHERE r.mk IN $allowed AND ($kinds IS NULL OR m.kind IN $kinds)
RETURN properties(r) AS link, type(r) AS type, n{.id, .kind, .key} AS origin, m{.id, .kind, .key} AS target
ORDER BY n.id, m.id, type, r.row, r.place
