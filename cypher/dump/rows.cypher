// Every row.
// params:
// returns: properties: map, awaits: list<string>
// mode: internal
MATCH (w:Row)
RETURN properties(w) AS properties, [(w)-[:AWAITS]->(a:Awaited) | a.id] AS awaits
