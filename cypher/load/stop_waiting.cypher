// These rows wait for nothing any more.
// params: rows: list<string>
// returns: rows: int
// mode: write
// allows: Eager
UNWIND $rows AS id
MATCH (w:Row {id: id})-[a:AWAITS]->(:Awaited)
DELETE a
RETURN count(DISTINCT w) AS rows
