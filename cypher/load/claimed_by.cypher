// The nodes that these rows speak of.
// params: rows: list<string>
// returns: node: string
// mode: internal
UNWIND $rows AS id
MATCH (:Row {id: id})-[:SAYS]->(n)
RETURN DISTINCT n.id AS node
