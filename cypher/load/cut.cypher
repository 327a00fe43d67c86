// Take away the links bound to these records or things.
// params: ids: list<string>
// returns: links: int
// mode: write
// allows: Eager
UNWIND $ids AS id
CALL (id) {
  MATCH (:Record {id: id})-[:RESOLVES_TO]->(e:Entity)-[l]-(:Entity) WHERE l.a = id OR l.b = id RETURN DISTINCT l
  UNION MATCH (e:Entity {id: id})-[l]-(:Entity) WHERE l.a = id OR l.b = id RETURN DISTINCT l
}
DELETE l
RETURN count(*) AS links
