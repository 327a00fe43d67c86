// Values among these that nothing is linked to, and that no row waits to link, are gone.
// params: ids: list<string>
// returns: id: string
// mode: write
// allows: Eager
UNWIND $ids AS id
MATCH (e:Entity {id: id})
WHERE e.value IS NOT NULL AND NOT EXISTS { (e)--() }
  AND NOT EXISTS { MATCH (:Awaited)<-[:AWAITS]-(w:Row) WHERE w.links CONTAINS id }
DELETE e
RETURN id
