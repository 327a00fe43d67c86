// The entity behind each of these ids: of a live record, or the thing itself.
// params: ids: list<string>
// returns: id: string, entity: string, mk: int
// mode: internal
UNWIND $ids AS id
CALL (id) {
  MATCH (r:Record {id: id})-[:RESOLVES_TO]->(e:Entity) RETURN e.id AS entity, e.mk AS mk
  UNION MATCH (e:Entity {id: id}) RETURN e.id AS entity, e.mk AS mk
}
RETURN id, entity, mk
