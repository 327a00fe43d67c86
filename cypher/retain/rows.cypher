// The rows that say something of these records or events, or have a link that is bound to one.
// params: ids: list<string>
// returns: row: string
// mode: internal
UNWIND $ids AS id
CALL (id) {
  MATCH (:Record {id: id})<-[:SAYS]-(w:Row) RETURN w.id AS row
  UNION MATCH (:Entity {id: id})<-[:SAYS]-(w:Row) RETURN w.id AS row
  UNION MATCH (:Retired {id: id})<-[:SAYS]-(w:Row) RETURN w.id AS row
  UNION MATCH (:Record {id: id})-[:RESOLVES_TO]->(:Entity)-[l]-(:Entity) WHERE (l.a = id OR l.b = id) AND l.row IS NOT NULL RETURN l.row AS row
  UNION MATCH (:Entity {id: id})-[l]-(:Entity) WHERE (l.a = id OR l.b = id) AND l.row IS NOT NULL RETURN l.row AS row
}
RETURN DISTINCT row
