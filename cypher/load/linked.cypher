// These rows have the links they should have; from which ends they start is kept.
// params: rows: list<map>
// returns: rows: int
// mode: write
UNWIND $rows AS row
MATCH (w:Row {id: row.id})
SET w.linked = true, w.bound = row.bound
REMOVE w:Unlinked
RETURN count(*) AS rows
