// Who uses a phone or e-mail address, or keeps a vehicle, by its value.
// params: values: list<string>
// returns: value: string, kind: string, record: string, mk: int, entity: string
// mode: internal
UNWIND $values AS value
CALL (value) {
  MATCH (v:Phone {value: value})<-[l:USES]-(e:Entity) RETURN e, l
  UNION MATCH (v:Email {value: value})<-[l:USES]-(e:Entity) RETURN e, l
  UNION MATCH (v:Vehicle {vrm: value})<-[l:KEEPS]-(e:Entity) RETURN e, l
}
RETURN value, e.kind AS kind, l.a AS record, l.mk AS mk, e.id AS entity
