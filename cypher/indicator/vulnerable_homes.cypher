// The homes of people with visible markers of some types who lived there in a span: the address, the person, the markers; no more than a number.
// params: types: list, since: int, most: int, allowed: list
// returns: home: string, resident: string, markers: list
// mode: read
MATCH (m:Marker)
WHERE m.type IN $types AND m.mk IN $allowed
MATCH (p:Person)-[s:SUBJECT_OF]->(m)
WHERE s.mk IN $allowed
WITH p, collect(DISTINCT m.id) AS markers
MATCH (p)-[l:LIVES_AT]->(a:Address)
WHERE l.mk IN $allowed AND (l.valid_to IS NULL OR l.valid_to >= $since) AND (l.role IS NULL OR l.role IN ['HOME', 'STAYS'])
WITH DISTINCT a, p, markers
LIMIT $most
RETURN a.id AS home, p.id AS resident, markers
