// The live records that have these identifiers, and their entities; `made` ones only stand in for others.
// params: ids: list<string>
// returns: identifier: string, record: string, mk: int, entity: string, made: bool
// mode: internal
UNWIND $ids AS id
MATCH (i:Identifier {id: id})<-[:HAS]-(r:Record)-[:RESOLVES_TO]->(e:Entity)
RETURN id AS identifier, r.id AS record, r.mk AS mk, e.id AS entity, r:Made AS made
