// Take away the links bound to these records or things; bare records at their other ends are to be looked at.
// params: ids: list<string>
// returns: ends: int
// mode: write
// allows: Eager
UNWIND $ids AS id
CALL (id) {
  MATCH (:Record {id: id})-[:RESOLVES_TO]->(e:Entity)-[l]-(:Entity) WHERE l.a = id OR l.b = id RETURN DISTINCT l
  UNION MATCH (e:Entity {id: id})-[l]-(:Entity) WHERE l.a = id OR l.b = id RETURN DISTINCT l
}
WITH l, CASE l.a WHEN id THEN l.b ELSE l.a END AS other
DELETE l
WITH DISTINCT other
OPTIONAL MATCH (r:Record {id: other}) WHERE r:Made
FOREACH (made IN CASE WHEN r IS NULL THEN [] ELSE [r] END | SET made:Loose)
RETURN count(*) AS ends
