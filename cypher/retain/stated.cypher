// What the links of these rows state, as JSON.
// params: rows: list<string>
// returns: row: string, links: string
// mode: internal
UNWIND $rows AS id
MATCH (w:Row {id: id})
RETURN w.id AS row, w.links AS links
