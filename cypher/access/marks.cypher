// The markings of these records and things; a value has none.
// params: ids: list<string>
// returns: mk: int
// mode: internal
UNWIND $ids AS id
CALL (id) {
  MATCH (n:Record {id: id}) RETURN n.mk AS mk
  UNION MATCH (n:Entity {id: id}) RETURN n.mk AS mk
}
WITH mk
WHERE mk IS NOT NULL
RETURN DISTINCT mk
