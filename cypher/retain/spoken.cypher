// What these rows speak of, with the source of each.
// params: rows: list<string>
// returns: node: string, source: int
// mode: internal
UNWIND $rows AS id
MATCH (:Row {id: id})-[:SAYS]->(n)
RETURN DISTINCT n.id AS node, n.source AS source
