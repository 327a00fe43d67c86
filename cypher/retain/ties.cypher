// People that are one across compartments.
// params:
// returns: a: string, b: string
// mode: internal
MATCH (a:Person)-[:SAME_IDENTITY]->(b:Person)
RETURN a.id AS a, b.id AS b
