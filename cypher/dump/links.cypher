// Every link, with retracted ones and ties.
// params:
// returns: type: string, from: string, to: string, properties: map
// mode: internal
MATCH (a:Entity)-[l]->(b:Entity)
RETURN type(l) AS type, a.id AS from, b.id AS to, properties(l) AS properties
