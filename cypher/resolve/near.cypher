// What was found of these records and of all that share an entity with them.
// `close` may shape one entity with a record: by a merge that was refused, or by an analyst's word. `near` is tied to
// it, or may be one with it.
// params: ids: list<string>, join: float
// returns: record: string, close: list<string>, near: list<string>
// mode: internal
UNWIND $ids AS id
MATCH (asked:Record {id: id})
OPTIONAL MATCH (asked)-[:RESOLVES_TO]->(e:Entity)
WITH e, collect(asked) AS those
WITH e, those, COLLECT { MATCH (e)-[:SAME_IDENTITY]-(:Entity)<-[:RESOLVES_TO]-(x:Record) RETURN x.id } AS tied
CALL (e, those) {
  UNWIND those AS r RETURN r
  UNION MATCH (e)<-[:RESOLVES_TO]-(r:Record) RETURN r
}
WITH r, tied,
  [(r)-[p:POSSIBLY_SAME]-(x:Record) | [x.id, x.mk = r.mk AND p.bits >= $join]] AS possible,
  COLLECT { MATCH (d:Decision {a: r.id}) MATCH (x:Record {id: d.b}) RETURN [x.id, x.mk = r.mk] } +
  COLLECT { MATCH (d:Decision {b: r.id}) MATCH (x:Record {id: d.a}) RETURN [x.id, x.mk = r.mk] } AS words
RETURN r.id AS record, [x IN possible + words WHERE x[1] | x[0]] AS close,
       [x IN possible + words WHERE NOT x[1] | x[0]] + tied AS near
