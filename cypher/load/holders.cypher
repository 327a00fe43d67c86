// The live records that have these identifiers, and their entities.
// params: ids: list<string>
// returns: identifier: string, record: string, mk: int, source: int, entity: string
// mode: write
UNWIND $ids AS id
MATCH (i:Identifier {id: id})<-[:HAS]-(r:Record)-[:RESOLVES_TO]->(e:Entity)
RETURN id AS identifier, r.id AS record, r.mk AS mk, r.source AS source, e.id AS entity
