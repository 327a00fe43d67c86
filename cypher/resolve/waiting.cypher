// The records of these kinds whose entities are not settled, or, by evidence, only for now.
// `names`, `keys`: what is told of a record, by its kind.
// params: names: map, keys: map, by_evidence: bool
// returns: kind: string, values: list, keys: list<int>, entity: string, unplaced: bool, unresolved: bool
// mode: internal
CALL () {
  MATCH (r:Unplaced) WHERE r.kind IN keys($names) RETURN r
  UNION WITH $by_evidence AS asked WHERE asked MATCH (r:Unresolved) WHERE r.kind IN keys($names) RETURN r
}
OPTIONAL MATCH (r)-[:RESOLVES_TO]->(e:Entity)
WITH r, e, properties(r) AS p
RETURN p.kind AS kind, [name IN $names[p.kind] | p[name]] AS values, [name IN $keys[p.kind] | coalesce(p[name], -1)] AS keys,
       e.id AS entity, r:Unplaced AS unplaced, r:Unresolved AS unresolved
