// When each of these visible rows was first loaded: epoch seconds.
// params: rows: list, allowed: list
// returns: row: string, at: int
// mode: read
UNWIND $rows AS id
MATCH (w:Row {id: id})
WHERE w.mk IN $allowed
MATCH (b:Batch {seq: coalesce(w.born, w.seq)})
RETURN w.id AS row, b.at AS at
