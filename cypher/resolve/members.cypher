// These records and all that share an entity with one of them, or belong to one of these entities.
// `names`, `keys`: what is told of a record, by its kind.
// params: ids: list<string>, entities: list<string>, names: map, keys: map
// returns: values: list, keys: list<int>, entity: string, unplaced: bool, unresolved: bool
// mode: internal
CALL () {
  UNWIND $ids AS id MATCH (r:Record {id: id}) RETURN r
  UNION UNWIND $ids AS id MATCH (:Record {id: id})-[:RESOLVES_TO]->(e:Entity) WITH DISTINCT e
        MATCH (e)<-[:RESOLVES_TO]-(r:Record) RETURN r
  UNION UNWIND $entities AS id MATCH (:Entity {id: id})<-[:RESOLVES_TO]-(r:Record) RETURN r
}
OPTIONAL MATCH (r)-[:RESOLVES_TO]->(e:Entity)
WITH r, e, properties(r) AS p
RETURN [name IN $names[p.kind] | p[name]] AS values, [name IN $keys[p.kind] | coalesce(p[name], -1)] AS keys,
       e.id AS entity, r:Unplaced AS unplaced, r:Unresolved AS unresolved
