// Every record and its entity.
// params:
// returns: properties: map, entity: string
// mode: internal
MATCH (r:Record)
OPTIONAL MATCH (r)-[:RESOLVES_TO]->(e:Entity)
RETURN properties(r) AS properties, e.id AS entity
