// The neighbours of these things, but of those that have very many.
// params: ids: list, crowded: int
// returns: id: string
// mode: internal
UNWIND $ids AS one
MATCH (e:Entity {id: one})
WHERE COUNT { (e)--() } < $crowded
MATCH (e)-[:!WAS&!IN&!HANDLED_BY]-(m:Entity)
RETURN DISTINCT m.id AS id
