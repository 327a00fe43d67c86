// The records behind an id: of a record, live or taken back by its source, the live ones of a person, or the event itself.
// params: id: string
// returns: record: string, kind: string
// mode: internal
CALL () {
  MATCH (r:Record {id: $id, kind: 'Person'}) WHERE r.live OR EXISTS { (r)<-[:SAYS]-(:Row) } RETURN r.id AS record, r.kind AS kind
  UNION MATCH (:Person:Entity {id: $id})<-[:RESOLVES_TO]-(r:Record) RETURN r.id AS record, r.kind AS kind
  UNION MATCH (e:Event:Entity {id: $id}) RETURN e.id AS record, e.kind AS kind
  UNION MATCH (e:Retired {id: $id}) RETURN e.id AS record, e.kind AS kind
}
RETURN record, kind
