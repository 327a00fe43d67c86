// How known rows stood when they were read again; those from before rows had the number of a batch get one.
// params: rows: list<map>, seq: int
// returns: rows: int
// mode: write
UNWIND $rows AS row
MATCH (w:Row {id: row.id})
SET w.stamp = row.stamp, w.seq = coalesce(w.seq, $seq)
RETURN count(*) AS rows
