// Every pair of records that may be one.
// params:
// returns: from: string, to: string, properties: map
// mode: internal
MATCH (a:Record)-[p:POSSIBLY_SAME]->(b:Record)
RETURN a.id AS from, b.id AS to, properties(p) AS properties
