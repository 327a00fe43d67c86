// The visible ties among these entities.
// params: ids: list, allowed: list
// returns: from: string, to: string
// mode: read
UNWIND $ids AS id
MATCH (a:Entity {id: id})-[same:SAME_IDENTITY]->(b:Entity)
WHERE same.mk IN $allowed AND b.id IN $ids
RETURN DISTINCT a.id AS from, b.id AS to
ORDER BY from, to
