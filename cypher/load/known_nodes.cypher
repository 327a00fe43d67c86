// Which of these records, entities and retired things exist.
// params: ids: list<string>
// returns: id: string
// mode: internal
UNWIND $ids AS id
CALL (id) {
  MATCH (n:Record {id: id}) RETURN n.id AS found
  UNION MATCH (n:Entity {id: id}) RETURN n.id AS found
  UNION MATCH (n:Retired {id: id}) RETURN n.id AS found
}
RETURN found AS id
