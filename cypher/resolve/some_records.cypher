// Records by id, with the entity each belongs to now.
// params: ids: list<string>
// returns: properties: map, entity: string, unplaced: bool, unresolved: bool
// mode: internal
UNWIND $ids AS id
MATCH (r:Record {id: id})
OPTIONAL MATCH (r)-[:RESOLVES_TO]->(e:Entity)
RETURN properties(r) AS properties, e.id AS entity, r:Unplaced AS unplaced, r:Unresolved AS unresolved
