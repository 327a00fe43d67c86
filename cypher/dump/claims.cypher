// What every row says of what.
// params:
// returns: row: string, node: string, name: string, p: string, grade: int
// mode: internal
MATCH (w:Row)-[s:SAYS]->(n)
RETURN w.id AS row, n.id AS node, s.name AS name, s.p AS p, s.grade AS grade
