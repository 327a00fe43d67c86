// The links that these rows have in the graph now.
// params: rows: list<map>
// returns: row: string, type: string, from: string, to: string, properties: map
// mode: internal
UNWIND $rows AS row
UNWIND row.bound AS id
CALL (id) {
  MATCH (r:Record {id: id})-[:RESOLVES_TO]->(e:Entity) RETURN e
  UNION MATCH (e:Entity {id: id}) RETURN e
}
MATCH (e)-[l]->(x:Entity)
WHERE l.row = row.id
RETURN DISTINCT row.id AS row, type(l) AS type, e.id AS from, x.id AS to, properties(l) AS properties
