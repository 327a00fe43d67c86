// Things that these rows speak of were seen again: their date, where nothing else follows from it; the others are returned.
// params: rows: list<string>
// returns: node: string
// mode: write
// allows: Eager
UNWIND $rows AS id
MATCH (:Row {id: id})-[:SAYS]->(n)
WITH DISTINCT n
MATCH (n)<-[s:SAYS]-(w:Row)
WHERE w.live
WITH n, count(DISTINCT [s.p, s.grade]) AS words, max(w.last_as_of) AS as_of
WITH n, as_of, words = 1 AND NOT EXISTS { (n)-[:RESOLVES_TO]->(:Entity)<-[:RESOLVES_TO]-(:Record) } AS alone
FOREACH (each IN CASE WHEN alone THEN [n] ELSE [] END | SET each.as_of = as_of)
WITH n, alone
WHERE NOT alone
RETURN n.id AS node
