// A page of visible live records of these sources by id, counted by all that their quality is judged by.
// `role`: the first of $serious that the record's links or markers say; `held`: those of $names it has; `twice`: another
// record of its source is the same thing; `age`: seconds from its date to the last load, late above $late.
// params: sources: list<int>, after: string, limit: int (1..50000), most: int (0..1000), names: list<string>, serious: list<string>, resolved: list<string>, loaded: map, late: int, allowed: list
// returns: source: int, kind: string, role: string, contact: bool, held: list<string>, failed: list<string>, twice: bool, late: bool, count: int, dated: int, age: int, as_of: int, ids: list<string>, last: string
// mode: read
MATCH (r:Record)
WHERE r.id > $after AND r.mk IN $allowed AND r.live AND r.source IN $sources
WITH r ORDER BY r.id LIMIT $limit
WITH r, r.kind = 'Person' AS person, $loaded[toString(r.source) + ' ' + toString(r.mk)] - r.as_of AS age
WITH r, person, age,
     CASE WHEN person THEN COLLECT {
       MATCH (r)-[:RESOLVES_TO]->(:Entity)-[l:INVOLVED_IN|SUBJECT_OF]->(x:Entity)
       WHERE l.a = r.id AND l.mk IN $allowed
       RETURN DISTINCT CASE WHEN x:Marker THEN x.type ELSE l.role END
     } ELSE [] END AS roles
WITH r, age, head([each IN $serious WHERE each IN roles]) AS role,
     person AND EXISTS {
       MATCH (r)-[:RESOLVES_TO]->(:Entity)-[l:LIVES_AT|USES]->(x:Address|Phone|Email)
       WHERE l.a = r.id AND l.mk IN $allowed
     } AS contact,
     CASE WHEN person THEN [name IN $names WHERE r[name] IS NOT NULL] ELSE [] END AS held,
     r.kind IN $resolved AND EXISTS {
       MATCH (r)-[:RESOLVES_TO]->(:Entity)<-[:RESOLVES_TO]-(other:Record)
       WHERE other.source = r.source AND other.id <> r.id AND other.live AND other.mk IN $allowed
     } AS twice
RETURN r.source AS source, r.kind AS kind, role, contact, held, coalesce(r.failed, []) AS failed, twice,
       coalesce(age > $late, false) AS late, count(*) AS count, count(age) AS dated, sum(age) AS age,
       max(r.as_of) AS as_of, collect(r.id)[..$most] AS ids, max(r.id) AS last
