// Rows are gone.
// params: rows: list<string>
// returns: rows: int
// mode: write
// allows: Eager
UNWIND $rows AS id
MATCH (w:Row {id: id})
DETACH DELETE w
RETURN count(*) AS rows
