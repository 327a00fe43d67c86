// All records of a kind, the entity each belongs to now, and whether that is settled.
// params: kind: string
// returns: properties: map, entity: string, unplaced: bool, unresolved: bool
// mode: internal
MATCH (r:Record)
WHERE r.kind = $kind
OPTIONAL MATCH (r)-[:RESOLVES_TO]->(e:Entity)
RETURN properties(r) AS properties, e.id AS entity, r:Unplaced AS unplaced, r:Unresolved AS unresolved
