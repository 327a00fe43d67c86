// The links that these rows have in the graph now.
// params: rows: list<map>
// returns: row: string, place: int, type: string, entity: string, other: string, properties: map
// mode: write
UNWIND $rows AS row
UNWIND row.bound AS id
CALL (id) {
  MATCH (r:Record {id: id})-[:RESOLVES_TO]->(e:Entity) RETURN e
  UNION MATCH (e:Entity {id: id}) RETURN e
}
MATCH (e)-[l]->(x:Entity)
WHERE l.row = row.id AND type(l) <> 'WAS'
RETURN row.id AS row, l.place AS place, type(l) AS type, e.id AS entity, x.id AS other, properties(l) AS properties
