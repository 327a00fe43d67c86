// Take away the bare records that no link is bound to any more; returns the entities that may be empty now.
// params:
// returns: entity: string
// mode: write
// allows: Eager
MATCH (r:Made)-[:RESOLVES_TO]->(e:Entity)
WHERE NOT EXISTS { MATCH (e)-[l]-(:Entity) WHERE l.a = r.id OR l.b = r.id }
OPTIONAL MATCH (e)<-[:RESOLVES_TO]-(other:Record) WHERE NOT other:Made
FOREACH (left IN CASE WHEN other IS NULL THEN [] ELSE [other] END | SET left:Unplaced)
WITH DISTINCT r, e.id AS entity
DETACH DELETE r
RETURN DISTINCT entity
