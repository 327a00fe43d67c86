// Wider spans of known rows, and whether they are live now; links are made again where that changed.
// params: rows: list<map>, seq: int
// returns: rows: int
// mode: write
UNWIND $rows AS row
MATCH (w:Row {id: row.id})
SET w.first_as_of = row.first_as_of, w.last_as_of = row.last_as_of, w.last_full = row.last_full, w.live = row.live, w.until = row.until,
    w.seq = $seq
FOREACH (_ IN CASE WHEN row.relink THEN [1] ELSE [] END | SET w:Unlinked)
RETURN count(*) AS rows
