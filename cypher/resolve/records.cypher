// All records of a kind, the entity each belongs to now, and whether that is settled.
// `names`, `keys`: what is told of a record, by its kind.
// params: kind: string, names: map, keys: map
// returns: values: list, keys: list<int>, entity: string, unplaced: bool, unresolved: bool
// mode: internal
MATCH (r:Record)
WHERE r.kind = $kind
OPTIONAL MATCH (r)-[:RESOLVES_TO]->(e:Entity)
WITH r, e, properties(r) AS p
RETURN [name IN $names[p.kind] | p[name]] AS values, [name IN $keys[p.kind] | coalesce(p[name], -1)] AS keys,
       e.id AS entity, r:Unplaced AS unplaced, r:Unresolved AS unresolved
