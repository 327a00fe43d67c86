// New rows, their links still to be made.
// params: rows: list<map>
// returns: rows: int
// mode: write
UNWIND $rows AS row
CREATE (w:Row:Unlinked) SET w = row
RETURN count(*) AS rows
