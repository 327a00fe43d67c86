// Rows with a link that is bound to one of these records or things: their links are made again.
// params: ids: list<string>
// returns: rows: int
// mode: write
UNWIND $ids AS id
CALL (id) {
  MATCH (:Record {id: id})-[:RESOLVES_TO]->(e:Entity)-[l]-(:Entity) WHERE l.a = id OR l.b = id RETURN DISTINCT l.row AS row
  UNION MATCH (e:Entity {id: id})-[l]-(:Entity) WHERE l.a = id OR l.b = id RETURN DISTINCT l.row AS row
}
MATCH (w:Row {id: row})
SET w:Unlinked
RETURN count(DISTINCT w) AS rows
