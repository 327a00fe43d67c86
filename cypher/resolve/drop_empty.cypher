// Entities that no record belongs to any more are gone.
// params: ids: list<string>
// returns: entities: int
// mode: write
// allows: Eager
UNWIND $ids AS id
MATCH (e:Entity {id: id})
WHERE NOT EXISTS { (e)<-[:RESOLVES_TO]-(:Record) }
DETACH DELETE e
RETURN count(*) AS entities
