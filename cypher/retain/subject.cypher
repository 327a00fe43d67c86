// The live records behind an id: of a record, of a person, or the event itself.
// params: id: string
// returns: record: string, kind: string
// mode: internal
CALL () {
  MATCH (r:Record {id: $id, kind: 'Person'}) WHERE r.live RETURN r.id AS record, r.kind AS kind
  UNION MATCH (:Person:Entity {id: $id})<-[:RESOLVES_TO]-(r:Record) RETURN r.id AS record, r.kind AS kind
  UNION MATCH (e:Event:Entity {id: $id}) RETURN e.id AS record, e.kind AS kind
}
RETURN record, kind
