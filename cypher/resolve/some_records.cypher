// Records by id, with the entity each belongs to now.
// `names`, `keys`: what is told of a record, by its kind.
// params: ids: list<string>, names: map, keys: map
// returns: values: list, keys: list<int>, entity: string, unplaced: bool, unresolved: bool
// mode: internal
UNWIND $ids AS id
MATCH (r:Record {id: id})
OPTIONAL MATCH (r)-[:RESOLVES_TO]->(e:Entity)
WITH r, e, properties(r) AS p
RETURN [name IN $names[p.kind] | p[name]] AS values, [name IN $keys[p.kind] | coalesce(p[name], -1)] AS keys,
       e.id AS entity, r:Unplaced AS unplaced, r:Unresolved AS unresolved
