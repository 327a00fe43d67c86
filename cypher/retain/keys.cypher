// The keys of the people and events that these rows describe, with the names of their sources and the row's cells as they were delivered.
// params: rows: list<string>
// returns: source: string, key: string, raw: string
// mode: internal
UNWIND $rows AS id
MATCH (w:Row {id: id})-[s:SAYS]->(n)
WHERE s.p IS NOT NULL AND (n.kind = 'Person' OR n:Event OR n:Retired)
WITH DISTINCT w, n
MATCH (o:Source) WHERE o.n = n.source
RETURN o.id AS source, n.key AS key, w.raw AS raw
