// Rows that are to be erased have no links and wait for nothing.
// params: rows: list<string>
// returns: rows: int
// mode: write
// allows: Eager
UNWIND $rows AS id
MATCH (w:Row {id: id})
SET w.bound = [], w.dangling = []
WITH w
OPTIONAL MATCH (w)-[a:AWAITS]->(:Awaited)
DELETE a
RETURN count(DISTINCT w) AS rows
