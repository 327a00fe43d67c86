// The visible links to markers that some of these people are vulnerable, theirs or of their other selves: the marker's period is the caller's to judge.
// params: ids: list, allowed: list
// returns: id: string, link: map, type: string, origin: map, target: map
// mode: read
UNWIND $ids AS id
MATCH (n:Entity {id: id})
WHERE n:Person
MATCH (n) (()-[same:SAME_IDENTITY WHERE same.mk IN $allowed]-()){0,4} (p:Entity)
WITH DISTINCT n, p
MATCH (p)-[s:SUBJECT_OF]->(m:Marker)
WHERE s.mk IN $allowed AND m.type STARTS WITH 'VULNERABLE'
RETURN n.id AS id, properties(s) AS link, type(s) AS type, properties(p) AS origin, properties(m) AS target
ORDER BY id, s.valid_from IS NULL, s.valid_from DESC, s.row, s.place
