// How many rows batches after this one made or changed.
// params: after: int
// returns: rows: int
// mode: internal
MATCH (w:Row)
WHERE w.seq > $after
RETURN count(w) AS rows
