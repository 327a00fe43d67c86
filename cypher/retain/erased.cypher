// Which of these rows were erased: they do not come back.
// params: ids: list<string>
// returns: id: string
// mode: internal
UNWIND $ids AS id
MATCH (t:Tombstone {id: id})
RETURN t.id AS id
