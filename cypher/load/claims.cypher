// Which of these nodes exist, and all that rows say about them; `row` is null for one that no row speaks of.
// params: ids: list<string>
// returns: node: string, row: string, live: bool, first_as_of: int, last_as_of: int, hash: string, name: string, properties: string, grade: int, kind: string, key: string, mk: int
// mode: internal
UNWIND $ids AS id
CALL (id) {
  MATCH (n:Record {id: id}) RETURN n
  UNION MATCH (n:Entity {id: id}) RETURN n
  UNION MATCH (n:Retired {id: id}) RETURN n
}
OPTIONAL MATCH (n)<-[s:SAYS]-(w:Row)
RETURN id AS node, w.id AS row, w.live AS live, w.first_as_of AS first_as_of, w.last_as_of AS last_as_of, w.hash AS hash,
       s.name AS name, s.p AS properties, s.grade AS grade, n.kind AS kind, n.key AS key, n.mk AS mk
