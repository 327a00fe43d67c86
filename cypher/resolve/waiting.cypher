// The records of these kinds whose entities are not settled, or, by evidence, only for now.
// params: kinds: list<string>, by_evidence: bool
// returns: properties: map, entity: string, unplaced: bool, unresolved: bool
// mode: internal
CALL () {
  MATCH (r:Unplaced) WHERE r.kind IN $kinds RETURN r
  UNION WITH $by_evidence AS asked WHERE asked MATCH (r:Unresolved) WHERE r.kind IN $kinds RETURN r
}
OPTIONAL MATCH (r)-[:RESOLVES_TO]->(e:Entity)
RETURN properties(r) AS properties, e.id AS entity, r:Unplaced AS unplaced, r:Unresolved AS unresolved
