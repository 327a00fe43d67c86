// The first batch of which rows wait for their first links, and when it was written; no row where none waits.
// params:
// returns: seq: int, at: int
// mode: internal
MATCH (w:Unlinked)
WHERE w.linked IS NULL
WITH min(coalesce(w.born, w.seq)) AS first
MATCH (b:Batch {seq: first})
RETURN b.seq AS seq, b.at AS at
