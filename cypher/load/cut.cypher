// Take away the links bound to these records or things; bare records at their other ends are to be looked at. Returned is where each started.
// params: ids: list<string>
// returns: origins: list<string>
// mode: write
// allows: Eager
UNWIND $ids AS id
CALL (id) {
  MATCH (:Record {id: id})-[:RESOLVES_TO]->(e:Entity)-[l]-(:Entity) WHERE l.a = id OR l.b = id RETURN DISTINCT l
  UNION MATCH (e:Entity {id: id})-[l]-(:Entity) WHERE l.a = id OR l.b = id RETURN DISTINCT l
}
WITH l, startNode(l).id AS origin, CASE l.a WHEN id THEN l.b ELSE l.a END AS other
DELETE l
WITH collect(DISTINCT origin) AS origins, collect(DISTINCT other) AS others
UNWIND CASE others WHEN [] THEN [null] ELSE others END AS other
OPTIONAL MATCH (r:Record {id: other}) WHERE r:Made
WITH origins, collect(r) AS loose
FOREACH (made IN loose | SET made:Loose)
RETURN origins
