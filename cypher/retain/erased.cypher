// Which of these rows were erased: they do not come back. `became`: the row that has taken the place of one.
// params: ids: list<string>
// returns: id: string, became: string
// mode: internal
UNWIND $ids AS id
MATCH (t:Tombstone {id: id})
RETURN t.id AS id, t.became AS became
