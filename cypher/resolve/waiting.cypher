// The records of a kind whose entities are not settled, or, by evidence, only for now.
// params: kind: string, by_evidence: bool
// returns: properties: map, entity: string, unplaced: bool, unresolved: bool
// mode: internal
MATCH (r:Unplaced|Unresolved)
WHERE r.kind = $kind AND (r:Unplaced OR $by_evidence)
OPTIONAL MATCH (r)-[:RESOLVES_TO]->(e:Entity)
RETURN properties(r) AS properties, e.id AS entity, r:Unplaced AS unplaced, r:Unresolved AS unresolved
