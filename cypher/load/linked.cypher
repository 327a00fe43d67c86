// These rows have the links they can have: which ends they start from, and the types of those that wait.
// params: rows: list<map>
// returns: rows: int
// mode: write
UNWIND $rows AS row
MATCH (w:Row {id: row.id})
SET w.linked = true, w.bound = row.bound, w.dangling = row.dangling
REMOVE w:Unlinked
RETURN count(*) AS rows
